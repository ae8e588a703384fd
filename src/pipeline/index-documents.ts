import type { Board, BoardItem } from '../model/board.ts';
import type { Document, DocumentIndex } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { anchorsOf } from '../model/link.ts';

const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Puts a value under a key that has none yet. */
function claim<T>(map: Map<IdKey, T>, key: IdKey | undefined, value: T): void {
  if (key !== undefined && !map.has(key)) map.set(key, value);
}

/** The anchors of a document that could be read. */
function anchorsIn(document: Document | undefined): ReadonlySet<string> | undefined {
  const facts = document?.facts;
  return facts && !facts.problem ? anchorsOf(facts) : undefined;
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
  const anchors = new Map<string, ReadonlySet<string> | undefined>();
  // Asked for only when something is unknown.
  let ids: string[] | undefined;
  return {
    documents,
    boards,
    claims,
    find: (key) => claims.get(key)?.[0] ?? byFile.get(key),
    findFormer: (key) => former.get(key),
    findItem: (key) => items.get(key),
    ids: () => {
      ids ??= [
        ...documents.flatMap((document) => (document.id ?? document.fileId)?.canonical ?? []),
        ...[...items.values()].flatMap((item) => item.id.id?.canonical ?? []),
      ];
      return ids;
    },
    at: (path) => paths.get(path),
    anchorsOf: (path) => {
      // Kept, unlike the facts that they are made from.
      if (!anchors.has(path)) anchors.set(path, anchorsIn(paths.get(path)));
      return anchors.get(path);
    },
  };
}
