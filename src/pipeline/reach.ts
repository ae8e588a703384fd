import { type Document, type DocumentIndex, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import type { Change } from './change.ts';
import { ChangedAnswers } from './changed-answers.ts';
import type { DocumentSet } from './document-set.ts';
import type { Foresight } from './foresight.ts';
import { anchorsIn } from './index-documents.ts';
import { boardRecord, documentRecord } from './remembered.ts';

/** Where documents are found that a change may concern. */
export interface Finder {
  /** Those that have had other ids. */
  renumbered(): readonly Document[];
  /** Those of which it is foreseen that they can ask something that is answered otherwise now; others as well. */
  asking(answers: ChangedAnswers): readonly Document[];
  /** Those that go by an id. */
  owners(key: IdKey): readonly Document[];
}

/** Finds them among all documents, which have been read. */
function finderAmong(before: DocumentIndex, after: DocumentIndex): Finder {
  let owners: Map<IdKey, Document[]> | undefined;
  const ownersByKey = (): Map<IdKey, Document[]> => {
    const found = new Map<IdKey, Document[]>();
    for (const document of after.documents) {
      const key = ownId(document)?.key;
      if (key !== undefined) found.set(key, [...(found.get(key) ?? []), document]);
    }
    return found;
  };
  return {
    renumbered: () => [...before.documents, ...after.documents].filter(({ formerIds }) => formerIds.length > 0),
    asking: () => after.documents,
    owners: (key) => {
      owners ??= ownersByKey();
      return owners.get(key) ?? [];
    },
  };
}

/** Tells by an id which ids the documents have that had it before they were renumbered. */
function renumbering(finder: Finder): (key: string) => readonly string[] {
  let now: Map<string, string[]> | undefined;
  const byFormer = (): Map<string, string[]> => {
    const found = new Map<string, string[]>();
    for (const { id, fileId, formerIds } of finder.renumbered())
      for (const { key } of formerIds)
        found.set(key, [...(found.get(key) ?? []), ...[id, fileId].flatMap((one) => one?.key ?? [])]);
    return found;
  };
  return (key) => {
    now ??= byFormer();
    return now.get(key) ?? [];
  };
}

const boardAt = ({ index }: DocumentSet, path: string) => index.boards.find((board) => board.path === path);

/** Of more documents it is not found out whether they tell others what they told: that takes parsing each twice. */
const FEW = 50;

/** All that others can ask of a document, as text. */
const told = (document: Document): string =>
  JSON.stringify([document.frontmatter, document.facts.problem, [...(anchorsIn(document) ?? [])]]);

const isToldAlike = (old: Document | undefined, now: Document | undefined): boolean =>
  old !== undefined && now !== undefined && told(old) === told(now);

/** The questions that have another answer after a change. */
function changedAnswers(
  before: DocumentSet,
  { after, changed }: Pick<Change, 'after' | 'changed'>,
  finder: Finder,
): ChangedAnswers {
  const answers = new ChangedAnswers(true);
  const hasBoards = [before, after].some(({ index }) => index.boards.length > 0);
  // Only boards list documents by the ids that these had.
  const renumbered = hasBoards ? renumbering(finder) : () => [];
  const [was, is] = [before.workspace.source, after.workspace.source];
  const isSameFolder = (folder: string): boolean => was.exists(folder) === is.exists(folder);
  for (const path of changed) {
    const [old, now] = [before.index.at(path), after.index.at(path)];
    const record = (document: Document | undefined) => document && documentRecord(document, {});
    if ((old || now) && !(changed.length <= FEW && isToldAlike(old, now)))
      answers.document(path, record(old), record(now), renumbered);
    const [oldBoard, board] = [boardAt(before, path), boardAt(after, path)];
    if (oldBoard || board) answers.board(oldBoard && boardRecord(oldBoard), board && boardRecord(board), renumbered);
    const isOtherLink = was.isLinked?.(path) !== is.isLinked?.(path);
    if (was.exists(path) !== is.exists(path) || isOtherLink) answers.existence(path, isSameFolder);
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
 * @param foresight has read the documents after the change that the finder gives
 * @returns undefined where it can be all: there is nothing to compare with
 */
export function reachOf(
  change: Change,
  foresight: Foresight,
  finderOf: (before: DocumentIndex, after: DocumentIndex) => Finder = finderAmong,
): ReadonlySet<string> | undefined {
  const [before] = change.before;
  if (!before) return undefined;
  const { after, changed } = change;
  const finder = finderOf(before.index, after.index);
  const answers = changedAnswers(before, change, finder);
  const words = answers.words();
  const isReached = (document: Document): boolean => {
    if (!before.index.at(document.path)) return true;
    const questions = foresight.questionsOf(document, after.index);
    return questions === undefined || questions.some((question) => words.has(question));
  };
  const reached = new Set(changed.filter((path) => after.index.at(path)));
  for (const document of finder.asking(answers))
    if (!reached.has(document.path) && isReached(document)) reached.add(document.path);
  for (const key of idsOf(reached, after.index)) for (const { path } of finder.owners(key)) reached.add(path);
  for (const { path } of after.index.boards) reached.add(path);
  return reached;
}
