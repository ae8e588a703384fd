import { type Document, type DocumentId, readId } from '../model/document.ts';
import { type IdKey, idOfFileName } from '../model/id.ts';
import { readLink } from '../model/link.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { ownId } from './renaming.ts';

/** Former ids that nothing has any more, and the documents that they mean now. */
export type Strays = ReadonlyMap<IdKey, Document>;

/** The former ids by which documents are still to be found; none that somebody has, here or where `isHeld` says so. */
export function straysOf({ index }: DocumentSet, isHeld: (key: IdKey) => boolean): Strays {
  const strays = new Map<IdKey, Document>();
  for (const document of index.documents)
    for (const { key } of document.formerIds)
      if (!index.find(key) && !index.findItem(key) && !isHeld(key) && !strays.has(key)) strays.set(key, document);
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
      const meant = id && strays.get(id.key);
      if (meant) paths.set(target.path, meant.path);
    }
  }
  return paths;
}

/** What a former id means now; its own document may go on naming it. */
export function meantByStray(key: IdKey, strays: Strays, document?: Document): DocumentId | undefined {
  const meant = strays.get(key);
  return meant && meant !== document ? ownId(meant) : undefined;
}
