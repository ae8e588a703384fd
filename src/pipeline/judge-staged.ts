import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FileState, isSameState } from '../cache/changes-file.ts';
import type { Ledger } from '../cache/ledger.ts';
import type { Store } from '../cache/store.ts';
import type { UnitRecord } from '../cache/unit.ts';
import type { Document } from '../model/document.ts';
import { compareFindings, type Finding } from '../model/finding.ts';
import { headCommit, treeOfNewCommit } from '../sources/head-commit.ts';
import { commitFiles, filesOfCommit } from '../sources/head-files.ts';
import type { Source } from '../sources/source.ts';
import { type PlainGit, plainGit, stagedFiles } from '../sources/staged-files.ts';
import { type Change, decidesRules } from './change.ts';
import type { DocumentSet } from './document-set.ts';
import { historyOf } from './history.ts';
import { type Judgement, judgeBoard, judgeDocument, judgeOptions } from './judge.ts';
import { judgeAfresh } from './judge-afresh.ts';
import { identitiesNow, type JudgedChange, keyOf, type Renamer } from './judge-change.ts';
import { allFindings, judgeAffected } from './judge-known.ts';
import { checkConfigs, countOf, differencesSince, documentTest, withLedger } from './known-lint.ts';
import type { LintRequest } from './lint.ts';
import { rememberState } from './remember-state.ts';
import { type FileDifference, type Stock, takeStock } from './take-stock.ts';
import { verdictStore } from './verdict-store.ts';
import { openWorkspace, type Surroundings, topOf, type Workspace } from './workspace.ts';

/** What will be committed, and the commit that it goes on from. */
interface Staged {
  readonly git: PlainGit;
  readonly head: string;
  readonly source: Source;
  readonly workspace: Workspace;
  readonly store: Store;
  readonly request: LintRequest;
  readonly environment: NodeJS.ProcessEnv;
}

function stateIn({ git: { index } }: Pick<Staged, 'git'>, path: string): FileState {
  const entry = index.find(path);
  return entry ? [entry.mode, entry.hash] : null;
}

/** What HEAD has otherwise than the git index. */
function headFiles(staged: Staged, ledger: Ledger, differences: readonly FileDifference[]): Map<string, FileState> {
  const { git, head, workspace, environment } = staged;
  const { head: known, tree } = ledger.changes;
  const before = differences.map((one) => [one.path, one.before] as const);
  // HEAD is the commit that the last run has compared with, or the very state that it has judged.
  const isLastState = tree !== undefined && known?.commit !== head && treeOfNewCommit(git.git, head) === tree;
  if (known?.commit !== head && !isLastState) return filesOfCommit(workspace.top, head, git, environment);
  const files = new Map([...before, ...(isLastState ? [] : (known?.files ?? []))]);
  return new Map([...files].filter(([path, state]) => !isSameState(state, stateIn(staged, path))));
}

/** The documents before a change, and what is known of them. */
interface Before {
  readonly set: DocumentSet;
  readonly stock: Stock;
  readonly files: ReadonlyMap<string, FileState>;
  readonly documents: number;
}

function readBefore(
  staged: Staged,
  ledger: Ledger,
  differences: readonly FileDifference[],
  files: ReadonlyMap<string, FileState>,
): Before {
  const { workspace, source, git, environment, request } = staged;
  const own = { ...workspace, source: commitFiles(workspace.top, source, git, files, environment) };
  const paths = new Set([...files.keys(), ...differences.map(({ path }) => path)]);
  const state = (path: string): FileState => (files.has(path) ? (files.get(path) as FileState) : stateIn(staged, path));
  const sinceLast = [...paths].sort().flatMap((path): FileDifference[] => {
    const [before, after] = [ledger.state(path), state(path)];
    return isSameState(before, after) ? [] : [{ path, before, after }];
  });
  const heads = new Map<string, UnitRecord>(ledger.changes.heads);
  const stock = takeStock(ledger, {
    workspace: own,
    differences: sinceLast,
    existence: [],
    today: request.today,
    isDocument: documentTest(workspace),
    recordOf: (hash) => heads.get(hash),
  });
  return { set: { workspace: own, index: stock.index }, stock, files, documents: countOf(ledger, stock.records) };
}

/** The heads of documents that the commit has otherwise than the last state, so that nobody has to ask git for them again. */
function headsOf({ stock: { records }, files }: Before): (readonly [string, UnitRecord])[] {
  return [...records].flatMap(([path, record]) => {
    const hash = files.get(path)?.[1];
    return record && hash !== undefined ? [[hash, record] as const] : [];
  });
}

