import type { Ledger } from '../cache/ledger.ts';
import type { FileState } from '../sources/file-state.ts';
import { type Change, decidesRules, type NeedsAll } from './change.ts';
import { Foresight } from './foresight.ts';
import { historyOf } from './history.ts';
import { judgeAfresh, type WholeState } from './judge-afresh.ts';
import { identitiesNow, type JudgedChange, keyOf } from './judge-change.ts';
import { countOpen, findingsIn, hasFindings, type Judged, judgeAmong, verdictsAfter } from './judge-known.ts';
import { judgeOptions } from './judge-options.ts';
import { judgeSearched } from './judge-searched.ts';
import type { Judgement } from './judgement.ts';
import { checkConfigs, countOf, differencesSince, documentTest, withLedger } from './known-lint.ts';
import type { LintRequest } from './lint.ts';
import { type Name, namesNow } from './names-now.ts';
import { searchableStaged } from './open-search.ts';
import { openStaged } from './open-staged.ts';
import { rememberState } from './remember-state.ts';
import { findingsBefore, headFiles, headsOf, readBefore, type Staged, stateIn } from './staged-before.ts';
import { type FileDifference, takeStock } from './take-stock.ts';
import { judgeTouched, touchedBy, unknownIn, withTouched } from './touched.ts';
import { rememberedBase, verdictStore } from './verdict-store.ts';
import { type Surroundings, topOf } from './workspace.ts';

/** Whether all is as it was when the last run compared the same commit. */
function isSameAgain(
  { head, request }: Staged,
  { changes }: Ledger,
  differences: readonly FileDifference[],
  { units }: Judged,
  files: ReadonlyMap<string, FileState>,
): boolean {
  return (
    differences.length + units.length === 0 &&
    changes.head?.commit === head &&
    changes.today === request.today &&
    JSON.stringify([...files]) === JSON.stringify(changes.head.files)
  );
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
  const before = readBefore(staged, ledger, differences, files);
  // Rules of history are silent on a document that is as it was, and so is all that it names.
  const touched = touchedBy(changed, [before.stock, stock], ledger);
  const options = judgeOptions(workspace, today, request.commandError);
  const judged = await judgeAmong(
    unknownIn(stock, touched, ledger),
    stock,
    ledger,
    (path) => state(path)?.[1] ?? '',
    options,
    () => false,
  );
  const after = { workspace, index: stock.index };
  const gone = changed.flatMap((path) => before.set.index.at(path) ?? []);
  const history = historyOf(before.set, after, { since: 'HEAD', tip: undefined, candidates: gone });
  const judgement: Judgement = { ...after, options: { ...options, history } };
  const isLast = isSameAgain(staged, ledger, differences, judged, files);
  const findingsOfTouched = (isLast ? ledger.changes.touched : undefined) ?? judgeTouched(touched, judgement);
  const change: Change = { since: 'HEAD', before: [before.set], after, tip: undefined, changed, newRules: false };
  const documents = countOf(ledger, stock.records);
  const learnt = {
    today,
    documents,
    open: countOpen(ledger, stock, judged),
    differences,
    stock,
    judged,
    paths: new Map<string, boolean>(),
    tree: git.index.tree,
    head: { commit: staged.head, files: [...files] },
    heads: headsOf(ledger, before),
    touched: findingsOfTouched,
  };
  rememberState(store, ledger, learnt, { index: git.index, dirty: [] });
  return {
    change,
    judgement,
    mayCause: findingsOfTouched.length > 0 || [...touched].some(hasFindings(ledger, stock, judged)),
    findings: () => withTouched(findingsIn(verdictsAfter(ledger, stock, judged)), findingsOfTouched),
    documents,
    documentsBefore: before.documents,
    knownBefore: async (keys) => {
      const nameNow = namesNow(before.set.index, change, history);
      const isWanted = (one: Name): boolean => keys.has(keyOf(nameNow(one)));
      return identitiesNow(findingsBefore(ledger, before, touched, isWanted, request), nameNow);
    },
  };
}

/** So many documents are not read for the first change in a clone, which may be the only one. */
const MANY_DOCUMENTS = 500;

/** Judges without reading all, where nothing is known yet and nobody has asked before; undefined where all have to be read. */
async function judgeUnknown(staged: Staged): Promise<JudgedChange | undefined> {
  const { store, request, environment } = staged;
  if (store.wasMissed) return undefined;
  const change = searchableStaged(staged, environment);
  const judged = change && (await judgeSearched(change, request, environment, MANY_DOCUMENTS));
  if (judged) store.noteMissed();
  return judged;
}

function afresh({ store, workspace, request, git }: Staged, isWhole: boolean): Promise<Ledger | undefined> {
  const state: WholeState = {
    today: request.today,
    index: git.index,
    dirty: [],
    hashOf: (path) => git.index.find(path)?.hash,
    isDisksAlone: () => false,
    isStill: () => true,
  };
  const options = judgeOptions(workspace, request.today, request.commandError);
  return judgeAfresh(store, workspace, options, state, isWhole ? undefined : new Foresight(workspace));
}

/**
 * Judges what is staged, of which most is known from the last run. The git index and its objects are read without a git process
 * where that can be.
 *
 * @param needsAll whether all verdicts are needed, not only those that the change touches
 * @returns undefined where nothing can be remembered, in a merge, before the first commit, and where config, schemas or
 * templates change with the documents
 */
export async function judgeStaged(
  request: LintRequest,
  needsAll: NeedsAll,
  surroundings: Surroundings,
): Promise<JudgedChange | undefined> {
  const { environment } = surroundings;
  const top = topOf(surroundings.cwd);
  const remembered = rememberedBase(top, 'staged');
  // The whole git index is gone through, for a few documents.
  if (!remembered) surroundings.expectDocuments?.(0);
  const files = await openStaged(top, surroundings, remembered?.base.index);
  const store = files && verdictStore(files.workspace, 'staged', remembered);
  if (!store) return undefined;
  const staged: Staged = { ...files, store, request, environment };
  const isWhole = needsAll(files.workspace);
  let searched: JudgedChange | undefined;
  const learnt = await withLedger(
    store,
    (ledger) => !isWhole || ledger.openCount === 0,
    async () => {
      searched = isWhole ? undefined : await judgeUnknown(staged);
      return searched ? undefined : afresh(staged, isWhole);
    },
    (ledger) => judgeByLedger(staged, ledger),
  );
  return learnt ?? searched;
}
