import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../src/model/edit.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { discover } from '../../src/pipeline/discover.ts';
import { boardPaths } from '../../src/pipeline/document-set.ts';
import { type FixResult, fixScope } from '../../src/pipeline/fix.ts';
import { spansAfter } from '../../src/pipeline/spans.ts';
import { commandError } from '../../src/program.ts';
import { MUTANTS } from '../fixtures/mutants/index.ts';
import { TODAY } from '../helpers/cases.ts';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { cleanFiles, inMemory, type Mutant, mutate, workspace } from '../helpers/mutants.ts';
import type { Files } from '../helpers/repository.ts';

const SEED = 20260630;
const clean = cleanFiles();

/** Fixes files in memory, and gives them as they are then. */
async function fixed(files: Files, withUnsafe = true): Promise<{ files: Files; result: FixResult }> {
  const here = { ...(await workspace()), source: inMemory(files) };
  const paths = discover(here);
  const scope = {
    workspace: here,
    paths,
    shown: new Set([...paths, ...boardPaths(here)]),
    type: undefined,
    given: undefined,
  };
  const request = { paths: [], today: TODAY, commandError };
  const result = await fixScope(scope, { request, environment: {}, withUnsafe });
  const after: Record<string, string | Uint8Array> = { ...files };
  for (const { path, before } of result.changes) {
    if (before === undefined) continue;
    expect(Buffer.compare(Buffer.from(after[path] as string), before)).toBe(0);
    delete after[path];
  }
  for (const { path, after: bytes } of result.changes) if (bytes) after[path] = Buffer.from(bytes).toString('utf8');
  return { files: after, result };
}

/** What must hold of any fixing: nothing is left to be done, and no error is there that was not, but in a new section. */
async function expectSettled(files: Files, withUnsafe: boolean): Promise<FixResult> {
  const once = await fixed(files, withUnsafe);
  expect(once.result.isUnfinished).toBe(false);
  const twice = await fixed(once.files, withUnsafe);
  expect(twice.result.changes.map(({ path }) => path)).toEqual([]);
  expect(twice.result.counts).toEqual([]);
  expect(twice.result.report.findings).toEqual(once.result.report.findings);
  return once.result;
}

describe('fixing twice is fixing once', () => {
  it.each([true, false])('in every mutant (unsafe fixes: %s)', { timeout: 180_000 }, async (withUnsafe) => {
    // Those of different files together: the set is judged for all of them at once.
    for (let open = [...MUTANTS]; open.length > 0; ) {
      const group = open.filter(({ file }, at) => open.findIndex((other) => other.file === file) === at);
      await expectSettled(group.reduce<Files>(applied, clean), withUnsafe);
      open = open.filter((mutant) => !group.includes(mutant));
    }
  });

  it('in several mutants at once, whatever the line ends', { timeout: 180_000 }, async () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    const forms: readonly ((text: string) => string)[] = [
      (text) => text,
      crlf,
      (text) => `\uFEFF${text}`,
      (text) => `\uFEFF${crlf(text)}`,
      (text) => text.replace(/\n+$/, ''),
    ];
    const usable = MUTANTS.filter(({ change }) => 'find' in change || 'moveTo' in change);
    const some = fc.uniqueArray(fc.constantFrom(...usable), {
      minLength: 3,
      maxLength: 8,
      selector: ({ file }) => file,
    });
    await fc.assert(
      fc.asyncProperty(
        some,
        fc.array(fc.nat(forms.length - 1), { minLength: 8, maxLength: 8 }),
        async (mutants, kinds) => {
          const texts = mutants.reduce<Files>((files, mutant) => applied(files, mutant), clean);
          const written = Object.entries(texts).map(([path, text], at) => {
            const form = forms[kinds[at % kinds.length] as number] as (typeof forms)[number];
            return [path, path.endsWith('.md') ? form(text as string) : text] as const;
          });
          const files = Object.fromEntries(written);
          const { changes } = await expectSettled(files, true);
          for (const { before, after } of changes) expectSameForm(before, after);
        },
      ),
      { seed: SEED, numRuns: 12 },
    );
  });
});

function applied(files: Files, mutant: Mutant): Files {
  try {
    return mutate(files as Record<string, string>, mutant).files;
  } catch {
    // Another one has changed what this one looks for.
    return files;
  }
}

