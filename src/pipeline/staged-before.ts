import type { Ledger } from '../cache/ledger.ts';
import type { Store } from '../cache/store.ts';
import type { UnitRecord } from '../cache/unit.ts';
import { ownId } from '../model/document.ts';
import { compareFindings, type Finding } from '../model/finding.ts';
import { type FileState, isSameState } from '../sources/file-state.ts';
import { treeOfNewCommit } from '../sources/head-commit.ts';
import { commitFiles, filesOfCommit } from '../sources/head-files.ts';
import type { DocumentSet } from './document-set.ts';
import { judgeBoard, judgeDocument } from './judge.ts';
import { judgeOptions } from './judge-options.ts';
import { countOf, documentTest } from './known-lint.ts';
import type { LintRequest } from './lint.ts';
import type { StagedFiles } from './open-staged.ts';
import { rejudged } from './remembered.ts';
import { type FileDifference, type Stock, takeStock } from './take-stock.ts';
import { unknownIn } from './touched.ts';

/** What will be committed, what is remembered of it, and what is asked. */
export interface Staged extends StagedFiles {
  readonly store: Store;
  readonly request: LintRequest;
  readonly environment: NodeJS.ProcessEnv;
}

/** A file as it will be committed; null where there is none. */
export function stateIn({ git: { index } }: Pick<Staged, 'git'>, path: string): FileState {
  const entry = index.find(path);
  return entry ? [entry.mode, entry.hash] : null;
}

/** What HEAD has otherwise than the git index. */
export function headFiles(
  staged: Staged,
  ledger: Ledger,
  differences: readonly FileDifference[],
): Map<string, FileState> {
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
export interface Before {
  readonly set: DocumentSet;
  readonly stock: Stock;
  readonly files: ReadonlyMap<string, FileState>;
  readonly documents: number;
}

/** Reads the documents before a change, as far as they differ. @param files what HEAD has otherwise than the git index */
export function readBefore(
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

/** The heads of documents that the commit has otherwise than the git index, so that nobody has to ask git for them. */
export function headsOf(ledger: Ledger, { stock: { records }, files }: Before): (readonly [string, UnitRecord])[] {
  return [...files].flatMap(([path, state]) => {
    // What the last state has as the commit is not among the records.
    const record = records.has(path) ? records.get(path) : ledger.record(path);
    return record?.kind === 'document' && state ? [[state[1], rejudged(record, undefined)] as const] : [];
  });
}

/**
 * The findings before a change, sorted.
 *
 * @param touched what the change touches
 */
export function findingsBefore(
  ledger: Ledger,
  { set, stock }: Before,
  touched: ReadonlySet<string>,
  isWanted: (finding: Pick<Finding, 'id' | 'file'>) => boolean,
  { today, commandError }: LintRequest,
): Finding[] {
  const { index, workspace } = set;
  const judgement = { index, workspace, options: judgeOptions(workspace, today, commandError) };
  const judge = (path: string): Finding[] => {
    const document = index.at(path);
    const id = ownId(document)?.canonical ?? null;
    if (!isWanted({ id, file: path })) return [];
    const board = document ? undefined : index.boards.find((one) => one.path === path);
    if (board) return judgeBoard(board, judgement);
    return document ? judgeDocument(document, judgement) : [];
  };
  const known = ledger
    .verdicts()
    .filter(([path]) => !stock.affected.has(path) && !stock.records.has(path))
    .flatMap(([, { findings }]) => findings);
  const unknown = unknownIn(stock, touched, ledger);
  return [...known.filter(isWanted), ...[...unknown].flatMap(judge)].sort(compareFindings);
}