function findingsBefore(
  ledger: Ledger,
  { set, stock }: Before,
  isWanted: (finding: Pick<Finding, 'id' | 'file'>) => boolean,
  { today, commandError }: LintRequest,
): Finding[] {
  const { index, workspace } = set;
  const judgement = { index, workspace, options: judgeOptions(workspace, today, commandError) };
  const judge = (path: string): Finding[] => {
    const document = index.at(path);
    const id = (document?.id ?? document?.fileId)?.canonical ?? null;
    if (!isWanted({ id, file: path })) return [];
    const board = document ? undefined : index.boards.find((one) => one.path === path);
    if (board) return judgeBoard(board, judgement);
    return document ? judgeDocument(document, judgement) : [];
  };
  const known = ledger
    .withFindings()
    .filter(({ path }) => !stock.affected.has(path) && !stock.records.has(path))
    .flatMap(({ record }) => record.findings ?? []);
  return [...known.filter(isWanted), ...[...stock.affected].flatMap(judge)].sort(compareFindings);
}

/** The findings with those of the rules of history, in the documents where those may have something to say. */
function withHistory(all: readonly Finding[], paths: ReadonlySet<string>, judgement: Judgement): Finding[] {
  const documents = [...paths].flatMap((path): Document[] => {
    const document = judgement.index.at(path);
    return document ? [document] : [];
  });
  const judged = new Set(documents.map(({ path }) => path));
  const others = all.filter(({ file }) => !judged.has(file));
  return [...others, ...documents.flatMap((document) => judgeDocument(document, judgement))].sort(compareFindings);
}

/** Judges what is staged by what is known; undefined where the rules themselves have changed. */
async function judgeByLedger(staged: Staged, ledger: Ledger): Promise<JudgedChange | undefined> {
  const { workspace, request, git, store } = staged;
  const state = (path: string): FileState => stateIn(staged, path);
  const differences = differencesSince(ledger, git.index, () => true, [], state);
  checkConfigs(differences, workspace);
  const files = headFiles(staged, ledger, differences);
  const changed = [...files.keys()].sort();
  if (decidesRules(changed, workspace)) return undefined;
  const { today } = request;
  const isDocument = documentTest(workspace);
  const stock = takeStock(ledger, { workspace, differences, existence: [], today, isDocument });
  const options = judgeOptions(workspace, today, request.commandError);
  const judged = await judgeAffected(stock, ledger, (path) => state(path)?.[1] ?? '', options);
  const before = readBefore(staged, ledger, differences, files);
  const after = { workspace, index: stock.index };
  const gone = changed.flatMap((path) => before.set.index.at(path) ?? []);
  const history = historyOf(before.set, after, { since: 'HEAD', tip: undefined, candidates: gone });
  const judgement: Judgement = { ...after, options: { ...options, history } };
  // Rules of history are silent on a document that is as it was, and so is all that it names.
  const touched = new Set([...changed, ...stock.affected, ...before.stock.affected]);
  const change: Change = { since: 'HEAD', before: [before.set], after, tip: undefined, changed, newRules: false };
  const learnt = {
    today,
    differences,
    stock,
    judged,
    paths: new Map<string, boolean>(),
    tree: git.index.tree,
    head: { commit: staged.head, files: [...files] },
    heads: headsOf(before),
  };
  rememberState(store, ledger, learnt, { index: git.index.bytes, dirty: [] });
  return {
    change,
    judgement,
    all: withHistory(allFindings(ledger, stock, judged), touched, judgement),
    documents: countOf(ledger, stock.records),
    documentsBefore: before.documents,
    knownBefore: async (keys, idNow: Renamer) => {
      const nameNow = ({ id, file }: Pick<Finding, 'id' | 'file'>): string =>
        (id === null ? undefined : idNow(id)) ?? keyOf({ id, file });
      return identitiesNow(
        findingsBefore(ledger, before, (one) => keys.has(nameNow(one)), request),
        idNow,
      );
    },
  };
}

function afresh({ store, workspace, request, git }: Staged): Promise<Ledger | undefined> {
  return judgeAfresh(store, workspace, judgeOptions(workspace, request.today, request.commandError), {
    today: request.today,
    index: git.index.bytes,
    dirty: [],
    hashOf: (path) => git.index.find(path)?.hash,
    isDisksAlone: () => false,
    isStill: () => true,
  });
}

/**
 * Judges what is staged, of which most is known from the last run. The git index and its objects are read without a git process
 * where that can be.
 *
 * @returns undefined where nothing can be remembered, in a merge, before the first commit, and where config, schemas or
 * templates change with the documents
 */
export async function judgeStaged(request: LintRequest, surroundings: Surroundings): Promise<JudgedChange | undefined> {
  const { environment } = surroundings;
  const top = topOf(surroundings.cwd);
  const git = plainGit(top, environment);
  const head = git && headCommit(git.git);
  if (!git || head === undefined || existsSync(join(git.git.own, 'MERGE_HEAD'))) return undefined;
  const source = stagedFiles(top, git, environment);
  const workspace = await openWorkspace(surroundings, undefined, () => source, 'source');
  const store = verdictStore(workspace, 'staged');
  if (!store) return undefined;
  const staged: Staged = { git, head, source, workspace, store, request, environment };
  return withLedger(
    store,
    () => afresh(staged),
    (ledger) => judgeByLedger(staged, ledger),
  );
}
