import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import { MUTANTS } from '../fixtures/mutants/index.ts';
import { cleanFiles, lintFiles, mutate } from '../helpers/mutants.ts';

/** Raised by the engine on a defect of its own: no change to a document brings it about. */
const OUT_OF_REACH = new Set(['internal-error']);

const clean = cleanFiles();

describe('the clean repository', () => {
  it('has 30 documents and more, and no finding of any severity', async () => {
    const { documents, findings } = await lintFiles(clean);
    expect(findings.map((f) => `${f.file}:${f.line}:${f.column} ${f.rule} ${f.message}`)).toEqual([]);
    expect(documents).toBeGreaterThanOrEqual(30);
  });
});

describe('the mutants', () => {
  it('are 60 and more, and cover every rule that a document or a board can break', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(60);
    const covered = new Set(MUTANTS.map((mutant) => mutant.rule));
    expect(RULES.map((rule) => rule.id).filter((id) => !covered.has(id) && !OUT_OF_REACH.has(id))).toEqual([]);
  });

  it.each(MUTANTS.map((mutant) => [mutant.rule, mutant.what, mutant] as const))('%s: %s', async (_rule, _what, mutant) => {
    const { files, findings, named } = mutate(clean, mutant);
    expect(findings).not.toEqual([]);
    const report = await lintFiles(files, named);
    const found = report.findings.map((f) => `${f.file}:${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.rule}`);
    expect(found.sort(), report.findings.map((f) => f.message).join('\n')).toEqual(findings);
  });
});
