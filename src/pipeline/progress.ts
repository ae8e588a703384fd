/** Is told how far a run is. */
export interface Progress {
  /** @param done how many of them are done, from 0 */
  tell(done: number, total: number, what: string): void;
  /** That was all: nothing must be left on the screen. */
  end(): void;
}

/** `items.flatMap(work)`, which tells somebody how far it is, if somebody wants to know. */
export function tracked<Item, Result>(
  { progress }: { readonly progress?: Progress | undefined },
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
