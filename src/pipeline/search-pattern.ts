import type { DocumentTypes } from '../model/document-type.ts';
import { REWRITTEN } from '../model/rewritten.ts';

/** What is looked for in texts: keys of ids, and words of paths. */
export interface Words {
  readonly ids: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

/** Behind the key `id` at the beginning of a line, what gives an id and nothing else. */
function plainId(end: string): string {
  const id = `[A-Za-z][A-Za-z0-9-]*${end}`;
  return String.raw`:[ \t]+(?:${id}|"${id}"|'${id}')[ \t]*\r?$`;
}

/** The rest of a line behind the key `id`, or where it stands alone at the end of its line. */
const ODD_ID = String.raw`["']?[ \t]*(?::|\r?$)`;

/**
 * Patterns of the lines that can give a document an id, as far as YAML has them written out: the key `id`, or one that stands
 * alone at the end of its line, and the ids that it had; what YAML reads otherwise than it is written, of which a key could be
 * made; and the bytes of a text that is not in UTF-8.
 *
 * @param numbers of the ids that are looked for, where they are given plainly; undefined for all
 */
export function idLines(numbers?: ReadonlySet<string>): readonly string[] {
  const given = numbers
    ? `(?:(?<=^id)${plainId(`-0*(?:${[...numbers].join('|')})`)}|(?!(?<=^id)${plainId('')})${ODD_ID})`
    : ODD_ID;
  return [`\\bid${given}`, String.raw`\bformerly\b`, String.raw`\\(?:[xuU]|\r?$)`, String.raw`\x00`];
}

/** A line that gives an id and nothing else. */
export const PLAIN_ID_LINE: RegExp = /^id:[ \t]+(["']?)([A-Za-z][A-Za-z0-9-]*)\1[ \t]*\r?$/;
/** Where such a line begins that ends in a number, behind a path and a NUL. */
export const PLAIN_ID_LINES: RegExp = /\0(?=id:[ \t]+["']?[A-Za-z][A-Za-z0-9-]*[0-9]["']?[ \t]*\r?\n)/g;
/** All other lines, with their paths. */
export const OTHER_LINES: RegExp =
  /(?<![^\n])([^\0\n]*)\0(?!id:[ \t]+(["']?)[A-Za-z][A-Za-z0-9-]*\2[ \t]*\r?\n)([^\n]*)/g;

/** What is `isRewritten`, and what `foldId` may make an id of: signs beyond ASCII in or beside what looks like one. */
export const READ_OTHERWISE: string = [
  REWRITTEN.source,
  String.raw`[\x80-\xff][\w-]*-[0-9\x80-\xff]|-[0-9]*[\x80-\xff]|\xe2\x80[\x90\x91]|\xef\xbc\x8d|\xef\xb9\xa3`,
].join('|');

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** What stands in front of a number that is all of a scalar, or of a part of one, and what behind. */
const ALONE = [String.raw`(?<![\w.])0*(?:`, String.raw`)[ \t]*(?:["'\]},#\x80-\xff]|\r?$)`] as const;

function prefixesOf(prefix: string, types: DocumentTypes): string[] {
  const formats = [...types.values()].flatMap(({ id }) => (id?.prefix === prefix ? id : []));
  return [...new Set([prefix, ...formats.flatMap(({ aliases }) => aliases)])];
}

/** The numbers of keys of ids, by their prefixes. */
function numbersByPrefix(ids: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of ids) {
    const hyphen = key.lastIndexOf('-');
    const prefix = key.slice(0, hyphen);
    found.set(prefix, [...(found.get(prefix) ?? []), key.slice(hyphen + 1)]);
  }
  return found;
}

/** The prefixes of types that are all that a relation leads to: numbers alone name their documents. */
function solePrefixes(types: DocumentTypes): Set<string> {
  const relations = [...types.values()].flatMap((type) => [...type.relations.values()]);
  const soles = relations.flatMap(({ to }) => (to.length === 1 ? (types.get(to[0] as string)?.id?.prefix ?? []) : []));
  return new Set(soles);
}

/** A pattern of all ways to write some words, in PCRE and in JavaScript, to be used whatever the case; more may match. */
export function patternOf({ ids, paths }: Words, types: DocumentTypes): string {
  const soles = solePrefixes(types);
  const ways = [...numbersByPrefix(ids)].flatMap(([prefix, all]) => {
    const numbers = all.join('|');
    const prefixes = prefixesOf(prefix, types).map(literally).join('|');
    const named = `(?:${prefixes})-0*(?:${numbers})(?![0-9])`;
    return soles.has(prefix) ? [named, ALONE.join(numbers)] : [named];
  });
  return [...ways, ...[...paths].map(literally)].join('|');
}
