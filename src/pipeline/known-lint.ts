import { basename } from 'node:path';
import type { Ledger } from '../cache/ledger.ts';
import { Damaged } from '../cache/sections.ts';
import type { Store } from '../cache/store.ts';
import type { Verdict } from '../cache/unit.ts';
import { CONFIG_FILES } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import { blobHash } from '../sources/blob-hash.ts';
import { type FileState, isSameState } from '../sources/file-state.ts';
import { MODE } from '../sources/git-objects.ts';
import { indexDifferences } from '../sources/index-differences.ts';
import type { IndexFile } from '../sources/index-file.ts';
import { mayFilter, plainGit } from '../sources/staged-files.ts';
import { modifiedFiles, type TrackedTree, trackedTree } from '../sources/tracked-tree.ts';
import { workingTree } from '../sources/working-tree.ts';
import { discover } from './discover.ts';
import { boardPlaces } from './document-set.ts';
import { ignorer } from './ignorer.ts';
import { judgeAfresh } from './judge-afresh.ts';
import { findingsIn, judgeAmong, verdictsAfter } from './judge-known.ts';
import { judgeOptions } from './judge-options.ts';
import type { Judgement } from './judgement.ts';
import type { LintRequest } from './lint.ts';
import { isBelow, locate } from './locate.ts';
import { rememberState } from './remember-state.ts';
import { type FileDifference, takeStock } from './take-stock.ts';
import { rememberedBase, verdictStore } from './verdict-store.ts';
import { openWorkspace, type Surroundings, topOf, type Workspace } from './workspace.ts';

/** All verdicts on a state, most of them remembered. */
export interface KnownVerdicts {
  readonly judgement: Judgement;
  /** How many documents there are. */
  readonly documents: number;
  /** Those with findings, by the paths of documents and boards. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The findings, sorted. */
  readonly findings: readonly Finding[];
}

/** Tells documents by their name and place. */
export function documentTest(workspace: Workspace): (path: string) => boolean {
  const isIgnored = ignorer(workspace);
  return (path) => path.endsWith('.md') && locate(path, workspace).folderType !== undefined && !isIgnored(path);
}

/** A second config would be a mistake, and only a look at all files tells. */
export function checkConfigs(differences: readonly FileDifference[], workspace: Workspace): void {
  if (differences.some(({ path }) => CONFIG_FILES.includes(basename(path)))) discover(workspace);
}

/** What stands for the contents of files that are no documents. */
const PRESENT = 'present';

/** The files of a working tree below the roots, as a state. */
class TreeState {
  readonly tree: TrackedTree;
  readonly workspace: Workspace;
  readonly isDocument: (path: string) => boolean;
  readonly #dirty = new Map<string, string | null>();

  constructor(tree: TrackedTree, workspace: Workspace) {
    this.tree = tree;
    this.workspace = workspace;
    this.isDocument = documentTest(workspace);
    const { changed, gone, untracked } = tree.departures(workspace.roots);
    const boards = new Set(boardPlaces(workspace).map(({ path }) => path));
    for (const path of gone) this.#dirty.set(path, null);
    for (const path of [...changed, ...untracked])
      this.#dirty.set(path, this.isDocument(path) || boards.has(path) ? this.#hash(path) : PRESENT);
  }

