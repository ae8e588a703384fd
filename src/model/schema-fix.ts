import { type DocumentType, type PropertySchema, propertySchema } from './document-type.ts';
import type { FixPlan, FixStep } from './fix.ts';
import { type Entry, entryAt, type Frontmatter, textPlace } from './frontmatter.ts';
import { looseDate } from './loose-date.ts';
import type { Place } from './place.ts';
import { onlyNearest } from './suggest.ts';

const safely = (...steps: FixStep[]): FixPlan => ({ safe: true, steps });

/** Words are the same in whatever case, and with whatever between them. */
const folded = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, ' ');

/** An issue that YAML takes for a comment. */
const ISSUE = /^#[0-9]+$/;
const IDS = /^[A-Za-z][A-Za-z0-9-]*-[0-9]+(?:, *[A-Za-z][A-Za-z0-9-]*-[0-9]+)*$/;

/** The only one of some words that a text is, or was probably meant to be. */
function meant(text: string, words: readonly unknown[]): { word: string; safe: boolean } | undefined {
  const known = words.filter((word) => typeof word === 'string');
  const same = known.filter((word) => folded(word) === folded(text));
  if (same.length > 0) return same.length === 1 ? { word: same[0] as string, safe: true } : undefined;
  const near = onlyNearest(text, known);
  return near === undefined ? undefined : { word: near, safe: false };
}

function wordFix(key: string, value: unknown, { enum: allowed, const: only }: PropertySchema): FixPlan | undefined {
  if (typeof value !== 'string') return undefined;
  if (typeof only === 'string' && value !== only)
    return { safe: folded(only) === folded(value), steps: [{ kind: 'set-value', key, value: only }] };
  if (!allowed || allowed.includes(value)) return undefined;
  const found = meant(value, allowed);
  return found && { safe: found.safe, steps: [{ kind: 'set-value', key, value: found.word }] };
}

function dateFix(key: string, { source }: Entry): FixPlan | undefined {
  const date = looseDate(source ?? '');
  return date === undefined || date === source ? undefined : safely({ kind: 'set-value', key, value: date });
}

/** A number where text is wanted, ids where a list of them is. */
function kindFix(value: unknown, entry: Entry, { type }: PropertySchema): FixPlan | undefined {
  const kinds = [type ?? []].flat();
  const replace = (text: (string | Place)[]): FixPlan => safely({ kind: 'replace', place: entry.value, text });
  if (!textPlace(entry)) return undefined;
  if (kinds.includes('string') && (typeof value === 'number' || typeof value === 'boolean'))
    return replace(['"', entry.value, '"']);
  const isQuoted = entry.value.endColumn - entry.value.column !== entry.source?.length;
  if (kinds.includes('array') && typeof value === 'string' && IDS.test(value) && !(isQuoted && value.includes(',')))
    return replace(['[', entry.value, ']']);
  return undefined;
}

/** Mends the value at a pointer that the schema of its type does not allow; undefined where nobody can tell how. */
export function valueFix(frontmatter: Frontmatter, type: DocumentType, pointer: string): FixPlan | undefined {
  const entry = entryAt(frontmatter, pointer);
  const [, key = '', ...rest] = pointer.split('/');
  const property = propertySchema(type, key);
  if (!entry || !property) return undefined;
  if (entry.swallowed !== null && entry.comment) {
    const isList = rest.length === 0 && [property.type ?? []].flat().includes('array');
    const text = isList ? `["${entry.swallowed}"]` : `"${entry.swallowed}"`;
    return ISSUE.test(entry.swallowed) ? safely({ kind: 'replace', place: entry.comment, text }) : undefined;
  }
  if (rest.length > 0 || entry.source === null) return undefined;
  if (property.format === 'date') return dateFix(key, entry);
  return wordFix(key, frontmatter.data[key], property) ?? kindFix(frontmatter.data[key], entry, property);
}

/** Gives a key the name that was meant; another case alone is no guess. */
export function keyFix(place: Place, written: string, wanted: string): FixPlan | undefined {
  if (!/^[A-Za-z_][\w-]*$/.test(wanted)) return undefined;
  return { safe: written.toLowerCase() === wanted.toLowerCase(), steps: [{ kind: 'replace', place, text: wanted }] };
}

/** Adds a key of the document with the only value that it can have: the schema's, its type, or the id of its file. */
export function missingFix(type: DocumentType, key: string, fileId: string | undefined): FixPlan | undefined {
  const { const: only, default: standard } = propertySchema(type, key) ?? {};
  const derived = key === 'id' ? fileId : key === 'type' ? type.name : undefined;
  const value = only ?? derived ?? standard;
  return typeof value === 'string' ? safely({ kind: 'set-value', key, value }) : undefined;
}
