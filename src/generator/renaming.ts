import type { BoardItem, BoardReference } from '../model/board.ts';
import type { Document, DocumentId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import type { Place } from '../model/place.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';

/** Which documents and items get another id, and what the old ids mean wherever they stand. */
export interface Renaming {
  /** By the path that the document has now. */
  readonly documents: ReadonlyMap<string, DocumentId>;
  readonly items: ReadonlyMap<BoardItem, DocumentId>;
  /** The ids that change: nothing else is looked at. */
  readonly keys: ReadonlySet<IdKey>;
  /** Ids that others have afterwards, so that nobody can be found by them as a former one. */
  readonly held: ReadonlySet<IdKey>;
  /** The new id of what an id means at a place of a document; undefined where it stays. */
  means(id: DocumentId, document: Document, place: Place): DocumentId | undefined;
  /** The new id of what a reference on a board means; undefined where it stays. */
  meansOnBoard(reference: BoardReference): DocumentId | undefined;
}

/** The id that a document goes by: that of its file name where its own cannot be read. */
export function ownId({ id, fileId }: Document): DocumentId | undefined {
  return id ?? fileId;
}

/** The documents that go by an id. */
export function bearers(key: IdKey, { index }: DocumentSet): Document[] {
  const claims = index.claims.get(key);
  return claims ? [...claims] : index.documents.filter((document) => !document.id && document.fileId?.key === key);
}

/** The ids that documents and items have when a renaming is done. */
export function heldAfter(
  documents: Renaming['documents'],
  items: Renaming['items'],
  { index }: DocumentSet,
): Set<IdKey> {
  const ofDocuments = index.documents.flatMap((document) => (documents.get(document.path) ?? ownId(document))?.key ?? []);
  const ofItems = index.boards
    .flatMap((board) => board.items)
    .flatMap((item) => (items.get(item) ?? item.id.id)?.key ?? []);
  return new Set([...ofDocuments, ...ofItems]);
}

/**
 * A renaming where each id means one thing alone. Of several documents with one id the references stay with those that
 * keep it; only what the renamed document says of itself, and links to its file, follow.
 */
export function plainRenaming(
  documents: Renaming['documents'],
  items: Renaming['items'],
  set: DocumentSet,
): Renaming {
  const held = heldAfter(documents, items, set);
  const news = new Map<IdKey, DocumentId>();
  const keys = new Set<IdKey>();
  const take = (old: DocumentId | undefined, id: DocumentId, isSole: boolean): void => {
    if (!old) return;
    keys.add(old.key);
    if (isSole) news.set(old.key, id);
  };
  for (const [path, id] of documents) {
    const old = ownId(set.index.at(path) as Document);
    const bearing = old ? bearers(old.key, set) : [];
    take(old, id, bearing.every((other) => documents.has(other.path)) && bearing.length === 1);
  }
  for (const [item, id] of items) take(item.id.id, id, true);
  return {
    documents,
    items,
    keys,
    held,
    means: ({ key }) => news.get(key),
    meansOnBoard: ({ id }) => id && news.get(id.key),
  };
}
