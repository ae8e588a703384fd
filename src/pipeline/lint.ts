import { RULES } from '../../rules/registry.ts';
import type { Verdict } from '../cache/unit.ts';
import type { Board } from '../model/board.ts';
import type { Document } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { compareFindings, type Finding } from '../model/finding.ts';
import { frozenBy } from '../model/frozen.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { Report } from '../reporters/report.ts';
import { discover, select } from './discover.ts';
import { boardPaths, buildIndex, type FactsByBytes, type GivenText } from './document-set.ts';
import { judgeBoard, judgeDocument } from './judge.ts';
import { type Sifted, sift } from './judge-baseline.ts';
import { judgeOptions, withFilesRead } from './judge-options.ts';
import type { Judgement } from './judgement.ts';
import { type KnownVerdicts, knownVerdicts } from './known-lint.ts';
import { trackedInTurns } from './progress.ts';
import type { Head } from './readings.ts';
import { realise } from './realise-fix.ts';
import { type Shard, type Share, shareOf } from './shard.ts';
import { lineReader } from './source-lines.ts';
import { textsOf } from './texts.ts';
import { openWorkspace, type Surroundings, type Workspace } from './workspace.ts';

/** What to lint. */
export interface LintRequest {
  /** Files and folders whose findings are shown; none means all. */
  readonly paths: readonly string[];
  /** The type of the documents shown, where neither folder nor frontmatter tell. */
  readonly type?: string | undefined;
  readonly given?: GivenText | undefined;
  /** Which part of what is shown; the whole if absent. */
  readonly shard?: Shard | undefined;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** False judges all anew, and remembers nothing. */
  readonly cache?: boolean | undefined;
  /** False shows what the baseline keeps silent, too. */
  readonly baseline?: boolean | undefined;
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
function checkNotEmpty(workspace: Workspace, notify: (notice: string) => void): void {
  const roots = workspace.roots.map((root) => `${root || '.'}/`).join(', ');
  const start = 'npx planproof create plan --title "…" writes the first one.';
  if (workspace.isSetUp) throw new UserError(`No document below ${roots}`, start);
  notify(`No planning documents here: neither a config nor ${roots}. ${start}`);
}

/** What is judged, and whose findings are shown. */
export interface Scope {
  readonly workspace: Workspace;
  /** All documents, those named explicitly too. */
  readonly paths: readonly string[];
  /** Documents and boards. */
  readonly shown: ReadonlySet<string>;
  /** The part of the whole that `shown` is; undefined if it is the whole. */
  readonly share?: Share | undefined;
  /** The type of the documents shown, where the command line settles it. */
  readonly type: DocumentType | undefined;
  readonly given: GivenText | undefined;
}

/**
 * Opens the repository and chooses what to show.
 *
 * @throws UserError when the request or the configuration is wrong, or a path matches nothing
 */
export async function openScope(request: LintRequest, surroundings: Surroundings): Promise<Scope> {
  const workspace = await openWorkspace(surroundings);
  const type = forcedType(request.type, workspace);
  const { given } = request;
  const found = { documents: discover(workspace), boards: boardPaths(workspace) };
  const selection = given
    ? { shown: new Set([given.path]), extra: [given.path] }
    : select(request.paths, [...found.documents, ...found.boards], workspace, surroundings.cwd, surroundings.notify);
  if (request.paths.length === 0 && !given && selection.shown.size === 0) checkNotEmpty(workspace, surroundings.notify);
  const all = [...new Set([...found.documents, ...selection.extra])];
  const paths = all.filter((path) => !found.boards.includes(path));
  return { workspace, paths, shown: selection.shown, type, given };
}

/** Reads the documents of a scope. The whole set is always indexed. */
export function judgementOf(scope: Scope, request: LintRequest, known?: FactsByBytes): Judgement {
  const { workspace, paths, shown, type, given } = scope;
  const heads = new Map<string, Head>();
  const index = buildIndex(paths, workspace, { forced: type && { type, for: shown }, given, known, heads });
  const options = judgeOptions(workspace, request.today, request.commandError);
  return { index, workspace, options: withFilesRead(options, heads) };
}

/** The findings of some documents and boards, sorted. */
export async function judgeThese(
  judgement: Judgement,
  documents: readonly Document[],
  boards: readonly Board[],
): Promise<Finding[]> {
  const judge = (document: Document): Finding[] => judgeDocument(document, judgement);
  return [
    ...(await trackedInTurns(judgement.workspace, 'judged', documents, judge)),
    ...boards.flatMap((board) => judgeBoard(board, judgement)),
  ].sort(compareFindings);
}

/** The findings of those documents and boards whose paths are wanted, sorted. */
export function judgeSome(judgement: Judgement, isWanted: (path: string) => boolean = () => true): Promise<Finding[]> {
  const isMeant = ({ path }: { readonly path: string }): boolean => isWanted(path);
  const { documents, boards } = judgement.index;
  return judgeThese(judgement, documents.filter(isMeant), boards.filter(isMeant));
}

/**
 * What a run shows: what the baseline holds is left out, and what its documents' statuses keep as it is cannot be fixed.
 *
 * @param findings those of what is shown
 * @throws UserError when the baseline cannot be read, or the base is unknown
 */
export async function reportOn(
  scope: Scope,
  judgement: Judgement,
  findings: readonly Finding[],
  request: LintRequest,
  { environment }: Pick<Surroundings, 'environment'>,
): Promise<Report> {
  const sifted = await sift(findings, judgement, {
    isWhole: request.paths.length === 0 && !scope.given,
    owns: scope.share?.owns,
    apply: request.baseline ?? true,
    base: undefined,
    environment,
  });
  const { documents } = judgement.index;
  return present(scope, judgement, sifted, documents.filter(({ path }) => scope.shown.has(path)).length);
}

/**
 * A report of what is left of the findings.
 *
 * @param documents how many were judged
 * @param verdicts those on all files, where they are remembered: fixes that a status rules out are left out already
 */
export function present(
  scope: Pick<Scope, 'workspace' | 'given' | 'share'>,
  judgement: Judgement,
  { findings, known }: Sifted,
  documents: number,
  verdicts?: ReadonlyMap<string, Verdict>,
): Report {
  const { index } = judgement;
  const isFrozen = ({ plan, file }: Finding): boolean =>
    !verdicts && plan !== undefined && frozenBy(plan, file, index) !== undefined;
  const texts = textsOf(judgement, scope.given);
  return {
    documents,
    // Only some reporters name the rules.
    get rules() {
      return RULES;
    },
    known,
    shard: scope.share?.mark,
    findings: findings.map((finding) => (isFrozen(finding) ? { ...finding, plan: undefined } : finding)),
    lineOf: lineReader(scope.workspace, scope.given, verdicts),
    fixOf: ({ plan, file }) => (plan ? realise(plan, file, texts) : null),
  };
}

/** The part of a scope that a shard judges; the index stays that of the whole. */
function divide(scope: Scope, judgement: Judgement, shard: Shard, notify: Surroundings['notify']): Scope {
  const share = shareOf(shard, scope.shown, judgement);
  if (share.shown.size === 0 && scope.shown.size > 0)
    notify(`Nothing for shard ${shard.index}/${shard.count}: there are ${scope.shown.size} documents and boards.`);
  return { ...scope, shown: share.shown, share };
}

/**
 * discover → read → parse → index → judge.
 *
 * @throws UserError when the request or the configuration is wrong, or a path matches nothing
 */
export async function lint(request: LintRequest, surroundings: Surroundings): Promise<Report> {
  const known = isRemembered(request) ? await knownVerdicts(request, surroundings) : undefined;
  if (known) return knownReport(known, request, surroundings);
  const all = await openScope(request, surroundings);
  const judgement = judgementOf(all, request);
  const scope = request.shard ? divide(all, judgement, request.shard, surroundings.notify) : all;
  const findings = await judgeSome(judgement, (path) => scope.shown.has(path));
  return reportOn(scope, judgement, findings, request, surroundings);
}

/** Whether a request asks for no more than what is remembered: the verdicts on the files as they are, in whole. */
function isRemembered({ cache = true, given, type, shard, paths }: LintRequest): boolean {
  return cache && !given && type === undefined && !shard && paths.length === 0;
}

/** A report of verdicts of which most are remembered. */
async function knownReport(
  { judgement, documents, verdicts, findings }: KnownVerdicts,
  { baseline }: LintRequest,
  { environment, notify }: Surroundings,
): Promise<Report> {
  const { workspace } = judgement;
  if (documents === 0 && judgement.index.boards.length === 0) checkNotEmpty(workspace, notify);
  const apply = baseline ?? true;
  const sifted = await sift(findings, judgement, { isWhole: true, apply, base: undefined, environment });
  return present({ workspace, given: undefined }, judgement, sifted, documents, verdicts);
}
