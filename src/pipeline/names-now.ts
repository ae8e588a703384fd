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

/** Documents without an id, by their texts; undefined for those of one text, which tells none of them. */
function byText(documents: readonly Document[], { textBefore }: History): Map<string, Document | undefined> {
  const found = new Map<string, Document | undefined>();
  for (const document of documents) {
    const text = document.id ? undefined : textBefore(document)?.text;
    if (text !== undefined) found.set(text, found.has(text) ? undefined : document);
  }
  return found;
}

/** The names of the documents that a change touches, by the paths that they had. */
function namesByPath(
  before: DocumentIndex,
  { changed, after: { index } }: Change,
  history: History,
): Map<string, Name> {
  const gone = changed.flatMap((path) => (index.at(path) ? [] : (before.at(path) ?? [])));
  const names = new Map<string, Name>();
  let goneByText: Map<string, Document | undefined> | undefined;
  // One without an id and other marks, that has moved as it is.
  const movedFrom = (document: Document): Document | undefined => {
    const text = document.id ? undefined : history.textNow(document)?.text;
    if (text === undefined) return undefined;
    goneByText ??= byText(gone, history);
    return goneByText.get(text);
  };
  for (const path of changed) {
    const document = index.at(path);
    const old = document && (history.was(document) ?? movedFrom(document));
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