/** Where every line ended alike, every line does so still, and a byte order mark stays. */
function expectSameForm(before: Uint8Array | undefined, after: Uint8Array | undefined): void {
  if (!before || !after) return;
  const [old, now] = [Buffer.from(before).toString('utf8'), Buffer.from(after).toString('utf8')];
  expect(now.startsWith('\uFEFF')).toBe(old.startsWith('\uFEFF'));
  if (!/(?<!\r)\n/.test(old)) expect(now).not.toMatch(/(?<!\r)\n/);
  if (!old.includes('\r')) expect(now).not.toContain('\r');
}

describe('only what is named changes', () => {
  it('in whatever stands around', async () => {
    const noise = fc.array(
      fc.constantFrom('a', 'é', '😀', '\t', '  \n', '\r\n', '`adr-1`', '<!-- adr-1 -->', '> ', '- ', '\n\n'),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(noise, noise, fc.boolean(), async (above, below, withMark) => {
        const body = PLAN_BODY.replace(
          'The decision on counters.',
          `${above.join('')} x adr-1 y\n\n${below.join('')}\n\nz`,
        );
        const text = `${withMark ? '\uFEFF' : ''}${plan({ title: 'A', related: '[ADR-001]', body })}`;
        const path = 'dev_ops/plans/PLAN-001-a.md';
        const files = { [path]: text, 'dev_ops/adrs/ADR-001-count-in-memory.md': adr() };
        const { files: after } = await fixed(files, false);
        const expected = text.replace(/ x adr-1 y/, ' x ADR-001 y');
        expect([expected, text]).toContain(after[path]);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

describe('the passes', () => {
  it('carry out thousands of fixes of one document in one', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `See adr-${(at % 30) + 1}.\n`).join('\n');
    const adrs = Array.from({ length: 30 }, (_, at) => `ADR-${String(at + 1).padStart(3, '0')}`);
    const files = {
      'dev_ops/plans/PLAN-001-a.md': plan({ title: 'A', body: PLAN_BODY.replace('The decision on counters.', many) }),
      ...Object.fromEntries(adrs.map((id) => [`dev_ops/adrs/${id}-a.md`, adr(id, 'A')])),
    };
    const { result } = await fixed(files, false);
    expect(result.counts).toEqual([{ path: 'dev_ops/plans/PLAN-001-a.md', count: 3030 }]);
    expect(result.report.findings).toEqual([]);
    expect(result.isUnfinished).toBe(false);
  });

  it('take out all members of a list that have to go at once', async () => {
    const list = Array.from({ length: 600 }, (_, at) => `\n  - ADR-00${(at % 3) + 1}`).join('');
    for (const related of [list, `[${list.replaceAll('\n  - ', ', ').slice(2)}]`]) {
      const files = {
        'dev_ops/plans/PLAN-001-a.md': plan({ title: 'A', related }),
        ...Object.fromEntries(['ADR-001', 'ADR-002', 'ADR-003'].map((id) => [`dev_ops/adrs/${id}-a.md`, adr(id, 'A')])),
      };
      const { result } = await fixed(files);
      expect(result.counts).toEqual([{ path: 'dev_ops/plans/PLAN-001-a.md', count: 597 }]);
      expect(result.report.findings).toEqual([]);
    }
  });
});

it('what was written is known after further edits', () => {
  const text = fc.string({ maxLength: 3 });
  const edits = (length: number) =>
    fc.uniqueArray(fc.nat(length), { maxLength: 6 }).chain((at) => {
      const sorted = at.sort((a, b) => a - b).slice(0, at.length - (at.length % 2));
      const pairs = sorted.flatMap((start, index) =>
        index % 2 === 0 ? [[start, sorted[index + 1] as number] as const] : [],
      );
      return fc.tuple(
        ...pairs.map(([start, end]) =>
          text.map((written): Edit => ({ start, end, text: written.replaceAll('.', '!') })),
        ),
      );
    });
  fc.assert(
    fc.property(edits(20), edits(10), (first, second) => {
      const before = Buffer.from('.'.repeat(20));
      const once = applyEdits(before, first);
      const later = second.filter(({ end }) => end <= once.length);
      const twice = Buffer.from(applyEdits(once, later));
      const written = spansAfter(spansAfter([], first, new Set()), later, new Set());
      const covered = new Set(
        written.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)),
      );
      // Every byte that is not one of the old ones was written.
      for (const [at, byte] of twice.entries()) if (byte !== '.'.charCodeAt(0)) expect(covered.has(at)).toBe(true);
      for (const { start, end } of written)
        expect([start >= 0, end <= twice.length, start <= end]).toEqual([true, true, true]);
    }),
    { seed: SEED, numRuns: 500 },
  );
});
