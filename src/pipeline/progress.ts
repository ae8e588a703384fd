import { setImmediate as turn } from 'node:timers/promises';
import type { Workspace } from './workspace.ts';

/** Is told how far a run is. */
export interface Progress {
  /** @param done how many of them are done, from 0 */
  tell(done: number, total: number, what: string): void;
  /** That was all: nothing must be left on the screen. */
  end(): void;
}

/** So many documents are judged before the event loop gets a turn. */
const TURN = 16;

/**
 * `tracked`, and the event loop gets a turn now and then: the native parser lets go of what it holds only then. Ten
 * thousand documents parsed without one take twice the time and memory.
 */
export async function trackedInTurns<Item, Result>(
  workspace: Pick<Workspace, 'progress' | 'expectDocuments'>,
  what: string,
  items: readonly Item[],
  work: (item: Item) => readonly Result[],
): Promise<Result[]> {
  if (items.length > TURN) workspace.expectDocuments?.(items.length);
  const results: Result[] = [];
  for (const [at, item] of items.entries()) {
    workspace.progress?.tell(at, items.length, what);
    for (const result of work(item)) results.push(result);
    if (at % TURN === TURN - 1) await turn();
  }
  workspace.progress?.end();
  return results;
}

/** `items.flatMap(work)`, which tells somebody how far it is, if somebody wants to know. */
export function tracked<Item, Result>(
  { progress }: Pick<Workspace, 'progress'>,
  what: string,
  items: readonly Item[],
  work: (item: Item) => Result | readonly Result[],
): Result[] {
  if (!progress) return items.flatMap((item) => work(item));
  try {
    return items.flatMap((item, at) => {
      progress.tell(at, items.length, what);
      return work(item);
    });
  } finally {
    progress.end();
  }
}
