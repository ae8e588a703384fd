import { type DocumentIndex, ownId } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { type IdKey, keyOfCanonical } from '../model/id.ts';
import type { Change } from './change.ts';

/** By its file and the canonical id that its document had: the id that this one has after a change. */
export type Renamer = (finding: Pick<Finding, 'id' | 'file'>) => string | null;

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

/** Tells ids after a change by those before it. */
export function renamer(before: Pick<DocumentIndex, 'holders'>, change: Pick<Change, 'changed' | 'after'>): Renamer {
  const now = renumberedIn(before, change);
  if (now.size === 0) return ({ id }) => id;
  return ({ id, file }) => {
    if (id === null) return null;
    // Of two documents with an id, one keeps it.
    const hasKept = ownId(change.after.index.at(file))?.canonical === id;
    return (hasKept ? undefined : now.get(keyOfCanonical(id))) ?? id;
  };
}
