import type { Board, BoardItem, BoardText } from './board.ts';
import type { FixStep } from './fix.ts';
import { jsonPath } from './json-pointer.ts';

/** Writes another text in the place of one of a board. */
export function boardText({ path }: Pick<Board, 'path'>, { pointer }: BoardText, text: string): FixStep {
  return { kind: 'change-board', path, change: { path: jsonPath(pointer), value: text } };
}

/** Lists a document among what an item produces. */
export function asOutput({ board, pointer }: BoardItem, id: string): FixStep {
  const path = [...jsonPath(pointer), 'artifacts', -1];
  return { kind: 'change-board', path: board.path, change: { path, value: { id, relation: 'output' }, insert: true } };
}
