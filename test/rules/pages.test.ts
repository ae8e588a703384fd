import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import { lint } from '../../src/pipeline/lint.ts';
import { commandError } from '../../src/program.ts';
import { mendedBy } from '../helpers/fixes.ts';
import { type Example, examplesOf, pageText } from '../helpers/pages.ts';
import { environment, Repository } from '../helpers/repository.ts';

/** The findings of one rule in a repository made of an example's files. */
async function findingsOf(rule: string, repository: Repository, paths: readonly string[]): Promise<string[]> {
  const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
  const { findings } = await lint({ paths, today: '2026-06-30', commandError }, surroundings);
  return findings
    .filter((finding) => finding.rule === rule)
    .map((f) => `${f.file}:${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.message}`);
}

/** Raised by the engine on a defect of its own: there is no document that shows it. */
const WITHOUT_EXAMPLES = new Set(['internal-error']);

/** What a page has to show by what its rule says of itself. */
const KINDS = { none: [], safe: ['safe'], unsafe: ['unsafe'], both: ['safe', 'unsafe'] } as const;

const isFixed = ({ fixed }: Example): boolean => Object.keys({ ...fixed.safe, ...fixed.unsafe }).length > 0;

describe.each(RULES.filter((rule) => !WITHOUT_EXAMPLES.has(rule.id)).map((rule) => [rule.id, rule.fixable] as const))(
  'the page of %s',
  (id, fixable) => {
    const examples = examplesOf(id);

    it('has an incorrect and a correct example', () => {
      expect(examples.filter((example) => example.kind === 'Incorrect' && example.findings.length > 0)).not.toEqual([]);
      expect(examples.filter((example) => example.kind === 'Correct')).not.toEqual([]);
    });

    it('says what is fixed, and shows it', () => {
      const sentences = pageText(id).match(/^\*\*Fix\.\*\* [\s\S]+?(?=\n\n)/gm) ?? [];
      expect(sentences).toHaveLength(1);
      const shown = (['safe', 'unsafe'] as const).filter((kind) =>
        examples.some(({ fixed }) => Object.keys(fixed[kind]).length > 0),
      );
      expect(shown, sentences[0]).toEqual(KINDS[fixable ?? 'none']);
      expect(/`--fix`/.test(sentences[0] as string)).toBe(shown.includes('safe'));
      expect(/`--fix-unsafe`/.test(sentences[0] as string)).toBe(shown.includes('unsafe'));
    });

    it.each(examples.filter(isFixed).map((example) => [example.line, example] as const))(
      'fixed, line %i',
      async (_line, { files, fixed, named }) => {
        for (const kind of ['safe', 'unsafe'] as const) {
          const mended = await mendedBy(id, files, { named, unsafe: kind === 'unsafe' });
          expect(mended, kind).toMatchObject(fixed[kind]);
        }
      },
    );

    it.each(examples.map((example) => [example.kind, example.line, example] as const))(
      '%s, line %i',
      async (_kind, _line, example) => {
        const repository = new Repository(example.files);
        expect(await findingsOf(id, repository, example.named)).toEqual(example.findings);
      },
    );
  },
);
