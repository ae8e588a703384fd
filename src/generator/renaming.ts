import type { BoardItem, BoardReference } from '../model/board.ts';
import { type Document, type DocumentId, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { readLink } from '../model/link.ts';
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
  /** Paths that nothing has any more, and the documents that links to them mean. */
  readonly strays: ReadonlyMap<string, string>;
  /** The new id of what an id means at a place of a document; undefined where it stays. */
  means(id: DocumentId, document: Document, place: Place): DocumentId | undefined;
  /** The new id of what a reference on a board means; undefined where it stays. */
  meansOnBoard(reference: BoardReference): DocumentId | undefined;
}

/** The documents that go by an id. */
export function bearers(key: IdKey, { index }: DocumentSet): Document[] {
  const holders = index.holders(key);
  if (holders.length > 0 || !index.find(key)) return [...holders];
  return index.documents.filter((document) => !document.id && document.fileId?.key === key);
}

/** The ids that documents and items have when some of them have got others. */
export function heldAfter(
  documents: Renaming['documents'],
  items: Renaming['items'],
  { index }: DocumentSet,
): Set<IdKey> {
  const ofDocuments = index.documents.flatMap(
    (document) => (documents.get(document.path) ?? ownId(document))?.key ?? [],
  );
  const ofItems = index.boards
    .flatMap((board) => board.items)
    .flatMap((item) => (items.get(item) ?? item.id.id)?.key ?? []);
  return new Set([...ofDocuments, ...ofItems]);
}

/** The one document that the links of another lead to, among those with an id; undefined without such a link, or with several. */
export function linkedBearer(document: Document, key: IdKey, { index }: DocumentSet): Document | undefined {
  const linked = document.facts.links.flatMap(({ url }) => {
    const target = readLink(url, document.path);
    const found = target.kind === 'path' ? index.at(target.path) : undefined;
    return found && ownId(found)?.key === key ? [found] : [];
  });
  return new Set(linked).size === 1 ? linked[0] : undefined;
}

/**
 * A renaming where each id means one thing alone. Of several documents with one id the references stay with those that
 * keep it; what the renamed document says of itself follows, and what a document says that links to its file.
 */
export function plainRenaming(documents: Renaming['documents'], items: Renaming['items'], set: DocumentSet): Renaming {
  const olds = [...documents].map(([path, id]) => ({ old: ownId(set.index.at(path) as Document), id }));
  const all = [...olds, ...[...items].map(([item, id]) => ({ old: item.id.id, id }))];
  const isShared = (key: IdKey): boolean => bearers(key, set).length > 1;
  const news = new Map(all.flatMap(({ old, id }) => (old && !isShared(old.key) ? [[old.key, id] as const] : [])));
  const means = (key: IdKey, document: Document): DocumentId | undefined => {
    if (ownId(document)?.key === key) return documents.get(document.path);
    const linked = isShared(key) ? linkedBearer(document, key, set) : undefined;
    return linked ? documents.get(linked.path) : news.get(key);
  };
  return {
    documents,
    items,
    keys: new Set(all.flatMap(({ old }) => old?.key ?? [])),
    held: heldAfter(documents, items, set),
    strays: new Map(),
    means: ({ key }, document) => means(key, document),
    meansOnBoard: ({ id }) => id && news.get(id.key),
  };
}
