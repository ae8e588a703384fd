import { type Document, type DocumentIndex, ownId } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { History } from '../model/history.ts';
import { keyOfCanonical } from '../model/id.ts';
import type { Change } from './change.ts';
import { renumberedIn } from './renumbered.ts';

/** By what a document is known among findings: by its id, else by its file. */
export type Name = Pick<Finding, 'id' | 'file'>;
/** By what a document was known before a change: by what it is known after it. */
export type NamesNow = (name: Name) => Name;

const nameOf = (document: Document): Name => ({ id: ownId(document)?.canonical ?? null, file: document.path });

/** A document without an id and other marks that has moved as it is: the only one among those that are gone with its text. */
function movedFrom(
  document: Document,
  gone: readonly Document[],
  { textBefore, textNow }: History,
): Document | undefined {
  if (document.id) return undefined;
  const text = textNow(document)?.text;
  const alike = text === undefined ? [] : gone.filter((old) => !old.id && textBefore(old)?.text === text);
  return alike.length === 1 ? alike[0] : undefined;
}

/** The names of the documents that a change touches, by the paths that they had. */
function namesByPath(
  before: DocumentIndex,
  { changed, after: { index } }: Change,
  history: History,
): Map<string, Name> {
  const gone = changed.flatMap((path) => (index.at(path) ? [] : (before.at(path) ?? [])));
  const names = new Map<string, Name>();
  for (const path of changed) {
    const document = index.at(path);
    const old = document && (history.was(document) ?? movedFrom(document, gone, history));
    if (old) names.set(old.path, nameOf(document));
  }
  return names;
}

/**
 * Tells what documents are known by after a change, so that what was wrong with them before is no news under another name.
 *
 * @param history of the same two sets
 */
export function namesNow(before: DocumentIndex, change: Change, history: History): NamesNow {
  const byPath = namesByPath(before, change, history);
  const renumbered = renumberedIn(before, change);
  return ({ id, file }) => {
    const now = byPath.get(file);
    if (now || id === null) return now ?? { id, file };
    // Of two documents with an id, one keeps it.
    const hasKept = ownId(change.after.index.at(file))?.canonical === id;
    return { id: (hasKept ? undefined : renumbered.get(keyOfCanonical(id))) ?? id, file };
  };
}
