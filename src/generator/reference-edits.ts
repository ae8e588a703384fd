import type { Document, DocumentId } from '../model/document.ts';
import type { Edit } from '../model/edit.ts';
import type { Place } from '../model/place.ts';
import { referencesOf } from '../model/reference.ts';
import type { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import type { Renaming } from './renaming.ts';

/** The places of a word in a scalar as it is written, quotes and all. */
function findWord(raw: string, word: string): number[] {
  const literal = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return [...raw.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_./#-])${literal}(?![\\p{L}\\p{N}_./-])`, 'gu'))].map(
    ({ index }) => index,
  );
}

/**
 * Puts another word into a scalar of the frontmatter, wherever it holds the old one.
 *
 * @throws UserError when the scalar is written in a way that hides the word, such as with escapes
 */
export function replaceWord(source: SourceText, place: Place, word: string, by: string, path: string): Edit[] {
  const start = source.lines.offset(place.line, place.column);
  const found = findWord(source.at(place), word);
  if (found.length === 0)
    throw new UserError(
      `Cannot rewrite \`${word}\` in ${path}:${place.line}: it is written with escapes`,
      'Write it plainly first.',
    );
  return found.map((at) => source.replace(start + at, start + at + word.length, by));
}

/** The references in a document's relation fields that mean something that gets another id. */
function renamedReferences(
  document: Document,
  renaming: Renaming,
  { workspace }: DocumentSet,
): { text: string; place: Place; to: DocumentId }[] {
  return referencesOf(document, workspace.types, workspace.config).flatMap(({ id, text, place }) => {
    const to = id && renaming.keys.has(id.key) ? renaming.means(id, document, place) : undefined;
    return to ? [{ text, place, to }] : [];
  });
}

/** Rewrites the references in the relation fields of a document; whatever their form was, it becomes the canonical one. */
export function referenceEdits(
  document: Document,
  renaming: Renaming,
  set: DocumentSet,
  sourceOf: (document: Document) => SourceText,
): Edit[] {
  return renamedReferences(document, renaming, set).flatMap(({ text, place, to }) =>
    replaceWord(sourceOf(document), place, text, to.canonical, document.path),
  );
}