  #hash(path: string): string {
    const bytes = this.tree.hold(path);
    return blobHash(bytes instanceof Uint8Array ? bytes : Buffer.from(`unreadable ${bytes?.unreadable}`));
  }

  get dirty(): [path: string, hash: string | null][] {
    return [...this.#dirty];
  }

  isTracked(path: string): boolean {
    return this.workspace.roots.some((root) => isBelow(path, root));
  }

  state(path: string): FileState {
    const dirty = this.#dirty.get(path);
    if (dirty !== undefined) return dirty === null ? null : ['', dirty];
    const entry = this.tree.index.find(path);
    return entry && entry.mode !== MODE.submodule ? [entry.mode, entry.hash] : null;
  }

  /**
   * Whether nothing but the disk tells if a path exists: all do but regular files that are as git has them. A folder stands as
   * long as an ignored file lies in it, and a link leads to what may come and go.
   */
  isDisksAlone(path: string): boolean {
    if (!this.isTracked(path) || this.#dirty.has(path)) return true;
    return !this.tree.index.find(path)?.mode.startsWith('100');
  }

  /** Whether git finds no other files changed than before; those that have come since the next run will find. */
  isStill(environment: NodeJS.ProcessEnv): boolean {
    const { top, roots } = this.workspace;
    return modifiedFiles(top, roots, environment).every((path) => this.#dirty.has(path));
  }
}

/** What is not as it was in the last state of a ledger. */
export function differencesSince(
  ledger: Ledger,
  index: IndexFile,
  isWanted: (path: string) => boolean,
  more: readonly string[],
  state: (path: string) => FileState,
): FileDifference[] {
  const inIndex = ledger.index ? indexDifferences(ledger.index, index).map(({ path }) => path) : [];
  const paths = new Set([...inIndex, ...ledger.departures(), ...more].filter(isWanted));
  return [...paths].sort().flatMap((path): FileDifference[] => {
    const [before, after] = [ledger.state(path), state(path)];
    return isSameState(before, after) ? [] : [{ path, before, after }];
  });
}

async function judgeKnown(ledger: Ledger, store: Store, tree: TreeState, request: LintRequest): Promise<KnownVerdicts> {
  const { workspace, isDocument } = tree;
  const { today } = request;
  const state = (path: string): FileState => tree.state(path);
  const dirty = tree.dirty.map(([path]) => path);
  const differences = differencesSince(ledger, tree.tree.index, (path) => tree.isTracked(path), dirty, state);
  checkConfigs(differences, workspace);
  const options = judgeOptions(workspace, today, request.commandError);
  const existence = [...ledger.paths()].filter(([path, was]) => options.exists(path) !== was);
  // A link that leads nowhere stands where there was a file.
  const broken = differences.filter(({ path, after }) => after !== null && !workspace.source.exists(path));
  const stock = takeStock(ledger, {
    workspace,
    differences,
    existence: [...existence.map(([path]) => path), ...broken.map(({ path }) => path)],
    today,
    isDocument,
  });
  const hashOf = (path: string): string => state(path)?.[1] ?? '';
  const judged = await judgeAmong(stock.affected, stock, ledger, hashOf, options, (path) => tree.isDisksAlone(path));
  const verdicts = verdictsAfter(ledger, stock, judged);
  const findings = findingsIn(verdicts);
  const paths = new Map([...existence.map(([path, was]) => [path, !was] as const), ...judged.paths]);
  const documents = countOf(ledger, stock.records);
  rememberState(
    store,
    ledger,
    { today, documents, open: 0, differences, stock, judged, paths },
    {
      index: tree.tree.index,
      dirty: tree.dirty,
    },
  );
  return { judgement: { index: stock.index, workspace, options }, documents, verdicts, findings };
}

/** How many documents a state has. */
export function countOf(ledger: Ledger, records: ReadonlyMap<string, { readonly kind: string } | undefined>): number {
  let count = ledger.documentCount;
  for (const [path, record] of records)
    count += Number(record?.kind === 'document') - Number(ledger.record(path)?.kind === 'document');
  return count;
}

function afresh(
  store: Store,
  tree: TreeState,
  request: LintRequest,
  environment: NodeJS.ProcessEnv,
): Promise<Ledger | undefined> {
  const { workspace } = tree;
  return judgeAfresh(store, workspace, judgeOptions(workspace, request.today, request.commandError), {
    today: request.today,
    index: tree.tree.index,
    dirty: tree.dirty,
    hashOf: (path) => tree.state(path)?.[1],
    isDisksAlone: (path) => tree.isDisksAlone(path),
    isStill: () => tree.isStill(environment),
  });
}

/**
 * Judges by a ledger; one that turns out to be damaged is made anew.
 *
 * @param isEnough whether what is remembered will do
 */
export async function withLedger<Result>(
  store: Store,
  isEnough: (ledger: Ledger) => boolean,
  make: () => Promise<Ledger | undefined>,
  judge: (ledger: Ledger) => Promise<Result>,
): Promise<Result | undefined> {
  const known = store.load();
  try {
    if (known && isEnough(known)) return await judge(known);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
  }
  const made = await make();
  return made && judge(made);
}

/**
 * The verdicts on all documents of a working tree, of which only those are judged that may have changed since the last run.
 *
 * @returns undefined where nothing can be remembered: without git, or where only git can read its index, or
 * would run programs to compare files
 */
export async function knownVerdicts(
  request: LintRequest,
  surroundings: Surroundings,
): Promise<KnownVerdicts | undefined> {
  const { environment } = surroundings;
  const top = topOf(surroundings.cwd);
  const remembered = rememberedBase(top, 'worktree');
  const plain = plainGit(top, {}, remembered?.base.index);
  if (!plain || mayFilter(top, plain)) return undefined;
  const tree = trackedTree(top, plain, await workingTree(top, true, environment), environment);
  const workspace = await openWorkspace(surroundings, undefined, () => tree.source);
  const store = verdictStore(workspace, 'worktree', remembered);
  if (!store) return undefined;
  const state = new TreeState(tree, workspace);
  return withLedger(
    store,
    () => true,
    () => afresh(store, state, request, environment),
    (ledger) => judgeKnown(ledger, store, state, request),
  );
}
