import type { Board, BoardItem } from '../model/board.ts';
import type { Document, DocumentIndex } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { currentKey } from '../model/reference.ts';

const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Puts a value under a key that has none yet. */
function claim<T>(map: Map<IdKey, T>, key: IdKey | undefined, value: T): void {
  if (key !== undefined && !map.has(key)) map.set(key, value);
}

type Finders = Pick<DocumentIndex, 'find' | 'findFormer'>;

/** The items by the documents that they list as outputs, in the order of the boards. */
function itemsByOutput(boards: readonly Board[], finders: Finders): Map<IdKey, Set<BoardItem>> {
  const listing = new Map<IdKey, Set<BoardItem>>();
  for (const item of boards.flatMap((board) => board.items)) {
    for (const { id } of item.outputs) {
      const key = id && currentKey(id, finders);
      if (key === undefined) continue;
      const items = listing.get(key);
      if (items) items.add(item);
      else listing.set(key, new Set([item]));
    }
  }
  return listing;
}

/** Builds the index over a finished set of documents and boards. */
export function indexDocuments(unsorted: readonly Document[], boards: readonly Board[]): DocumentIndex {
  const documents = [...unsorted].sort(byPath);
  const claims = new Map<IdKey, Document[]>();
  const byFile = new Map<IdKey, Document>();
  const former = new Map<IdKey, Document>();
  const paths = new Map<string, Document>();
  const items = new Map<IdKey, BoardItem>();
  for (const document of documents) {
    paths.set(document.path, document);
    const sharing = document.id && claims.get(document.id.key);
    if (sharing) sharing.push(document);
    else if (document.id) claims.set(document.id.key, [document]);
    claim(byFile, document.fileId?.key, document);
    for (const { key } of document.formerIds) claim(former, key, document);
  }
  for (const item of boards.flatMap((board) => board.items)) claim(items, item.id.id?.key, item);
  // Both are asked for in some runs only.
  let ids: string[] | undefined;
  let listing: Map<IdKey, Set<BoardItem>> | undefined;
  const finders: Finders = {
    find: (key) => claims.get(key)?.[0] ?? byFile.get(key),
    findFormer: (key) => former.get(key),
  };
  return {
    documents,
    boards,
    claims,
    ...finders,
    findItem: (key) => items.get(key),
    itemsListing: (key) => {
      listing ??= itemsByOutput(boards, finders);
      return [...(listing.get(key) ?? [])];
    },
    ids: () => {
      ids ??= [
        ...documents.flatMap((document) => (document.id ?? document.fileId)?.canonical ?? []),
        ...[...items.values()].flatMap((item) => item.id.id?.canonical ?? []),
      ];
      return ids;
    },
    at: (path) => paths.get(path),
  };
}
