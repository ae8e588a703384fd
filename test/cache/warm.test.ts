import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINTS, pairsOf } from '../helpers/built.ts';
import type { ChangingTree } from '../helpers/changes.ts';
import { playSteps, type Steps, stepsOf } from '../helpers/steps.ts';

/** `CACHE_SEED=7 CACHE_RUNS=200` makes a longer session, `CACHE_SHRINKS=1` looks for the shortest way to a failure. */
const SEED = Number(process.env['CACHE_SEED'] ?? 20260630);
const RUNS = Number(process.env['CACHE_RUNS'] ?? 2);
const SHRINKS = process.env['CACHE_SHRINKS'] !== undefined;

/** The text has the lines of the findings. */
const TEXTS: typeof LINTS = [['lint'], ['lint', '--staged']];
const [FILES, STAGED, ALL_STAGED] = LINTS;
/** The files are judged once a step, and what is staged: with all findings, or with those that it causes. */
const TURNS = [
  [FILES, STAGED],
  [TEXTS[0], ALL_STAGED],
  [FILES, TEXTS[1]],
] as (typeof LINTS)[];

/** As long as nobody asks for all findings, most documents are never judged. */
const OPEN_TURNS = [[STAGED], [TEXTS[1]], [STAGED]] as (typeof LINTS)[];

/** Every run says with the cache what it says without, to the byte. */
async function expectSame(
  { folder, today }: Pick<ChangingTree, 'folder' | 'today'>,
  lints: typeof LINTS | undefined,
): Promise<void> {
  for (const { args, warm, cold } of await pairsOf(folder, { today }, lints))
    expect({ args, ...warm }).toEqual({ args, ...cold });
}

/** The first run of a linked worktree begins with what the first one has learnt; the second with what the first run has. */
async function expectSameInLinked(tree: ChangingTree): Promise<void> {
  const [both] = TURNS;
  await expectSame(tree, both);
  const linked = join(tree.folder, '.git', 'linked');
  tree.git('worktree', 'add', '-q', '--detach', '--force', linked);
  // In the middle of some work there is no commit to check out.
  if (!existsSync(linked)) return;
  for (let run = 0; run < 2; run += 1) await expectSame({ folder: linked, today: tree.today }, both);
  tree.git('worktree', 'remove', '--force', linked);
}

describe('a run with the cache', () => {
  const looks = (turns: (typeof LINTS)[]) => (tree: ChangingTree, nth: number) =>
    expectSame(tree, turns[nth % turns.length]);

  it.each([
    ['', looks(TURNS), RUNS],
    [', while most documents are not judged yet', looks(OPEN_TURNS), RUNS * 4],
    [', in linked worktrees', expectSameInLinked, RUNS],
  ])(
    `says what one without it says, whatever has happened in between%s (seed ${SEED})`,
    async (_, look, numRuns) => {
      const play = (steps: Steps): Promise<void> => playSteps(steps, look);
      await fc.assert(fc.asyncProperty(stepsOf(), play), { seed: SEED, numRuns, endOnFailure: !SHRINKS });
    },
    3_600_000,
  );
});
