import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import { lint } from '../../src/pipeline/lint.ts';
import { lintChange } from '../../src/pipeline/lint-change.ts';
import { commandError } from '../../src/program.ts';
import { mendedBy } from '../helpers/fixes.ts';
import { type Example, examplesOf, pageText } from '../helpers/pages.ts';
import { environment, Repository } from '../helpers/repository.ts';

/** A branch that was left from main, which has gone on since. */
function branched({ files, before, theirs }: Example): Repository {
  const repository = new Repository(before);
  repository.git('commit', '-q', '--allow-empty', '-m', 'empty');
  repository.commit();
  repository.git('branch', 'own');
  repository.write(theirs);
  if (Object.keys(theirs).length > 0) repository.commit();
  repository.git('checkout', '-q', 'own');
  for (const path of Object.keys(before)) repository.remove(path);
  repository.write(files);
  return repository;
}

/** The findings of one rule in a repository made of an example's files. */
async function findingsOf(rule: string, example: Example): Promise<string[]> {
  const { named: paths, before, theirs } = example;
  const isChange = Object.keys({ ...before, ...theirs }).length > 0;
  const repository = isChange ? branched(example) : new Repository(example.files);
  const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
  const request = { paths, today: '2026-06-30', commandError };
  const { findings } = isChange
    ? await lintChange({ ...request, change: { kind: 'base', ref: 'main' } }, surroundings)
    : await lint(request, surroundings);
  return findings
    .filter((finding) => finding.rule === rule)
    .map((f) => `${f.file}:${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.message}`);
}

/** A defect of the engine's own, which no document shows, and what takes two commits to show. */
const WITHOUT_EXAMPLES = new Set(['internal-error', 'baseline-grown']);

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
        expect(await findingsOf(id, example)).toEqual(example.findings);
      },
    );
  },
);
