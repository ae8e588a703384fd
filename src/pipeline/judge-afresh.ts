import type { Ledger } from '../cache/ledger.ts';
import type { Store } from '../cache/store.ts';
import type { Unit } from '../cache/unit.ts';
import type { DocumentIndex } from '../model/document.ts';
import { discover } from './discover.ts';
import { buildIndex, type IndexOptions } from './document-set.ts';
import type { Foresight } from './foresight.ts';
import { judgeListening, type Subject } from './judge-known.ts';
import { type JudgeOptions, withFilesRead } from './judge-options.ts';
import type { Head } from './readings.ts';
import type { RawState } from './remember-state.ts';
import { boardRecord, documentRecord } from './remembered.ts';
import { MOST_DOCUMENTS } from './verdict-store.ts';
import type { Workspace } from './workspace.ts';

/** What is not remembered yet: a state of which nothing is known. */
export interface WholeState extends RawState {
  readonly today: string;
  /** The hash of a document or board, as git names a blob. */
  hashOf(path: string): string | undefined;
  /** Whether the disk alone tells if a path exists. */
  isDisksAlone(path: string): boolean;
  /** Whether the files are still those of the state. */
  isStill(): boolean;
}

/** The documents and boards of a state, with what is remembered of them but for verdicts; undefined where not all can be. */
function subjectsIn(
  { documents, boards }: DocumentIndex,
  heads: ReadonlyMap<string, Head>,
  { hashOf }: WholeState,
): Subject[] | undefined {
  const all = [
    ...documents.map((document) => {
      const head = heads.get(document.path);
      return { path: document.path, record: head && documentRecord(document, head) };
    }),
    ...boards.map((board) => ({ path: board.path, record: boardRecord(board) })),
  ];
  const subjects = all.flatMap(({ path, record }): Subject[] => {
    const hash = hashOf(path);
    return record && hash !== undefined ? [{ path, record, hash }] : [];
  });
  return subjects.length === all.length ? subjects : undefined;
}

/** What is remembered of documents whose verdicts nobody needs yet. */
function openUnits(subjects: readonly Subject[], index: DocumentIndex, foresight: Foresight): Unit[] {
  return subjects.flatMap(({ path, hash, record }): Unit[] => {
    const document = index.at(path);
    const asked = document && foresight.questionsOf(document, index);
    return asked ? [{ path, hash, record: { ...record, open: true }, asked }] : [];
  });
}

/**
 * Takes in a whole state, and remembers it with verdicts.
 *
 * @param foresight where verdicts are not needed until something touches them: then only those are judged of which it cannot be
 * foreseen what that could be
 * @returns undefined when there are too many documents, or the files have changed meanwhile: nothing can be remembered then
 */
export async function judgeAfresh(
  store: Store,
  workspace: Workspace,
  options: JudgeOptions,
  state: WholeState,
  foresight?: Foresight,
): Promise<Ledger | undefined> {
  const heads = new Map<string, Head>();
  const paths = discover(workspace);
  if (paths.length > MOST_DOCUMENTS) return undefined;
  const onRead: IndexOptions['onRead'] = foresight && ((document, bytes) => foresight.read(document, bytes));
  const index = buildIndex(paths, workspace, { heads, onRead });
  const subjects = subjectsIn(index, heads, state);
  if (!subjects) return undefined;
  const open = foresight ? openUnits(subjects, index, foresight) : [];
  const isOpen = new Set(open.map(({ path }) => path));
  const isDisksAlone = (path: string): boolean => heads.get(path)?.head === undefined && state.isDisksAlone(path);
  const rest = subjects.filter(({ path }) => !isOpen.has(path));
  const judged = await judgeListening(rest, index, workspace, withFilesRead(options, heads), isDisksAlone);
  if (!state.isStill()) return undefined;
  const notes = {
    today: state.today,
    documents: index.documents.length,
    dirty: state.dirty,
    paths: [...judged.paths],
    anchors: [...judged.anchors],
  };
  return store.saveBase({ notes, index: state.index, units: [...judged.units, ...open] });
}
