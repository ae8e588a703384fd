import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { runBuilt } from '../helpers/built.ts';
import type { ChangingTree } from '../helpers/changes.ts';
import { playSteps, type Steps, stepsOf } from '../helpers/steps.ts';

/** `REACH_SEED=7 REACH_RUNS=200` makes a longer session. */
const SEED = Number(process.env['REACH_SEED'] ?? 1129);
const RUNS = Number(process.env['REACH_RUNS'] ?? 2);

const CHANGES = [
  ['--staged', '--no-cache'],
  ['--base', 'HEAD'],
  ['--base', 'HEAD~1'],
  ['--base', 'side'],
];

/** A run that judges what a change reaches shows the findings that one of all documents shows with a cause. */
async function expectSame(tree: ChangingTree, change: readonly string[]): Promise<void> {
  const lint = ['lint', ...change, '--format', 'json'];
  const reached = await runBuilt(tree.folder, lint, { today: tree.today });
  const whole = await runBuilt(tree.folder, [...lint, '--all'], { today: tree.today });
  if (whole.code === 2) {
    expect(reached).toEqual(whole);
    return;
  }
  // A fingerprint counts findings of the same words that are shown.
  const findings = ({ stdout }: typeof whole): Finding[] =>
    JSON.parse(stdout).findings.map((finding: Finding) => ({ ...finding, fingerprint: undefined }));
  const ofBaseline = ({ rule }: Finding): boolean => rule.startsWith('baseline-');
  const caused = findings(whole).filter((finding) => finding.cause !== null || ofBaseline(finding));
  expect({ change, findings: findings(reached), stderr: reached.stderr }).toEqual({
    change,
    findings: caused,
    stderr: whole.stderr,
  });
}

/** One change a step: to look is dearer than to work. */
const look = (tree: ChangingTree, nth: number): Promise<void> => expectSame(tree, CHANGES[nth % CHANGES.length] ?? []);

describe('the documents that a change reaches', () => {
  it(`hold all findings that it causes (seed ${SEED})`, async () => {
    const steps = stepsOf(['add', 'commit', 'commitAll', 'mutate', 'otherFile']);
    const play = (all: Steps): Promise<void> => playSteps(all, look);
    await fc.assert(fc.asyncProperty(steps, play), { seed: SEED, numRuns: RUNS, endOnFailure: true });
  }, 3_600_000);
});
