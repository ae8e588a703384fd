import type { Ledger } from '../cache/ledger.ts';
import type { Store } from '../cache/store.ts';
import { discover } from './discover.ts';
import { buildIndex } from './document-set.ts';
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

/**
 * Judges a whole state, and remembers the verdicts.
 *
 * @returns undefined when there are too many documents, or the files have changed meanwhile: nothing can be remembered then
 */
export async function judgeAfresh(
  store: Store,
  workspace: Workspace,
  options: JudgeOptions,
  state: WholeState,
): Promise<Ledger | undefined> {
  const heads = new Map<string, Head>();
  const paths = discover(workspace);
  if (paths.length > MOST_DOCUMENTS) return undefined;
  const index = buildIndex(paths, workspace, { heads });
  const documents = index.documents.flatMap((document): Subject[] => {
    const [head, hash] = [heads.get(document.path), state.hashOf(document.path)];
    return head && hash !== undefined ? [{ path: document.path, hash, record: documentRecord(document, head) }] : [];
  });
  const boards = index.boards.flatMap((board): Subject[] => {
    const hash = state.hashOf(board.path);
    return hash === undefined ? [] : [{ path: board.path, hash, record: boardRecord(board) }];
  });
  if (documents.length + boards.length < index.documents.length + index.boards.length) return undefined;
  const isDisksAlone = (path: string): boolean => heads.get(path)?.head === undefined && state.isDisksAlone(path);
  const subjects = [...documents, ...boards];
  const judged = await judgeListening(subjects, index, workspace, withFilesRead(options, heads), isDisksAlone);
  if (!state.isStill()) return undefined;
  const notes = {
    today: state.today,
    documents: documents.length,
    dirty: state.dirty,
    paths: [...judged.paths],
    anchors: [...judged.anchors],
  };
  return store.saveBase({ notes, index: state.index, units: judged.units });
}
