import type { Document } from '../model/document.ts';
import type { History } from '../model/history.ts';
import type { SourceText } from '../model/source-text.ts';
import { ancestry } from './ancestry.ts';
import type { Change } from './change.ts';
import { type DocumentSet, sourceText } from './document-set.ts';

function readable(document: Document, set: DocumentSet): SourceText | undefined {
  return document.facts.problem ? undefined : sourceText(document, set);
}

/** What history rules know of a change: one for each parent of a merge, none where there was nothing before it. */
export function historiesOf({ since, before: parents, after, tip }: Change): History[] {
  return parents.map((before) => ({
    since,
    before: before.index,
    tip,
    was: ancestry(before.index, after.index),
    textBefore: (document) => readable(document, before),
    textNow: (document) => readable(document, after),
  }));
}
