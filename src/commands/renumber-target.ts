import { resolve } from 'node:path';
import { bearers } from '../generator/renaming.ts';
import { allItems, type BoardItem } from '../model/board.ts';
import { type Document, type DocumentId, ownId, readId } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { canonicalId, idKey } from '../model/id.ts';
import { pathFrom } from '../model/slashes.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { findDocument } from './find.ts';

/** What gets another id: a document, an item of a board, or an item and the document about it. */
export interface Target {
  readonly id: DocumentId;
  readonly document: Document | undefined;
  readonly item: BoardItem | undefined;
  /** Other documents with the same id. */
  readonly others: readonly Document[];
}

/** The one item with an id; none where a document shares its id with another, since nobody can tell whose it is. */
function itemOf(id: DocumentId, set: DocumentSet): BoardItem | undefined {
  const [item, second] = allItems(set.index.boards).filter((one) => one.id.id?.key === id.key);
  if (!item || !second) return item;
  const lines = `${item.board.path}:${item.id.place.line} and ${second.board.path}:${second.id.place.line}`;
  throw new UserError(
    `${id.canonical} is there twice: ${lines}`,
    'planproof renumber --conflicts tells them apart by the history.',
  );
}

function atPath(document: Document, set: DocumentSet): Target {
  const id = ownId(document);
  if (!id) throw new UserError(`${document.path} has no id, so it cannot get another one`);
  const others = bearers(id.key, set).filter((other) => other !== document);
  return { id, document, item: others.length === 0 ? itemOf(id, set) : undefined, others };
}

/**
 * The one document with an id, or at a path; none where only a board has the id, or nothing.
 *
 * @throws UserError when several documents have the id
 */
function onlyDocument(text: string, set: DocumentSet, cwd: string): Document | undefined {
  const { workspace, index } = set;
  const there = index.at(pathFrom(workspace.top, resolve(cwd, text)));
  if (there) return there;
  const id = readId(text, workspace.types);
  const sharing = id ? bearers(id.key, set) : [];
  if (sharing.length < 2) return sharing[0];
  const paths = sharing.map(({ path }) => path);
  throw new UserError(
    `${id?.canonical} is the id of ${paths.length} documents: ${paths.join(', ')}`,
    `Say which one by its path, such as ${paths.at(-1)}.`,
  );
}

/**
 * What an id or a path on the command line means.
 *
 * @throws UserError when nothing has the id, or more than one thing has it
 */
export function findTarget(text: string, set: DocumentSet, cwd: string): Target {
  const document = onlyDocument(text, set, cwd);
  if (document) return atPath(document, set);
  const id = readId(text, set.workspace.types);
  const item = id && itemOf(id, set);
  if (id && item) return { id, document: undefined, item, others: [] };
  return atPath(knownDocument(text, set, cwd), set);
}

/**
 * The one document with an id, or at a path.
 *
 * @throws UserError when there is none, or more than one
 */
export function knownDocument(text: string, set: DocumentSet, cwd: string): Document {
  const document = onlyDocument(text, set, cwd);
  if (document) return document;
  const id = readId(text, set.workspace.types);
  const renumbered = id && set.index.findFormer(id.key)?.id;
  if (renumbered) throw new UserError(`${id.canonical} is ${renumbered.canonical} now`);
  return findDocument(text, set, cwd);
}

/** Who has an id, in words; undefined when it is free. */
function holderOf(id: DocumentId, own: Target, { index }: DocumentSet): string | undefined {
  const document = index.documents.find((other) => other !== own.document && ownId(other)?.key === id.key);
  if (document) return `it is the id of ${document.path}`;
  const former = index.documents.find(
    (other) => other !== own.document && other.formerIds.some(({ key }) => key === id.key),
  );
  if (former) return `it was the id of ${former.path}`;
  const item = index.findItem(id.key);
  if (item) return `it is on the board ${item.board.path}:${item.id.place.line}`;
  const named = index.documents.find((other) => other !== own.document && other.fileId?.key === id.key);
  return named && `the file ${named.path} is named so`;
}

/**
 * The id that somebody asks for: whole, or its number alone.
 *
 * @throws UserError when it has another prefix, is no other, or is taken
 */
export function wantedId(text: string, target: Target, set: DocumentSet): DocumentId {
  const { type } = target.id;
  const format = type.id as NonNullable<DocumentType['id']>;
  const id = readId(/^[0-9]+$/.test(text) ? `${format.prefix}-${text}` : text, set.workspace.types);
  const example = canonicalId(format, '7');
  if (!id) throw new UserError(`Unexpected id \`${text}\`, expected one such as ${example}`);
  if (id.type !== type)
    throw new UserError(`Unexpected id \`${text}\` of the type \`${id.type.name}\`, expected one such as ${example}`);
  if (id.key === target.id.key) throw new UserError(`${target.id.canonical} has this id already`);
  const holder = holderOf(id, target, set);
  if (holder !== undefined)
    throw new UserError(`${id.canonical} is taken: ${holder}`, 'Without a new id the next free one is taken.');
  return id;
}

/** The id of a type with a number. */
export function idWithNumber(type: DocumentType, number: string): DocumentId {
  const format = type.id as NonNullable<DocumentType['id']>;
  return { type, key: idKey(format, number), canonical: canonicalId(format, number) };
}
