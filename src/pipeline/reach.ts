import { type Document, type DocumentIndex, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import type { Change } from './change.ts';
import { ChangedAnswers } from './changed-answers.ts';
import type { DocumentSet } from './document-set.ts';
import type { Foresight } from './foresight.ts';
import { boardRecord, documentRecord } from './remembered.ts';

/** Tells by an id which ids the documents have that had it before they were renumbered. */
function renumbering(sets: readonly DocumentSet[]): (key: string) => string[] {
  const now = new Map<string, string[]>();
  for (const { index } of sets)
    for (const { id, fileId, formerIds } of index.documents)
      for (const { key } of formerIds)
        now.set(key, [...(now.get(key) ?? []), ...[id, fileId].flatMap((one) => one?.key ?? [])]);
  return (key) => now.get(key) ?? [];
}

const boardAt = ({ index }: DocumentSet, path: string) => index.boards.find((board) => board.path === path);

/** The questions that have another answer after a change. */
function changedAnswers(before: DocumentSet, { after, changed }: Pick<Change, 'after' | 'changed'>): ChangedAnswers {
  const answers = new ChangedAnswers(true);
  const renumbered = renumbering([before, after]);
  const [was, is] = [before.workspace.source, after.workspace.source];
  const isSameFolder = (folder: string): boolean => was.exists(folder) === is.exists(folder);
  for (const path of changed) {
    const [old, now] = [before.index.at(path), after.index.at(path)];
    const record = (document: Document | undefined) => document && documentRecord(document, {});
    if (old || now) answers.document(path, record(old), record(now), renumbered);
    const [oldBoard, board] = [boardAt(before, path), boardAt(after, path)];
    if (oldBoard || board) answers.board(oldBoard && boardRecord(oldBoard), board && boardRecord(board), renumbered);
    if (was.exists(path) !== is.exists(path)) answers.existence(path, isSameFolder);
  }
  return answers;
}

/** The keys of the documents' ids, as findings know them. */
function idsOf(paths: ReadonlySet<string>, index: DocumentIndex): Set<IdKey> {
  return new Set([...paths].flatMap((path) => ownId(index.at(path))?.key ?? []));
}

/**
 * The documents whose findings can be others than before a change: what has changed, what rests on it, and what has the same id
 * as one of these, since findings are compared by ids. All others need not be judged to know what the change brought in.
 *
 * @param foresight has read the documents after the change
 * @returns undefined where it can be all: there is nothing to compare with
 */
export function reachOf(change: Change, foresight: Foresight): ReadonlySet<string> | undefined {
  const [before] = change.before;
  if (!before) return undefined;
  const { after, changed } = change;
  const { words } = changedAnswers(before, change);
  const direct = new Set(changed);
  const isReached = (document: Document): boolean => {
    if (direct.has(document.path) || !before.index.at(document.path)) return true;
    const questions = foresight.questionsOf(document, after.index);
    return questions === undefined || questions.some((question) => words.has(question));
  };
  const reached = new Set(after.index.documents.filter(isReached).map(({ path }) => path));
  const ids = idsOf(reached, after.index);
  for (const document of after.index.documents) {
    const key = ownId(document)?.key;
    if (key !== undefined && ids.has(key)) reached.add(document.path);
  }
  for (const { path } of after.index.boards) reached.add(path);
  return reached;
}
