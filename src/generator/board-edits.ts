import type { Board, BoardItem, BoardReference } from '../model/board.ts';
import type { Edit } from '../model/edit.ts';
import type { SourceText } from '../model/source-text.ts';
import type { Renaming } from './renaming.ts';

/** Everything that an item names, by the list that it stands in. */
export function referencesByList(item: BoardItem): Readonly<Record<string, readonly BoardReference[]>> {
  const { prerequisites, criteria, inputs, outputs } = item;
  return {
    tasks: prerequisites.tasks,
    artifacts: prerequisites.artifacts,
    criteria: criteria.artifacts,
    inputs,
    outputs,
  };
}

/** All that an item names. */
export function namedBy(item: BoardItem): BoardReference[] {
  return Object.values(referencesByList(item)).flat();
}

/** Rewrites the ids of items and what items name; every other byte of the board stays. */
export function boardEdits(board: Board, renaming: Renaming, sourceOf: (board: Board) => SourceText): Edit[] {
  const write = ({ place }: BoardReference, id: string): Edit => sourceOf(board).edit(place, JSON.stringify(id));
  return board.items.flatMap((item) => {
    const own = renaming.items.get(item);
    const named = namedBy(item).flatMap((reference) => {
      const to = reference.id && renaming.keys.has(reference.id.key) ? renaming.meansOnBoard(reference) : undefined;
      return to ? [write(reference, to.canonical)] : [];
    });
    return own ? [write(item.id, own.canonical), ...named] : named;
  });
}
