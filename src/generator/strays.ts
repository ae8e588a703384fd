import type { BoardItem } from '../model/board.ts';
import { type Document, type DocumentId, ownId, readId } from '../model/document.ts';
import { type IdKey, idOfFileName } from '../model/id.ts';
import { readLink } from '../model/link.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { bearers } from './renaming.ts';

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

/** The document that a path means by the id in its name: one that has the id and keeps it, else one that had it. */
function meantByName(
  path: string,
  set: DocumentSet,
  strays: Strays,
  leaving: ReadonlyMap<string, unknown>,
): Document | undefined {
  const id = readId(idOfFileName(path.slice(path.lastIndexOf('/') + 1)) ?? '', set.workspace.types);
  if (!id) return undefined;
  const [bearer, second] = bearers(id.key, set).filter((document) => !leaving.has(document.path));
  return second ? undefined : (bearer ?? strays.get(id.key)?.document);
}

/**
 * Where links lead that find nothing there, and the documents that they mean by the id in the name of the file: one side
 * of a merge may have moved what the other links to.
 *
 * @param leaving paths of the documents that give their id up
 */
export function strayPaths(
  set: DocumentSet,
  strays: Strays,
  leaving: ReadonlyMap<string, unknown>,
): Map<string, string> {
  const { index, workspace } = set;
  const paths = new Map<string, string>();
  for (const document of index.documents) {
    for (const { url } of document.facts.links) {
      const target = readLink(url, document.path);
      if (target.kind !== 'path' || index.at(target.path) || workspace.source.exists(target.path)) continue;
      const meant = meantByName(target.path, set, strays, leaving);
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
