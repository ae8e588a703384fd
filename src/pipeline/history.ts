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
  return parents.map((before) => historyOf(before, after, { since, tip, candidates: before.index.documents }));
}

/**
 * What history rules know of a change between two sets.
 *
 * @param more.candidates those of the documents before it that may be gone
 */
export function historyOf(
  before: DocumentSet,
  after: DocumentSet,
  { since, tip, candidates }: Pick<Change, 'since' | 'tip'> & { readonly candidates: readonly Document[] },
): History {
  return {
    since,
    before: before.index,
    tip,
    was: ancestry(before.index, after.index, candidates),
    // What is the same in both sets has been read on this side, where no process has to ask for it.
    textBefore: (document) => readable(document, after.index.at(document.path) === document ? after : before),
    textNow: (document) => readable(document, after),
  };
}
