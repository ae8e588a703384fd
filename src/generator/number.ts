import type { DocumentIndex } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { canonicalId, type IdFormat, parseIdText } from '../model/id.ts';

/** The next free id of a type: one more than the greatest number that any frontmatter or file name of the index has. */
export function nextId(type: DocumentType, format: IdFormat, index: DocumentIndex): string {
  let last = 0n;
  for (const { id, fileId } of index.documents) {
    for (const own of [id, fileId]) {
      if (own?.type !== type) continue;
      const number = BigInt(parseIdText(own.canonical)?.number ?? 0);
      if (number > last) last = number;
    }
  }
  return canonicalId(format, String(last + 1n));
}
