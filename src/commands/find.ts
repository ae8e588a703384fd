import { resolve } from 'node:path';
import { type Io, notifier } from '../io.ts';
import type { BoardItem } from '../model/board.ts';
import { type Document, readId } from '../model/document.ts';
import { pathFrom } from '../model/slashes.ts';
import { didYouMean } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { type DocumentSet, readDocuments } from '../pipeline/document-set.ts';
import { topOf } from '../pipeline/workspace.ts';
import { exclusively } from '../writing/lock.ts';
import { recoverIfIdle } from '../writing/recover.ts';
import { surroundingsOf } from './surroundings.ts';

/** All documents around the folder a command was started in. */
export function readSet(io: Io): Promise<DocumentSet> {
  recoverIfIdle(topOf(io.cwd), notifier(io));
  return readDocuments(surroundingsOf(io));
}

/** Reads all documents and works on them while nobody else writes: what was read holds until it is written. */
export function changing<T>(io: Io, work: (set: DocumentSet) => T | Promise<T>): Promise<T> {
  return exclusively(topOf(io.cwd), notifier(io), async () => work(await readSet(io)));
}

/**
 * The document with an id, or at a path.
 *
 * @throws UserError when there is none
 */
export function findDocument(text: string, { workspace, index }: DocumentSet, cwd: string): Document {
  const id = readId(text, workspace.types);
  const path = pathFrom(workspace.top, resolve(cwd, text));
  const document = (id && index.find(id.key)) ?? index.at(path);
  if (document) return document;
  throw new UserError(
    `Unknown document \`${text}\`${didYouMean(text, index.ids())}`,
    'planproof list shows all documents.',
  );
}

/**
 * The item of a board with an id.
 *
 * @throws UserError when there is none
 */
export function findItem(text: string, { workspace, index }: DocumentSet): BoardItem {
  const id = readId(text, workspace.types);
  const item = id && index.findItem(id.key);
  if (item) return item;
  const known = index.boards.flatMap((board) => board.items.map((one) => one.id.text));
  const where =
    index.boards.length === 0
      ? 'There is no board here: planproof task create --title "…" begins one.'
      : 'planproof task list shows the board.';
  throw new UserError(`Unknown task \`${text}\`${didYouMean(text, known)}`, where);
}
