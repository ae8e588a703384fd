import { setImmediate as turn } from 'node:timers/promises';

/** Is told how far a run is. */
export interface Progress {
  /** @param done how many of them are done, from 0 */
  tell(done: number, total: number, what: string): void;
  /** That was all: nothing must be left on the screen. */
  end(): void;
}

/** Who is told of a run how long it may take, and how far it is; nobody who is absent. */
export interface Onlookers {
  readonly progress?: Progress | undefined;
  /** Is told how many documents are to be judged, once that is known, and now and then how many of them are left. */
  readonly expectDocuments?: ((count: number) => void) | undefined;
}

/** So many documents are judged before the event loop gets a turn. */
const TURN = 16;
/** So many are judged before it is told how many are left. */
const STRETCH = TURN * 8;

/**
 * `tracked`, and the event loop gets a turn now and then: the native parser lets go of what it holds only then. Ten
 * thousand documents parsed without one take twice the time and memory.
 */
export async function trackedInTurns<Item, Result>(
  { progress, expectDocuments }: Onlookers,
  what: string,
  items: readonly Item[],
  work: (item: Item) => readonly Result[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += 1) {
    if (at % STRETCH === 0 && items.length > TURN) expectDocuments?.(items.length - at);
    progress?.tell(at, items.length, what);
    for (const result of work(items[at] as Item)) results.push(result);
    if (at % TURN === TURN - 1) await turn();
  }
  progress?.end();
  return results;
}

/** `items.flatMap(work)`, which tells somebody how far it is, if somebody wants to know. */
export function tracked<Item, Result>(
  { progress }: Onlookers,
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
