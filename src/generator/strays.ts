import type { BoardItem } from '../model/board.ts';
import { type Document, type DocumentId, readId } from '../model/document.ts';
import { type IdKey, idOfFileName } from '../model/id.ts';
import { readLink } from '../model/link.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { ownId } from './renaming.ts';

/** What a former id means now. */
interface Meant {
  readonly id: DocumentId;
  /** None for an item without a document. */
  readonly document: Document | undefined;
}

/** Former ids that nothing has any more. */
export type Strays = ReadonlyMap<IdKey, Meant>;

/**
 * The former ids by which documents and items are still to be found; none that somebody has, here or where `isHeld` says so.
 *
 * @param items from which item of the past each item comes
 */
export function straysOf(
  { index }: DocumentSet,
  items: ReadonlyMap<BoardItem, BoardItem>,
  isHeld: (key: IdKey) => boolean,
): Strays {
  const strays = new Map<IdKey, Meant>();
  const add = (key: IdKey | undefined, id: DocumentId | undefined, document?: Document): void => {
    if (!key || !id || index.find(key) || index.findItem(key) || isHeld(key) || strays.has(key)) return;
    strays.set(key, { id, document });
  };
  for (const document of index.documents) for (const { key } of document.formerIds) add(key, ownId(document), document);
  for (const [item, old] of items) add(old.id.id?.key, item.id.id);
  return strays;
}

/** Where links lead that name a file by a former id and find nothing there: to the document that had the id. */
export function strayPaths({ index, workspace }: DocumentSet, strays: Strays): Map<string, string> {
  const paths = new Map<string, string>();
  for (const document of index.documents) {
    for (const { url } of document.facts.links) {
      const target = readLink(url, document.path);
      if (target.kind !== 'path' || index.at(target.path) || workspace.source.exists(target.path)) continue;
      const id = readId(idOfFileName(target.path.slice(target.path.lastIndexOf('/') + 1)) ?? '', workspace.types);
      const meant = id && strays.get(id.key)?.document;
      if (meant) paths.set(target.path, meant.path);
    }
  }
  return paths;
}

/** What a former id means now; its own document may go on naming it. */
export function meantByStray(key: IdKey, strays: Strays, document?: Document): DocumentId | undefined {
  const meant = strays.get(key);
  return meant && (meant.document !== document || !document) ? meant.id : undefined;
}
