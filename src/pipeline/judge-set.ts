import type { Board } from '../model/board.ts';
import type { Document } from '../model/document.ts';
import { compareFindings, type Finding } from '../model/finding.ts';
import { type Judgement, judgeBoard, judgeDocument } from './judge.ts';

/** The findings of documents and boards of a set, sorted; of all of them where nobody chooses. */
export function judgeSet(judgement: Judgement, isShown: (item: Document | Board) => boolean = () => true): Finding[] {
  const { documents, boards } = judgement.index;
  return [
    ...documents.filter(isShown).flatMap((document) => judgeDocument(document, judgement)),
    ...boards.filter(isShown).flatMap((board) => judgeBoard(board, judgement)),
  ].sort(compareFindings);
}
