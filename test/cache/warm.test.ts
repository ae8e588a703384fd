import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINTS, pairsOf } from '../helpers/built.ts';
import { ChangingTree, DEEDS } from '../helpers/changes.ts';

/** `CACHE_SEED=7 CACHE_RUNS=200` makes a longer session, `CACHE_SHRINKS=1` looks for the shortest way to a failure. */
const SEED = Number(process.env['CACHE_SEED'] ?? 20260630);
const RUNS = Number(process.env['CACHE_RUNS'] ?? 2);
const SHRINKS = process.env['CACHE_SHRINKS'] !== undefined;

/** Most of what happens; and what else has stopped all runs is mended. */
const OFTEN = [
  'addLine',
  'setField',
  'mutate',
  'renameHeading',
  'item',
  'otherFile',
  'mendOne',
  'noConfig',
  'noBaseline',
  'add',
  'add',
];

const number = fc.nat({ max: 1_000_000 });
const deed = fc.tuple(fc.constantFrom(...Object.keys(DEEDS), ...OFTEN, ...OFTEN), number, number);
/** What is done between two runs. */
const step = fc.array(deed, { minLength: 1, maxLength: 3 });

type Steps = readonly (readonly (readonly [name: string, a: number, b: number])[])[];

/** The text has the lines of the findings, and counts those that a change did not cause. */
const TEXTS: typeof LINTS = [['lint'], ['lint', '--staged']];
const [FILES, STAGED, ALL_STAGED] = LINTS;
/** The files are judged once a step, and what is staged: with all findings, or with those that it causes. */
const TURNS = [
  [FILES, STAGED],
  [TEXTS[0], ALL_STAGED],
  [FILES, TEXTS[1]],
] as (typeof LINTS)[];

/** Every run says with the cache what it says without, to the byte. */
async function expectSame(tree: ChangingTree, nth: number): Promise<void> {
  const lints = TURNS[nth % TURNS.length];
  for (const { args, warm, cold } of await pairsOf(tree.folder, { today: tree.today }, lints))
    expect({ args, ...warm }).toEqual({ args, ...cold });
}

async function play(steps: Steps): Promise<void> {
  const tree = new ChangingTree();
  await expectSame(tree, 0);
  for (const [nth, deeds] of steps.entries()) {
    for (const [name, a, b] of deeds) DEEDS[name]?.(tree, a, b);
    await expectSame(tree, nth);
  }
}

describe('a run with the cache', () => {
  it(`says what one without it says, whatever has happened in between (seed ${SEED})`, async () => {
    const steps = fc.array(step, { minLength: 10, maxLength: 15, size: 'max' });
    await fc.assert(fc.asyncProperty(steps, play), { seed: SEED, numRuns: RUNS, endOnFailure: !SHRINKS });
  }, 3_600_000);
});
