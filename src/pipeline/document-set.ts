import { type Board, readBoard } from '../model/board.ts';
import { type Document, type DocumentIndex, describe, type Reading, readAs } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import type { Facts } from '../model/facts.ts';
import { FILE_START } from '../model/place.ts';
import { SourceText } from '../model/source-text.ts';
import { readStructured, type StructuredFile } from '../model/structured-file.ts';
import { UserError } from '../model/user-error.ts';
import { type CommitSource, gitRef } from '../sources/git-ref.ts';
import type { Unreadable } from '../sources/source.ts';
import { discover, documentsAmong } from './discover.ts';
import { indexDocuments } from './index-documents.ts';
import { locate } from './locate.ts';
import { tracked } from './progress.ts';
import { readText } from './read.ts';
import { factsIn, type Head, Readings } from './readings.ts';
import { openWorkspace, type Surroundings, type Workspace } from './workspace.ts';

/** A text given instead of a file's. */
export interface GivenText {
  /** Relative to the top of the repository. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** All documents of a repository, indexed. */
export interface DocumentSet {
  readonly workspace: Workspace;
  readonly index: DocumentIndex;
}

/** How an index departs from what lies in the repository. */
export interface IndexOptions {
  /** The type of some documents, where the command line settles it. */
  readonly forced?: { readonly type: DocumentType; readonly for: ReadonlySet<string> } | undefined;
  readonly given?: GivenText | undefined;
  /** Documents of another set, by path, that are the same in this one: they need not be read. */
  readonly same?: ((path: string) => Document | undefined) | undefined;
  /** Facts by the bytes that they were read from, to be read once where a set is judged again. */
  readonly known?: FactsByBytes | undefined;
  /** Takes the heads of the documents that are read. */
  readonly heads?: Map<string, Head> | undefined;
  /** Is given the documents that are read, each at once, and their bytes. */
  readonly onRead?: ((document: Document, bytes: Uint8Array | Unreadable) => void) | undefined;
}

/** Facts by the bytes that they were read from. */
export type FactsByBytes = WeakMap<Uint8Array, Facts>;

/** The facts of one file; undefined when there is none. */
export function factsOf(path: string, workspace: Workspace): Facts | undefined {
  const bytes = workspace.source.read(path);
  return bytes && factsIn(bytes, workspace);
}

function factsOnce(bytes: Uint8Array | Unreadable, workspace: Workspace, known: FactsByBytes): Facts {
  if (!(bytes instanceof Uint8Array)) return factsIn(bytes, workspace);
  const facts = known.get(bytes) ?? factsIn(bytes, workspace);
  known.set(bytes, facts);
  return facts;
}

/** Types with a board, and where it lies below each root, relative to the top. */
export function boardPlaces({ types, roots }: Workspace): { path: string; type: DocumentType }[] {
  return [...types.values()].flatMap((type) =>
    type.board === undefined
      ? []
      : roots.map((root) => ({ path: root === '' ? `${type.board}` : `${root}/${type.board}`, type })),
  );
}

/** The boards that exist. */
export function boardPaths(workspace: Workspace): string[] {
  return boardPlaces(workspace).flatMap(({ path }) => (workspace.source.exists(path) ? [path] : []));
}

/** A board that is no text: one mistake, no items. */
function unreadable(message: string): StructuredFile {
  return {
    data: undefined,
    errors: [{ message, place: FILE_START }],
    valueAt: () => FILE_START,
    keyAt: () => FILE_START,
  };
}

/** Reads the boards that exist. */
export function readBoards(workspace: Workspace): Board[] {
  const { source, types, config, validateBoard } = workspace;
  return boardPlaces(workspace).flatMap(({ path, type }) => {
    const bytes = source.read(path);
    if (bytes === undefined) return [];
    const text = readText(bytes, config.limits.documentBytes * BOARD_FACTOR);
    const file = typeof text === 'string' ? readStructured(path, text) : unreadable(text.message);
    return [readBoard(path, file, type, types, validateBoard)];
  });
}

/** A board holds many items: it may be so many times as large as a document. */
const BOARD_FACTOR = 20;

/** Gives the text of each file of which the bytes are given. */
function reader(
  workspace: Workspace,
  { given, known, heads, onRead }: IndexOptions,
): (path: string, bytes: Uint8Array | Unreadable) => Reading {
  // Who foresees what documents rest on judges few of them.
  const readings = onRead ? new Readings(workspace, 0) : new Readings(workspace);
  return (path, bytes) => {
    // A given text lies nowhere, so it cannot be read again.
    if (given?.path === path) return readAs(factsIn(bytes, workspace));
    if (known) return readAs(factsOnce(bytes, workspace, known));
    const head = readings.take(bytes);
    heads?.set(path, head);
    return readings.of(path, head);
  };
}

/** Reads and indexes documents and boards: of documents the frontmatter, until somebody asks for more. */
export function buildIndex(paths: readonly string[], workspace: Workspace, options: IndexOptions = {}): DocumentIndex {
  const { forced, given, same, onRead } = options;
  workspace.expectDocuments?.(paths.length);
  const read = reader(workspace, options);
  const documents = tracked(workspace, 'read', paths, (path): Document[] => {
    const known = same?.(path);
    if (known) return [known];
    const bytes = given?.path === path ? given.bytes : workspace.source.read(path);
    // It is gone since it was listed.
    if (bytes === undefined) return [];
    const type = forced?.for.has(path) ? forced.type : undefined;
    const document = describe(path, locate(path, workspace), read(path, bytes), workspace.types, type);
    onRead?.(document, bytes);
    return [document];
  });
  return indexDocuments(documents, readBoards(workspace));
}

/** All documents of the repository around a folder. */
export async function readDocuments(surroundings: Surroundings): Promise<DocumentSet> {
  const workspace = await openWorkspace(surroundings);
  return { workspace, index: buildIndex(discover(workspace), workspace) };
}

/**
 * All documents and boards of a commit, as the config and the types of the working tree see them.
 *
 * @param ref a branch, tag or hash
 * @throws UserError when there is no such commit
 */
export async function readDocumentsAt(ref: string, surroundings: Surroundings): Promise<DocumentSet> {
  const sourceAt = (top: string): CommitSource => gitRef(top, ref, surroundings.environment);
  const workspace = await openWorkspace(surroundings, undefined, sourceAt);
  // The commit may keep its config elsewhere: that is not in force here.
  const paths = documentsAmong(workspace.source.list(workspace.roots), workspace);
  return { workspace, index: buildIndex(paths, workspace) };
}

/**
 * A document's text as it lies in the repository.
 *
 * @throws UserError when it cannot be read
 */
export function sourceText({ path }: Pick<Document, 'path'>, { workspace }: DocumentSet): SourceText {
  const bytes = workspace.source.read(path);
  const text = bytes && readText(bytes, Number.POSITIVE_INFINITY);
  if (text === undefined || typeof text === 'string') {
    if (bytes instanceof Uint8Array) return new SourceText(bytes);
    throw new UserError(`Cannot read ${path}: there is no such file`);
  }
  throw new UserError(`Cannot read ${path}: ${text.message}`);
}
