import type { BoardItem, BoardReference } from '../model/board.ts';
import { type Document, type DocumentId, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import type { Place } from '../model/place.ts';
import type { SourceText } from '../model/source-text.ts';
import { type DocumentSet, sourceText } from '../pipeline/document-set.ts';
import { referencesByList } from './board-edits.ts';
import type { Clash } from './conflicts.ts';
import { foreignKeys, type Histories, itemLineage, type Lineage } from './lineage.ts';
import { newRanges, type Range } from './new-text.ts';
import { heldAfter, linkedBearer, type Renaming } from './renaming.ts';
import { meantByStray, strayPaths, straysOf } from './strays.ts';

/** A clash with the ids that its documents and items get instead. */
export interface Settled extends Clash {
  /** As many as there are documents, and at least one. */
  readonly news: readonly DocumentId[];
}

/** The references on boards that the common past has already. */
function oldBoardReferences({ here, common }: Histories): Set<BoardReference> {
  const old = new Set<BoardReference>();
  for (const [item, before] of itemLineage(here, common)) {
    const lists = referencesByList(before);
    for (const [list, references] of Object.entries(referencesByList(item))) {
      const left = (lists[list] ?? []).map(({ text }) => text);
      for (const reference of references) {
        const at = left.indexOf(reference.text);
        if (at < 0) continue;
        left.splice(at, 1);
        old.add(reference);
      }
    }
  }
  return old;
}

/** Tells whether what stands at a place of a document is new since the common past. */
function novelty(
  { common }: Histories,
  lineage: Lineage,
  sourceOf: (document: Document) => SourceText,
): (document: Document, place: Place) => boolean {
  const known = new Map<Document, readonly Range[] | undefined>();
  const pastOf = (old: Document): DocumentSet | undefined => common.find(({ index }) => index.at(old.path) === old);
  const rangesOf = (document: Document): readonly Range[] | undefined => {
    const old = lineage.get(document);
    const past = old && pastOf(old);
    return old && past && newRanges(sourceText(old, past).text, sourceOf(document).text);
  };
  return (document, place) => {
    if (!known.has(document)) known.set(document, rangesOf(document));
    const ranges = known.get(document);
    const at = sourceOf(document).lines.offset(place.line, place.column);
    return ranges === undefined || ranges.some(({ start, end }) => start <= at && at < end);
  };
}

/** By id, what references mean that the branch has written. */
const newsByKey = (settled: readonly Settled[]): Map<IdKey, DocumentId> =>
  new Map(settled.map(({ id, news }) => [id.key, news[0] as DocumentId]));

/**
 * A renaming for ids that two histories have given to different things. What the branch has written means the branch's
 * document, what was there before means the other one, and a link to a file tells for certain. References by former ids
 * are brought up to date on the way.
 */
export function conflictRenaming(
  settled: readonly Settled[],
  histories: Histories,
  lineage: Lineage,
  sourceOf: (document: Document) => SourceText,
): Renaming {
  const { here } = histories;
  const documents = new Map(
    settled.flatMap(({ documents: own, news }) => own.map((document, at) => [document.path, news[at] as DocumentId])),
  );
  const items = new Map<BoardItem, DocumentId>(
    settled.flatMap(({ items: own, news }) => own.map((item) => [item, news[0] as DocumentId])),
  );
  const heldThere = foreignKeys(histories, lineage);
  const strays = straysOf(here, itemLineage(here, histories.common), (key) => heldThere.has(key));
  const news = newsByKey(settled);
  const isNew = novelty(histories, lineage, sourceOf);
  const old = oldBoardReferences(histories);
  return {
    documents,
    items,
    keys: new Set([...news.keys(), ...strays.keys()]),
    held: new Set([...heldAfter(documents, items, here), ...heldThere]),
    strays: strayPaths(here, strays, documents),
    means({ key }, document, place) {
      if (ownId(document)?.key === key) return documents.get(document.path);
      const linked = linkedBearer(document, key, here);
      if (linked) return documents.get(linked.path);
      if (news.has(key)) return isNew(document, place) ? news.get(key) : undefined;
      return meantByStray(key, strays, document);
    },
    meansOnBoard(reference) {
      const key = reference.id?.key;
      if (key === undefined) return undefined;
      if (news.has(key)) return old.has(reference) ? undefined : news.get(key);
      return meantByStray(key, strays);
    },
  };
}
