import { type Board, readBoard } from '../model/board.ts';
import { type Document, type DocumentIndex, describe } from '../model/document.ts';
import type { DocumentType, DocumentTypes } from '../model/document-type.ts';
import type { Facts } from '../model/facts.ts';
import { letGoOfText } from '../model/lean-facts.ts';
import { FILE_START } from '../model/place.ts';
import { SourceText } from '../model/source-text.ts';
import { readStructured, type StructuredFile } from '../model/structured-file.ts';
import { sampleTexts } from '../model/template.ts';
import { UserError } from '../model/user-error.ts';
import { type CommitSource, gitRef } from '../sources/git-ref.ts';
import { discover, documentsAmong } from './discover.ts';
import { indexDocuments } from './index-documents.ts';
import { parse } from './parse.ts';
import { tracked } from './progress.ts';
import { readText, unreadableFacts } from './read.ts';
import { locate, openWorkspace, type Surroundings, type Workspace } from './workspace.ts';

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
  /** Facts by the hash of their text, where the source knows it without reading. */
  readonly byHash?: Map<string, Facts> | undefined;
  /** Facts by the bytes that they were read from, to be read once where a set is judged again. */
  readonly known?: FactsByBytes | undefined;
  /** Leaves out paragraphs that are no template's sample text: no rule asks for them, and they are most of a document. */
  readonly lean?: boolean | undefined;
}

/** Facts by the bytes that they were read from. */
export type FactsByBytes = WeakMap<Uint8Array, Facts>;

/**
 * The facts of one file; undefined when it is gone since it was listed.
 *
 * @param keep what to do with facts that were just made
 */
export function factsOf(
  path: string,
  workspace: Workspace,
  { given, known }: Pick<IndexOptions, 'given' | 'known'> = {},
  keep: (facts: Facts) => Facts = (facts) => facts,
): Facts | undefined {
  const bytes = given?.path === path ? given.bytes : workspace.source.read(path);
  if (bytes === undefined) return undefined;
  const before = bytes instanceof Uint8Array ? known?.get(bytes) : undefined;
  if (before) return before;
  const text = readText(bytes, workspace.config.limits.documentBytes);
  const facts = keep(typeof text === 'string' ? parsed(text, workspace) : unreadableFacts(text));
  if (bytes instanceof Uint8Array) known?.set(bytes, facts);
  return facts;
}

/** A failure of ours on one document is a finding of that document, and the others go on. */
function parsed(text: string, { parser }: Workspace): Facts {
  try {
    return parse(text, parser);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return unreadableFacts({ kind: 'unreadable', message: `planproof failed to read this document: ${reason}` });
  }
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

function readBoards(workspace: Workspace): Board[] {
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

/**
 * Makes the facts of many documents small.
 *
 * @param types theirs, where only rules will ask for paragraphs
 */
function keeper(types: DocumentTypes | undefined): (facts: Facts) => Facts {
  const strings = new Map<string, string>();
  const samples = types && new Set([...types.values()].flatMap(sampleTexts));
  return (facts) => {
    const paragraphs = samples ? facts.paragraphs.filter(({ text }) => samples.has(text)) : facts.paragraphs;
    return letGoOfText({ ...facts, paragraphs }, strings);
  };
}

/** Reads, parses and indexes documents and boards: one read and one parse a file. */
export function buildIndex(
  paths: readonly string[],
  workspace: Workspace,
  { forced, given, known, byHash, lean }: IndexOptions = {},
): DocumentIndex {
  const keep = keeper(lean ? workspace.types : undefined);
  const remembered = (path: string): Facts | undefined => {
    const hash = byHash && workspace.source.hashOf?.(path);
    if (hash === undefined) return factsOf(path, workspace, { given, known }, keep);
    const facts = byHash?.get(hash) ?? factsOf(path, workspace, { given, known }, keep);
    if (facts) byHash?.set(hash, facts);
    return facts;
  };
  const documents = tracked(workspace, 'read', paths, (path): Document[] => {
    const facts = remembered(path);
    const type = forced?.for.has(path) ? forced.type : undefined;
    return facts ? [describe(path, locate(path, workspace), facts, workspace.types, type)] : [];
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
