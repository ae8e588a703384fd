import type { Board } from '../model/board.ts';
import { type Document, type DocumentIndex, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { anchorsOf } from '../model/link.ts';
import { boardLookups } from './board-lookups.ts';

/** The order of the documents in an index: by path. */
export const byPath = (a: { path: string }, b: { path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

/** Documents by ids: of an id that several have, the first by path is the one. */
class ByKey {
  readonly #first = new Map<IdKey, Document>();
  /** Those of ids that several have. */
  readonly #shared = new Map<IdKey, Document[]>();

  add(key: IdKey, document: Document): void {
    const first = this.#first.get(key);
    if (!first) {
      this.#first.set(key, document);
      return;
    }
    const shared = this.#shared.get(key);
    if (shared) shared.push(document);
    else this.#shared.set(key, [first, document]);
  }

  first(key: IdKey): Document | undefined {
    return this.#first.get(key);
  }

  all(key: IdKey): readonly Document[] {
    const shared = this.#shared.get(key);
    if (shared) return shared;
    const first = this.#first.get(key);
    return first ? [first] : [];
  }
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
  const byId = new ByKey();
  const byFile = new ByKey();
  const former = new ByKey();
  const paths = new Map<string, Document>();
  for (const document of documents) {
    const { id, fileId } = document;
    paths.set(document.path, document);
    if (id) byId.add(id.key, document);
    // Mostly it is the id that the document has, by which it is found already.
    if (fileId && fileId !== id) byFile.add(fileId.key, document);
    for (const { key } of document.formerIds) former.add(key, document);
  }
  const anchors = new Map<string, ReadonlySet<string> | undefined>();
  // Asked for only when something is unknown.
  let ids: string[] | undefined;
  const finders: Pick<DocumentIndex, 'find' | 'findFormer'> = {
    find: (key) => byId.first(key) ?? byFile.first(key),
    findFormer: (key) => former.first(key),
  };
  const ofBoards = boardLookups(() => boards, finders);
  return {
    documents,
    get paths() {
      return documents.map(({ path }) => path);
    },
    boards,
    ...finders,
    holders: (key) => byId.all(key),
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
