import * as fc from 'fast-check';
import { ChangingTree, DEEDS } from './changes.ts';

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

/** What is done to a repository, a list for each time before it is looked at. */
export type Steps = readonly (readonly (readonly [name: string, a: number, b: number])[])[];

/**
 * Random work at a repository.
 *
 * @param more what is to happen more often
 */
export function stepsOf(more: readonly string[] = []): fc.Arbitrary<Steps> {
  const number = fc.nat({ max: 1_000_000 });
  const deed = fc.tuple(fc.constantFrom(...Object.keys(DEEDS), ...OFTEN, ...OFTEN, ...more), number, number);
  const step = fc.array(deed, { minLength: 1, maxLength: 3 });
  return fc.array(step, { minLength: 10, maxLength: 15, size: 'max' });
}

/** Does the work at a new repository, in which some things are wrong, and looks at it: at first, and after each step. */
export async function playSteps(steps: Steps, look: (tree: ChangingTree, nth: number) => Promise<void>): Promise<void> {
  const tree = new ChangingTree();
  for (const [, a, b] of steps.flat()) DEEDS['mutate']?.(tree, a, b);
  DEEDS['commitAll']?.(tree, 0, 0);
  await look(tree, 0);
  for (const [nth, deeds] of steps.entries()) {
    for (const [name, a, b] of deeds) DEEDS[name]?.(tree, a, b);
    await look(tree, nth);
  }
}
