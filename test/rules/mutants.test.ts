import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import type { Finding } from '../../src/model/finding.ts';
import { MUTANTS } from '../fixtures/mutants/index.ts';
import { cleanFiles, judge, lintFiles, mutate, workspace } from '../helpers/mutants.ts';

/** Raised by the engine on a defect of its own, or on the baseline: no change to a document alone brings them about. */
const OUT_OF_REACH = new Set(['internal-error', 'baseline-outdated', 'baseline-grown']);

const clean = cleanFiles();
const mutants = MUTANTS.map((mutant) => {
  const mutated = mutate(clean, mutant);
  return [`${mutant.rule}: ${mutant.what} (${mutated.findings[0]})`, mutated] as const;
});

const placeOf = (f: Finding): string => `${f.file}:${f.line}:${f.column}-${f.endLine}:${f.endColumn} ${f.rule}`;

describe('the clean repository', () => {
  it('has 30 documents and more, and no finding of any severity', async () => {
    const { documents, findings } = await lintFiles(clean);
    expect(findings.map((finding) => `${placeOf(finding)} ${finding.message}`)).toEqual([]);
    expect(documents).toBeGreaterThanOrEqual(30);
  });

  it('has documents of every type in every status', async () => {
    const { types } = await workspace();
    const texts = Object.values(clean);
    const missing = [...types.values()].flatMap(({ name, marker, schema }) => {
      const own = texts.filter((text) => text.includes(marker === undefined ? `\ntype: ${name}\n` : `\n${marker}: `));
      const statuses = schema.properties?.['status']?.enum ?? [];
      return statuses.filter((status) => !own.some((text) => text.includes(`\nstatus: ${status}\n`)));
    });
    expect(missing).toEqual([]);
  });
});

describe('the mutants', () => {
  it('are 60 and more, and cover every rule that a document or a board can break', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(60);
    const covered = new Set(MUTANTS.map((mutant) => mutant.rule));
    const breakable = RULES.filter(({ id, area }) => area !== 'history' && !OUT_OF_REACH.has(id));
    expect(breakable.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('differ from each other', () => {
    expect(new Set(mutants.map(([title]) => title)).size).toBe(MUTANTS.length);
  });

  it.each(mutants)('%s', async (_title, mutated) => {
    const findings = await judge(mutated);
    const messages = findings.map((finding) => finding.message).join('\n');
    expect(findings.map(placeOf).sort(), messages).toEqual(mutated.findings);
  });

  it('are judged in memory as they are on the disk', async () => {
    // With CRLF, and a consequence in another rule.
    const mutated = mutants.find(([title]) => title.startsWith('task-linked: the plan'))?.[1];
    const { findings } = await lintFiles(mutated?.files ?? {});
    expect(findings.map(placeOf).sort()).toEqual(mutated?.findings);
  });
});
