import type { DocumentIndex } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import type { Change } from './change.ts';

/**
 * The canonical ids that documents got in a change, by the keys of those that they had. One that had its id before is none of
 * them, whatever it was called once: another document may have kept the number.
 */
export function renumberedIn(
  before: Pick<DocumentIndex, 'holders'>,
  { changed, after: { index } }: Pick<Change, 'changed' | 'after'>,
): Map<IdKey, string> {
  const now = new Map<IdKey, string>();
  for (const path of changed) {
    const document = index.at(path);
    if (!document?.id || document.formerIds.length === 0 || before.holders(document.id.key).length > 0) continue;
    for (const { key } of document.formerIds) if (!now.has(key)) now.set(key, document.id.canonical);
  }
  return now;
}
