import { nextNumber } from '../generator/number.ts';
import { plainRenaming, type Renaming } from '../generator/renaming.ts';
import { type Renumbered, renumber } from '../generator/renumber.ts';
import { takenNumbers } from '../generator/taken.ts';
import { EXIT, type Io } from '../io.ts';
import type { BoardItem } from '../model/board.ts';
import type { DocumentId } from '../model/document.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { type ChangeOptions, carryOut, notifyLeft, working } from './carry-out.ts';
import { findTarget, idWithNumber, type Target, wantedId } from './renumber-target.ts';

/** Options of `planproof renumber`. */
export interface RenumberOptions extends ChangeOptions {
  readonly conflicts?: boolean;
  readonly base?: string;
}

/** One id that becomes another. */
export interface NewId {
  readonly from: DocumentId;
  readonly to: DocumentId;
  /** Where the document lies now; the board for an item without one. */
  readonly path: string;
}

/** What was renumbered, for programs. */
export function renumberedJson(ids: readonly NewId[], { moves }: Renumbered): Record<string, unknown> {
  return {
    renumbered: ids.map(({ from, to, path }) => ({
      from: from.canonical,
      to: to.canonical,
      path: moves.get(path) ?? path,
      ...(moves.has(path) ? { oldPath: path } : {}),
    })),
  };
}

/** What was renumbered, a line each. */
export const renumberedLines = (ids: readonly NewId[]): string[] =>
  ids.map(({ from, to }) => `${from.canonical} → ${to.canonical}`);

function renamingOf({ document, item }: Target, id: DocumentId, set: DocumentSet): Renaming {
  const documents = new Map<string, DocumentId>(document ? [[document.path, id]] : []);
  const items = new Map<BoardItem, DocumentId>(item ? [[item, id]] : []);
  return plainRenaming(documents, items, set);
}

/** Of two documents with one id only one gives it up: whom a reference means is decided, and said. */
function notesOf({ id, others }: Target): string[] {
  return others.map(
    ({ path }) => `References to ${id.canonical} stay with ${path}; only links to the renumbered file followed it.`,
  );
}

function renumberOne(
  set: DocumentSet,
  text: string,
  wanted: string | undefined,
  options: RenumberOptions,
  io: Io,
): number {
  const target = findTarget(text, set, io.cwd);
  const { type } = target.id;
  const id =
    wanted === undefined
      ? idWithNumber(type, nextNumber(takenNumbers(type, set, io.environment)))
      : wantedId(wanted, target, set);
  const result = renumber(renamingOf(target, id, set), set);
  const path = target.document?.path ?? target.item?.board.path ?? '';
  const ids = [{ from: target.id, to: id, path }];
  const outcome = {
    changes: result.changes,
    lines: renumberedLines(ids),
    notes: notesOf(target),
    data: renumberedJson(ids, result),
  };
  notifyLeft(result.left, result.unread, io);
  carryOut(outcome, options, set, io);
  return EXIT.clean;
}

/** Gives a document another id, or all that clash with a base; whatever names them follows. @returns the exit code */
export async function renumberCommand(
  id: string | undefined,
  wanted: string | undefined,
  options: RenumberOptions,
  io: Io,
): Promise<number> {
  if (options.conflicts) {
    if (id !== undefined)
      throw new UserError(`Unexpected \`${id}\` beside --conflicts`, 'Without an id all that clash are renumbered.');
    const { renumberConflicts } = await import('./renumber-conflicts.ts');
    return working(options, io, (set) => renumberConflicts(set, options, io));
  }
  if (options.base !== undefined) throw new UserError('--base is for --conflicts alone');
  if (id === undefined)
    throw new UserError('Missing id', 'planproof renumber PLAN-003, or planproof renumber --conflicts.');
  return working(options, io, (set) => renumberOne(set, id, wanted, options, io));
}
