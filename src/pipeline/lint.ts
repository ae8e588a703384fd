import type { DocumentType } from '../model/document-type.ts';
import { compareFindings } from '../model/finding.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { Report } from '../reporters/report.ts';
import { discover, type Selection, select } from './discover.ts';
import { boardPaths, buildIndex, type GivenText } from './document-set.ts';
import { judgeBoard, judgeDocument, judgeOptions } from './judge.ts';
import { sift } from './judge-baseline.ts';
import { readText } from './read.ts';
import { openWorkspace, type Surroundings, type Workspace } from './workspace.ts';

/** What to lint. */
export interface LintRequest {
  /** Files and folders whose findings are shown; none means all. */
  readonly paths: readonly string[];
  /** The type of the documents shown, where neither folder nor frontmatter tell. */
  readonly type?: string | undefined;
  readonly given?: GivenText | undefined;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** False shows what the baseline keeps silent, too. */
  readonly baseline?: boolean | undefined;
  /** A branch, tag or hash: the baseline must hold nothing that it did not hold where this branch began. */
  readonly base?: string | undefined;
  /** What is wrong with a command line of planproof; nobody is asked if absent. */
  readonly commandError?: ((command: string) => string | undefined) | undefined;
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
  const { given } = request;
  const found = { documents: discover(workspace), boards: boardPaths(workspace) };
  const selection = given
    ? { shown: new Set([given.path]), extra: [given.path] }
    : select(request.paths, [...found.documents, ...found.boards], workspace, surroundings.cwd, surroundings.notify);
  if (request.paths.length === 0 && !given) checkNotEmpty(workspace, selection, surroundings.notify);
  const all = [...new Set([...found.documents, ...selection.extra])].filter((path) => !found.boards.includes(path));
  const index = buildIndex(all, workspace, { forced: type && { type, for: selection.shown }, given });
  const judgement = { index, workspace, options: judgeOptions(workspace, request.today, request.commandError) };
  const documents = index.documents.filter((document) => selection.shown.has(document.path));
  const boards = index.boards.filter((board) => selection.shown.has(board.path));
  const findings = [
    ...documents.flatMap((document) => judgeDocument(document, judgement)),
    ...boards.flatMap((board) => judgeBoard(board, judgement)),
  ].sort(compareFindings);
  const sifted = await sift(
    findings,
    { workspace, index },
    {
      isWhole: request.paths.length === 0 && !given,
      apply: request.baseline ?? true,
      base: request.base,
      environment: surroundings.environment,
    },
  );
  return { documents: documents.length, ...sifted, linesOf: (path) => linesOf(path, workspace, given) };
}

function linesOf(path: string, workspace: Workspace, given: GivenText | undefined): string[] | undefined {
  const bytes = given?.path === path ? given.bytes : workspace.source.read(path);
  const text = bytes && readText(bytes, workspace.config.limits.documentBytes);
  return typeof text === 'string' ? text.split(/\r\n|\n|\r/) : undefined;
}
