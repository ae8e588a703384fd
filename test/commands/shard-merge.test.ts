import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../helpers/documents.ts';
import { runHere } from '../helpers/in-process.ts';
import { Repository, temporaryFolder } from '../helpers/repository.ts';

const SEED = 20_260_808;
const RULES = ['placeholder', 'relation-exists', 'unique-id'];
const SUBJECTS = ['TBD', 'related_docs ADR-115', 'PLAN-002', 'id'];

const idOf = (number: number): string => `PLAN-${String(number).padStart(3, '0')}`;
const id = fc.integer({ min: 1, max: 6 }).map(idOf);

/** Plans of which several may have one id, or have had that of another. */
const document = fc
  .record({
    id,
    former: fc.option(id, { nil: undefined }),
    placeholders: fc.nat(3),
    related: fc.constantFrom('[]', '[ADR-115]', '[ADR-115, "#12"]', '[PLAN-001]'),
    status: fc.constantFrom('Draft', 'Active', 'Finsihed'),
    hasFrontmatter: fc.integer({ min: 0, max: 5 }).map((chance) => chance > 0),
  })
  .map(({ former, placeholders, hasFrontmatter, ...parts }) => {
    const extra = former === undefined ? '' : `formerly: [${former}]\n`;
    const text = plan({ ...parts, extra }).replace(
      '## Context\n',
      `## Context\n${'\nTBD is TBD.\n'.repeat(placeholders)}`,
    );
    return { id: parts.id, text: hasFrontmatter ? text : text.replace(/^---[\s\S]*?\n---\n/, '') };
  });

const baseline = fc.uniqueArray(
  fc.record({
    document: fc.oneof(id, fc.constant('dev_ops/plans/PLAN-001-0.md'), fc.constant('GONE-001')),
    rule: fc.constantFrom(...RULES),
    subject: fc.constantFrom(...SUBJECTS),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 6, selector: ({ document, rule, subject }) => JSON.stringify([document, rule, subject]) },
);

const repository = fc.record({
  documents: fc.array(document, { minLength: 1, maxLength: 9 }),
  baseline: fc.option(baseline, { nil: undefined }),
  quiet: fc.boolean(),
});

interface Case {
  readonly documents: readonly { readonly id: string; readonly text: string }[];
  readonly baseline: readonly object[] | undefined;
  readonly quiet: boolean;
}

function write(folder: string, { documents, baseline }: Case): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'dev_ops', 'plans'), { recursive: true });
  for (const [at, { id, text }] of documents.entries())
    writeFileSync(join(folder, 'dev_ops', 'plans', `${id}-${at}.md`), text);
  writeFileSync(join(folder, 'planproof.config.json'), '{}');
  if (baseline)
    writeFileSync(join(folder, '.planproof-baseline.json'), JSON.stringify({ version: 1, findings: baseline }));
}

const shards = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('the shards of a run, merged', () => {
  it('are the run itself, byte for byte, in as many shards as one likes', { timeout: 240_000 }, async () => {
    const folder = join(temporaryFolder(), 'repository');
    await fc.assert(
      fc.asyncProperty(repository, fc.integer({ min: 1, max: 11 }), async (one, count) => {
        write(folder, one);
        const quiet = one.quiet ? ['--quiet'] : [];
        for (const format of ['json', 'sarif']) {
          const whole = await runHere(folder, ['lint', '--format', format, ...quiet]);
          const codes: number[] = [];
          for (const index of shards(count)) {
            const to = `${format}=part-${index}.${format}`;
            const { code } = await runHere(folder, ['lint', '--shard', `${index}/${count}`, '--format', to, ...quiet]);
            codes.push(code as number);
          }
          const files = shards(count).map((index) => `part-${index}.${format}`);
          const merged = await runHere(folder, ['merge-reports', ...files.reverse()]);
          expect(merged.stdout).toBe(whole.stdout);
          // Errors are left out of a report by nothing but the baseline: the whole fails if a part does.
          expect([merged.code, Math.max(...codes)]).toEqual([whole.code, whole.code]);
        }
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it('hold for boards and all types: the example of a broken repository', async () => {
    const { folder } = ((): Repository => {
      const broken = new Repository();
      broken.copy(join(import.meta.dirname, '../../examples/broken/dev_ops'), 'dev_ops');
      return broken;
    })();
    const whole = await runHere(folder, ['lint', '--format', 'json']);
    for (const count of [1, 2, 3, 5, 16, 30]) {
      for (const index of shards(count))
        await runHere(folder, ['lint', '--shard', `${index}/${count}`, '--format', `json=${index}.json`]);
      const merged = await runHere(folder, ['merge-reports', ...shards(count).map((index) => `${index}.json`)]);
      expect(merged.stdout).toBe(whole.stdout);
    }
    expect(whole.code).toBe(1);
  });
});
