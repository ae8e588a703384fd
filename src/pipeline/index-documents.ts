import type { Document, DocumentIndex } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';

/** Builds the index over a finished set of documents. */
export function indexDocuments(unsorted: readonly Document[]): DocumentIndex {
  const documents = [...unsorted].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const claims = new Map<IdKey, Document[]>();
  const byFile = new Map<IdKey, Document>();
  const byPath = new Map<string, Document>();
  for (const document of documents) {
    byPath.set(document.path, document);
    if (document.id) {
      const sharing = claims.get(document.id.key);
      if (sharing) sharing.push(document);
      else claims.set(document.id.key, [document]);
    }
    if (document.fileId && !byFile.has(document.fileId.key)) byFile.set(document.fileId.key, document);
  }
  return {
    documents,
    claims,
    find: (key) => claims.get(key)?.[0] ?? byFile.get(key),
    ids: () => documents.flatMap((document) => (document.id ?? document.fileId)?.canonical ?? []),
    at: (path) => byPath.get(path),
  };
}
