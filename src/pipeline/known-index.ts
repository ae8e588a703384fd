import type { Ledger } from '../cache/ledger.ts';
import type { Board } from '../model/board.ts';
import { type Document, type DocumentIndex, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { boardLookups } from './board-lookups.ts';
import { anchorsIn, byPath, canonicalIds } from './index-documents.ts';
import type { Readings } from './readings.ts';

/** Documents of which one is read when somebody asks for it. */
export interface KnownDocuments {
  /** The document at a path. */
  at(path: string): Document | undefined;
  /** The paths of all that have an id, or a file name with it, or have had it; some of them may not. */
  named(kind: 'id' | 'former', key: IdKey): readonly string[];
  /** The paths of all, and the ids by which they are listed. */
  listing(): [path: string, id: string | undefined][];
}

interface Parts {
  readonly known: KnownDocuments;
  /** Documents that are not as they are known, by path; undefined where there is none. */
  readonly fresh: ReadonlyMap<string, Document | undefined>;
  /** Reads the boards. */
  readonly boards: () => readonly Board[];
}

const listed = (document: Document): string | undefined => ownId(document)?.canonical;

/** The documents of a ledger. */
export function rememberedDocuments(ledger: Ledger, readings: Readings): KnownDocuments {
  return {
    at: (path) => {
      const record = ledger.record(path);
      return record?.kind === 'document' ? readings.document(path, record) : undefined;
    },
    named: (kind, key) => ledger.named(kind, key),
    listing: () => ledger.documents(),
  };
}

/**
 * The index over known documents and those that are otherwise. It gives the same answers as one that was built over all of them,
 * and reads only what somebody asks for.
 */
export function knownIndex({ known, fresh, boards }: Parts): DocumentIndex {
  const described = new Map<string, Document | undefined>();
  const anchors = new Map<string, ReadonlySet<string> | undefined>();
  let documents: readonly Document[] | undefined;
  let ids: readonly string[] | undefined;

  const at = (path: string): Document | undefined => {
    if (fresh.has(path)) return fresh.get(path);
    if (!described.has(path)) described.set(path, known.at(path));
    return described.get(path);
  };
  /** Documents of which something is true, among those that a name may lead to. */
  const among = (kind: 'id' | 'former', key: IdKey, isMeant: (document: Document) => boolean): Document[] => {
    const paths = new Set([...known.named(kind, key), ...fresh.keys()]);
    return [...paths]
      .flatMap((path) => at(path) ?? [])
      .filter(isMeant)
      .sort(byPath);
  };
  /** The paths of all documents, sorted, and the ids by which they are listed. */
  const listing = (): [path: string, id: string | undefined][] => {
    const old = known.listing().filter(([path]) => !fresh.has(path));
    const now = [...fresh.values()].flatMap((one): [string, string | undefined][] =>
      one ? [[one.path, listed(one)]] : [],
    );
    return [...old, ...now].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  };
  const holders = (key: IdKey): Document[] => among('id', key, ({ id }) => id?.key === key);
  const finders: Pick<DocumentIndex, 'find' | 'findFormer'> = {
    find: (key) => holders(key)[0] ?? among('id', key, ({ fileId }) => fileId?.key === key)[0],
    findFormer: (key) => among('former', key, ({ formerIds }) => formerIds.some((id) => id.key === key))[0],
  };
  const ofBoards = boardLookups(boards, finders);
  return {
    get documents() {
      documents ??= listing().flatMap(([path]) => at(path) ?? []);
      return documents;
    },
    get paths() {
      return listing().map(([path]) => path);
    },
    get boards() {
      return ofBoards.boards;
    },
    ...finders,
    holders,
    findItem: ofBoards.findItem,
    itemsListing: ofBoards.itemsListing,
    ids: () => {
      ids ??= canonicalIds(
        listing().map(([, id]) => id),
        ofBoards,
      );
      return ids;
    },
    at,
    anchorsOf: (path) => {
      if (!anchors.has(path)) anchors.set(path, anchorsIn(at(path)));
      return anchors.get(path);
    },
    replaced: (path, document, others) =>
      knownIndex({ known, fresh: new Map(fresh).set(path, document), boards: () => others }),
  };
}
