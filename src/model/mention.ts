import { type Document, type DocumentId, type DocumentIndex, ownId, readId } from './document.ts';
import type { DocumentTypes } from './document-type.ts';
import type { Facts, Link, Mention } from './facts.ts';
import type { IdKey } from './id.ts';
import { isPlaced, type Place } from './place.ts';
import { remembering } from './remember.ts';

/** A mention in prose that means a document or an item. */
export interface KnownMention extends Mention {
  readonly id: DocumentId;
  /** Its place, where other words may stand; undefined where they name the target of a link. */
  readonly words: Place | undefined;
}

/** Ids in capitals are meant as such; others, such as `bug-12` in a sentence, only where there is such a document. */
function isMeant(text: string, id: DocumentId, index: DocumentIndex): boolean {
  if (text === id.canonical || text === text.toUpperCase()) return true;
  return index.find(id.key) !== undefined || index.findItem(id.key) !== undefined;
}

const isBefore = (a: Place, b: Place): boolean => a.line < b.line || (a.line === b.line && a.column < b.column);
const endOf = ({ endLine: line, endColumn: column }: Place): Place => ({
  line,
  column,
  endLine: line,
  endColumn: column,
});
const inOrder = (a: { readonly place: Place }, b: { readonly place: Place }): number =>
  isBefore(a.place, b.place) ? -1 : isBefore(b.place, a.place) ? 1 : 0;

/** The mentions that are the name of a definition, such as `[ADR-15]` where there is one. Both lists are gone through once. */
function namesOfLinks({ links, mentions }: Facts): Set<Mention> {
  const names = links.filter(({ kind }) => kind === 'reference').sort(inOrder);
  const found = new Set<Mention>();
  if (names.length === 0) return found;
  let next = 0;
  for (const mention of [...mentions].sort(inOrder)) {
    while (next < names.length && !isBefore(mention.place, endOf((names[next] as Link).place))) next += 1;
    const name = names[next];
    if (name && !isBefore(mention.place, name.place)) found.add(mention);
  }
  return found;
}

const mentionsBut = remembering(
  (facts: Facts, own: IdKey | undefined, index: DocumentIndex, types: DocumentTypes): readonly KnownMention[] => {
    if (facts.mentions.length === 0) return [];
    const names = namesOfLinks(facts);
    const wordsOf = (mention: Mention): Place | undefined =>
      names.has(mention) || !isPlaced(mention.place) ? undefined : mention.place;
    const known: KnownMention[] = [];
    for (const mention of facts.mentions) {
      const { section, text, place } = mention;
      const id = readId(text, types);
      if (!id || id.key === own || !isMeant(text, id, index)) continue;
      known.push({ id, words: wordsOf(mention), section, text, place });
    }
    return known;
  },
);

/** The ids of known types that a document names in prose, its own left out; a misspelt one is that of the file name. */
export function knownMentions(document: Document, index: DocumentIndex, types: DocumentTypes): readonly KnownMention[] {
  return mentionsBut(document.facts, ownId(document)?.key, index, types);
}
