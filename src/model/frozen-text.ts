import { type Document, type DocumentIndex, readId } from './document.ts';
import type { DocumentTypes } from './document-type.ts';
import { type FrozenZone, frozenZones } from './frozen.ts';
import { readLink } from './link.ts';
import { currentKey } from './reference.ts';
import type { SourceText } from './source-text.ts';

const idWords = (): RegExp =>
  /(?<![\p{L}\p{N}_])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*-[0-9]+(?![\p{L}\p{N}_])/gu;
const DESTINATION = /(\]\(\s*<?|^\s{0,3}\[[^\]]+\]:\s*<?)([^\s)>]+)/gm;

/** What ids and links in a text mean, whatever they are called: renumbering and moving others changes nothing frozen. */
function meaning(text: string, from: string, index: DocumentIndex, now: DocumentIndex, types: DocumentTypes): string {
  const named = (id: string): string => {
    const known = readId(id, types);
    return known ? currentKey(known, now) : id;
  };
  return text
    .replace(DESTINATION, (whole, before: string, url: string) => {
      const target = readLink(url, from);
      const document = target.kind === 'path' ? index.at(target.path) : undefined;
      const id = document?.id;
      return id ? `${before}${currentKey(id, now)}${/#.*$/.exec(url)?.[0] ?? ''}` : whole;
    })
    .replace(idWords(), named)
    .replace(/[ \t]*(?:\r\n|\r|\n)/g, '\n')
    .trim();
}

/** A part of a document that its status keeps, and what it says. */
export interface FrozenText extends FrozenZone {
  readonly says: string;
}

/**
 * What a document's status keeps as it is, by what it says.
 *
 * @param index the documents around it
 * @param now the documents that know of renumberings
 */
export function frozenTexts(
  document: Document,
  source: SourceText,
  index: DocumentIndex,
  now: DocumentIndex,
  types: DocumentTypes,
): FrozenText[] {
  return frozenZones(document).map((zone) => ({
    ...zone,
    says: meaning(source.at(zone.place), document.path, index, now, types),
  }));
}
