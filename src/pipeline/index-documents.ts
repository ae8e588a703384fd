import type { Board } from '../model/board.ts';
import { type Document, type DocumentIndex, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { anchorsOf } from '../model/link.ts';
import { boardLookups } from './board-lookups.ts';

/** The order of the documents in an index: by path. */
export const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

/** Puts a value under a key that has none yet. */
function claim<T>(map: Map<IdKey, T>, key: IdKey | undefined, value: T): void {
  if (key !== undefined && !map.has(key)) map.set(key, value);
}

/** The anchors of a document that could be read. */
export function anchorsIn(document: Document | undefined): ReadonlySet<string> | undefined {
  const facts = document?.facts;
  return facts && !facts.problem ? anchorsOf(facts) : undefined;
}

/** The canonical ids of documents, and of those items of a board that are the first with theirs. */
export function canonicalIds(
  documents: readonly (string | undefined)[],
  { boards, findItem }: Pick<DocumentIndex, 'boards' | 'findItem'>,
): string[] {
  const items = boards.flatMap((board) => board.items);
  return [
    ...documents.flatMap((id) => id ?? []),
    ...items.flatMap((item) => (item.id.id && findItem(item.id.id.key) === item ? item.id.id.canonical : [])),
  ];
}

/** Builds the index over a finished set of documents and boards. */
export function indexDocuments(unsorted: readonly Document[], boards: readonly Board[]): DocumentIndex {
  const documents = [...unsorted].sort(byPath);
  const holders = new Map<IdKey, Document[]>();
  const byFile = new Map<IdKey, Document>();
  const former = new Map<IdKey, Document>();
  const paths = new Map<string, Document>();
  for (const document of documents) {
    paths.set(document.path, document);
    const sharing = document.id && holders.get(document.id.key);
    if (sharing) sharing.push(document);
    else if (document.id) holders.set(document.id.key, [document]);
    claim(byFile, document.fileId?.key, document);
    for (const { key } of document.formerIds) claim(former, key, document);
  }
  const anchors = new Map<string, ReadonlySet<string> | undefined>();
  // Asked for only when something is unknown.
  let ids: string[] | undefined;
  const finders: Pick<DocumentIndex, 'find' | 'findFormer'> = {
    find: (key) => holders.get(key)?.[0] ?? byFile.get(key),
    findFormer: (key) => former.get(key),
  };
  const ofBoards = boardLookups(() => boards, finders);
  return {
    documents,
    get paths() {
      return documents.map(({ path }) => path);
    },
    boards,
    ...finders,
    holders: (key) => holders.get(key) ?? [],
    findItem: ofBoards.findItem,
    itemsListing: ofBoards.itemsListing,
    ids: () => {
      ids ??= canonicalIds(
        documents.map((document) => ownId(document)?.canonical),
        ofBoards,
      );
      return ids;
    },
    at: (path) => paths.get(path),
    anchorsOf: (path) => {
      // Kept, unlike the facts that they are made from.
      if (!anchors.has(path)) anchors.set(path, anchorsIn(paths.get(path)));
      return anchors.get(path);
    },
    replaced: (path, document, others) =>
      indexDocuments([...documents.filter((one) => one.path !== path), ...(document ? [document] : [])], others),
  };
}
