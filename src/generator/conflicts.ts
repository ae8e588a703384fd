import { allItems, type BoardItem } from '../model/board.ts';
import { type Document, type DocumentId, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { type Histories, itemLineage, itemsByKey, type Lineage, lineageOf } from './lineage.ts';
import { bearers } from './renaming.ts';

/** An id that this branch has given out and the base too. */
export interface Clash {
  readonly id: DocumentId;
  /** What this branch has added under it; sorted by path. */
  readonly documents: readonly Document[];
  readonly items: readonly BoardItem[];
}

/** Documents that share an id, and no history tells which of them should give it up. */
export interface Undecided {
  readonly id: DocumentId;
  readonly documents: readonly Document[];
}

/** What clashes between a branch and its base. */
export interface Conflicts {
  readonly clashes: readonly Clash[];
  readonly undecided: readonly Undecided[];
}

/** Tells what is this branch's own. */
class Judge {
  readonly #histories: Histories;
  readonly #here: Lineage;
  readonly #tip: Lineage;
  readonly #pasts: ReadonlyMap<BoardItem, BoardItem>;
  readonly #itemsByKey: ReturnType<typeof itemsByKey>;
  readonly #itemsThere: ReturnType<typeof itemsByKey>;

  constructor(histories: Histories, here: Lineage) {
    this.#histories = histories;
    this.#here = here;
    this.#tip = lineageOf(histories.tip, histories.common);
    this.#pasts = itemLineage(histories.here, histories.common);
    this.#itemsByKey = itemsByKey(histories.here);
    this.#itemsThere = itemsByKey(histories.tip);
  }

  #isSame(document: Document, other: Document): boolean {
    const old = this.#here.get(document);
    return document.path === other.path || (old !== undefined && old.path === this.#tip.get(other)?.path);
  }

  /** The branch gave the document this id: its past has none, or another. */
  #isOwn(document: Document): boolean {
    const old = this.#here.get(document);
    return old === undefined || ownId(old)?.key !== ownId(document)?.key;
  }

  /** The documents of this branch under an id that the base has for others. */
  #ownDocuments(key: IdKey): Document[] {
    const theirs = bearers(key, this.#histories.tip);
    return bearers(key, this.#histories.here).filter(
      (document) => this.#isOwn(document) && !theirs.some((other) => this.#isSame(document, other)),
    );
  }

  #ownItems(key: IdKey): BoardItem[] {
    const theirs = this.#itemsThere.get(key) ?? [];
    return (this.#itemsByKey.get(key) ?? []).filter(
      (item) => this.#pasts.get(item)?.id.id?.key !== key && !theirs.some(({ title }) => title === item.title),
    );
  }

  /** What of an id's holders clashes: of documents and items one kind may draw the other along. */
  clash(id: DocumentId): Clash | undefined {
    const { tip } = this.#histories;
    const [documents, items] = [this.#ownDocuments(id.key), this.#ownItems(id.key)];
    const isClash =
      (documents.length > 0 && bearers(id.key, tip).length > 0) ||
      (items.length > 0 && tip.index.findItem(id.key) !== undefined);
    return isClash ? { id, documents, items } : undefined;
  }
}

/** Finds the ids under which this branch and its base have added different things. */
export function findConflicts(histories: Histories, here: Lineage): Conflicts {
  const { index } = histories.here;
  const judge = new Judge(histories, here);
  const ids = new Map<IdKey, DocumentId>();
  for (const id of [...index.documents.map(ownId), ...allItems(index.boards).map((item) => item.id.id)])
    if (id) ids.set(id.key, id);
  const clashes = [...ids.values()].flatMap((id) => judge.clash(id) ?? []);
  const undecided = [...ids.values()].flatMap((id): Undecided[] => {
    const own = clashes.find((clash) => clash.id.key === id.key)?.documents ?? [];
    const rest = bearers(id.key, histories.here).filter((document) => !own.includes(document));
    return rest.length > 1 ? [{ id, documents: rest }] : [];
  });
  return { clashes, undecided };
}
