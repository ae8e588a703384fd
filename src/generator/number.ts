import type { DocumentId, DocumentIndex } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { parseIdText } from '../model/id.ts';

/**
 * The next free number of a type: one more than the greatest that any frontmatter, former id or file name of the index
 * has, or one of `more`.
 */
export function nextNumber(type: DocumentType, index: DocumentIndex, more: readonly DocumentId[] = []): string {
  let last = 0n;
  const known = index.documents.flatMap(({ id, fileId, formerIds }) => [id, fileId, ...formerIds]);
  for (const own of [...known, ...more]) {
    if (own?.type !== type) continue;
    const number = BigInt(parseIdText(own.canonical)?.number ?? 0);
    if (number > last) last = number;
  }
  return String(last + 1n);
}
