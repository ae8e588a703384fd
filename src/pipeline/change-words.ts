import type { Board } from '../model/board.ts';
import type { Document } from '../model/document.ts';
import type { Change } from './change.ts';
import { renumberedIn } from './renumbered.ts';

/** What happened to the items of a board, as far as a finding speaks of one. */
function boardWords(before: Board | undefined, after: Board | undefined, about: string): string | undefined {
  if (!before || !after) return undefined;
  for (const item of before.items) {
    const name = item.id.text;
    if (!about.includes(name)) continue;
    const now = after.items.find(({ id }) => id.text === name);
    if (!now) return `${name} taken off the board`;
    if (now.status.text !== item.status.text) return `${name}: ${item.status.text} → ${now.status.text}`;
    if (now.outputs.length !== item.outputs.length) return `artifacts of ${name} changed`;
  }
  return undefined;
}

function goneWords({ id }: Document, change: Change): string {
  const [before] = change.before;
  if (!id || !before) return 'deleted';
  const { index } = change.after;
  // Of two documents with an id, the one that keeps it lies where it lay.
  const bearers = [...index.holders(id.key), index.find(id.key)].flatMap((one) => one ?? []);
  const moved = bearers.find(({ path }) => before.index.at(path)?.id?.key !== id.key);
  if (moved) return `renamed to ${moved.path}`;
  const renumbered = renumberedIn(before.index, change).get(id.key);
  return renumbered === undefined ? 'deleted' : `renumbered to ${renumbered}`;
}

function documentWords(before: Document | undefined, after: Document | undefined, change: Change): string | undefined {
  if (before && !after) return goneWords(before, change);
  if (!before && after) return 'added';
  // What cannot be read has lost its id for no one but us.
  if (after?.facts.problem) return undefined;
  if (before?.id?.key !== after?.id?.key)
    return `id ${before?.id?.canonical ?? 'none'} → ${after?.id?.canonical ?? 'none'}`;
  if (before?.status !== after?.status) return `status ${before?.status ?? 'none'} → ${after?.status ?? 'none'}`;
  return undefined;
}

/**
 * What a change did to a file, in a few words.
 *
 * @param about what a finding says, so that of many changes in a board the right one is told
 */
export function changeWords(path: string, change: Change, about: string): string {
  const [before] = change.before;
  const { after } = change;
  const documents = [before?.index.at(path), after.index.at(path)] as const;
  const boards = [before, after].map((set) => set?.index.boards.find((board) => board.path === path));
  const words = documents.some(Boolean) ? documentWords(...documents, change) : boardWords(boards[0], boards[1], about);
  if (words !== undefined) return words;
  if (!after.workspace.source.exists(path)) return 'deleted';
  return before?.workspace.source.exists(path) ? 'changed' : 'added';
}
