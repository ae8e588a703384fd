import { type Document, type DocumentIndex, describe } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import type { Facts } from '../model/facts.ts';
import { compareFindings } from '../model/finding.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { Report } from '../reporters/report.ts';
import { discover, type Selection, select } from './discover.ts';
import { indexDocuments } from './index-documents.ts';
import { judgeDocument } from './judge.ts';
import { parse } from './parse.ts';
import { readText, unreadableFacts } from './read.ts';
import { locate, openWorkspace, type Surroundings, type Workspace } from './workspace.ts';

/** A text given instead of a file's. */
export interface GivenText {
  /** Relative to the top of the repository. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What to lint. */
export interface LintRequest {
  /** Files and folders whose findings are shown; none means all. */
  readonly paths: readonly string[];
  /** The type of the documents shown, where neither folder nor frontmatter tell. */
  readonly type?: string | undefined;
  readonly given?: GivenText | undefined;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** The set of documents of a workspace. */
export interface DocumentSet {
  readonly workspace: Workspace;
  readonly index: DocumentIndex;
}

/** The facts of one file; undefined when it is gone since it was listed. */
export function factsOf(path: string, workspace: Workspace, given?: GivenText): Facts | undefined {
  const bytes = given?.path === path ? given.bytes : workspace.source.read(path);
  if (bytes === undefined) return undefined;
  const text = readText(bytes, workspace.config.limits.documentBytes);
  return typeof text === 'string' ? parse(text, workspace.parser) : unreadableFacts(text);
}

/** Reads, parses and indexes documents: one read and one parse a file. */
function buildIndex(
  paths: readonly string[],
  workspace: Workspace,
  forced?: { type: DocumentType; for: ReadonlySet<string> },
  given?: GivenText,
): DocumentIndex {
  const documents = paths.flatMap((path): Document[] => {
    const facts = factsOf(path, workspace, given);
    const type = forced?.for.has(path) ? forced.type : undefined;
    return facts ? [describe(path, locate(path, workspace), facts, workspace.types, type)] : [];
  });
  return indexDocuments(documents);
}

/** All documents of the repository around a folder. */
export async function readDocuments(surroundings: Surroundings): Promise<DocumentSet> {
  const workspace = await openWorkspace(surroundings);
  return { workspace, index: buildIndex(discover(workspace), workspace) };
}

function forcedType(name: string | undefined, { types }: Workspace): DocumentType | undefined {
  if (name === undefined) return undefined;
  const type = types.get(name);
  if (!type)
    throw new UserError(
      `Unknown document type \`${name}\`${didYouMean(name, types.keys())}`,
      `The types here are ${oneOf([...types.keys()])}.`,
    );
  return type;
}

/** What no document means: fine where nobody keeps any, an error where somebody does. */
function checkNotEmpty(workspace: Workspace, selection: Selection, notify: (notice: string) => void): void {
  if (selection.shown.size > 0) return;
  const roots = workspace.roots.map((root) => `${root || '.'}/`).join(', ');
  const start = 'npx planproof create plan --title "…" writes the first one.';
  if (workspace.isSetUp) throw new UserError(`No document below ${roots}`, start);
  notify(`No planning documents here: neither a config nor ${roots}. ${start}`);
}

/**
 * discover → read → parse → index → judge. The whole set is always indexed; the request chooses only whose findings are
 * shown.
 *
 * @throws UserError when the request or the configuration is wrong, or a path matches nothing
 */
export async function lint(request: LintRequest, surroundings: Surroundings): Promise<Report> {
  const workspace = await openWorkspace(surroundings);
  const type = forcedType(request.type, workspace);
  const found = discover(workspace);
  const { given } = request;
  const selection = given
    ? { shown: new Set([given.path]), extra: [given.path] }
    : select(request.paths, found, workspace, surroundings.cwd, surroundings.notify);
  if (request.paths.length === 0 && !given) checkNotEmpty(workspace, selection, surroundings.notify);
  const all = [...new Set([...found, ...selection.extra])];
  const index = buildIndex(all, workspace, type && { type, for: selection.shown }, given);
  const shown = index.documents.filter((document) => selection.shown.has(document.path));
  const options = { today: request.today, exists: (path: string) => workspace.source.exists(path) };
  const findings = shown
    .flatMap((document) => judgeDocument(document, index, workspace, options))
    .sort(compareFindings);
  return { documents: shown.length, findings, linesOf: (path) => linesOf(path, workspace, given) };
}

function linesOf(path: string, workspace: Workspace, given: GivenText | undefined): string[] | undefined {
  const bytes = given?.path === path ? given.bytes : workspace.source.read(path);
  const text = bytes && readText(bytes, workspace.config.limits.documentBytes);
  return typeof text === 'string' ? text.split(/\r\n|\n|\r/) : undefined;
}
