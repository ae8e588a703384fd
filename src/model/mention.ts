import { type Document, type DocumentId, type DocumentIndex, readId } from './document.ts';
import type { DocumentTypes } from './document-type.ts';
import type { Mention } from './facts.ts';
import { isPlaced, type Place } from './place.ts';

/** A mention in prose that means a document or an item. */
export interface KnownMention extends Mention {
  readonly id: DocumentId;
  /** Its place, where other words may stand; undefined where they name the target of a link. */
  readonly words: Place | undefined;
}

/** Ids in capitals are meant as such; others, such as `bug-12` in a sentence, only where there is such a document. */
function isMeant(text: string, id: DocumentId, index: DocumentIndex): boolean {
  return text === text.toUpperCase() || index.find(id.key) !== undefined || index.findItem(id.key) !== undefined;
}

/** In `[ADR-15]`, with a definition of that name, the words are the name. */
function wordsOf({ place }: Mention, { facts: { links } }: Document): Place | undefined {
  const names = (link: Place): boolean =>
    (link.line < place.line || (link.line === place.line && link.column <= place.column)) &&
    (link.endLine > place.endLine || (link.endLine === place.endLine && link.endColumn >= place.endColumn));
  const isName = links.some((link) => link.kind === 'reference' && names(link.place));
  return isName || !isPlaced(place) ? undefined : place;
}

/** The ids of known types that a document names in prose, its own left out; a misspelt one is that of the file name. */
export function knownMentions(document: Document, index: DocumentIndex, types: DocumentTypes): KnownMention[] {
  const own = document.id ?? document.fileId;
  return document.facts.mentions.flatMap((mention) => {
    const id = readId(mention.text, types);
    return id && id.key !== own?.key && isMeant(mention.text, id, index)
      ? [{ ...mention, id, words: wordsOf(mention, document) }]
      : [];
  });
}
