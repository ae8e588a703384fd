import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import { lint } from '../../src/pipeline/lint.ts';
import { commandError } from '../../src/program.ts';
import { examplesOf } from '../helpers/pages.ts';
import { environment, Repository } from '../helpers/repository.ts';

/** The findings of one rule in a repository made of an example's files. */
async function findingsOf(rule: string, repository: Repository, paths: readonly string[]): Promise<string[]> {
  const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
  const { findings } = await lint({ paths, today: '2026-06-30', commandError }, surroundings);
  return findings
    .filter((finding) => finding.rule === rule)
    .map((f) => `${f.file}:${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.message}`);
}

/** A defect of the engine's own, which no document shows, and what takes two commits to show. */
const WITHOUT_EXAMPLES = new Set(['internal-error', 'baseline-grown']);

describe.each(RULES.filter((rule) => !WITHOUT_EXAMPLES.has(rule.id)).map((rule) => [rule.id]))(
  'the page of %s',
  (id) => {
    const examples = examplesOf(id);

    it('has an incorrect and a correct example', () => {
      expect(examples.filter((example) => example.kind === 'Incorrect' && example.findings.length > 0)).not.toEqual([]);
      expect(examples.filter((example) => example.kind === 'Correct')).not.toEqual([]);
    });

    it.each(examples.map((example) => [example.kind, example.line, example] as const))(
      '%s, line %i',
      async (_kind, _line, example) => {
        const repository = new Repository(example.files);
        expect(await findingsOf(id, repository, example.named)).toEqual(example.findings);
      },
    );
  },
);
