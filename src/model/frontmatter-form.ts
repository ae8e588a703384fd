import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { applyEdits, type Edit } from './edit.ts';
import { type Frontmatter, isReadable, readFrontmatter } from './frontmatter.ts';
import { SourceText } from './source-text.ts';

/** Words that YAML 1.1 takes for `true` and `false`: other tools read these files too. */
const OLD_BOOLEAN = /^(?:y|n|yes|no|on|off)$/i;

/** What has no place in YAML unescaped, or ends a line for some readers. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** As YAML writes it by itself: plain where that reads as the same text, else in quotes. */
function natural(value: string, isFlow: boolean): string {
  if (OLD_BOOLEAN.test(value)) return doubleQuoted(value);
  if (!isFlow) return stringify(value, { lineWidth: 0 }).trimEnd();
  const list = stringify([value], { lineWidth: 0, collectionStyle: 'flow' });
  return list.slice(list.indexOf('[') + 1, list.lastIndexOf(']')).trim();
}

/**
 * Ways to write a text as a YAML scalar on one line, the best first: in the quotes of the old value, plain, in double quotes.
 *
 * @returns none for a text with line ends
 */
export function scalarForms(
  value: string,
  { old = '', isFlow = false }: { readonly old?: string | undefined; readonly isFlow?: boolean } = {},
): string[] {
  if (/[\r\n]/.test(value)) return [];
  if (value.search(UNPRINTABLE) >= 0) return [doubleQuoted(value)];
  if (old.startsWith("'")) return [`'${value.replaceAll("'", "''")}'`, doubleQuoted(value)];
  if (old.startsWith('"')) return [doubleQuoted(value)];
  return [natural(value, isFlow), doubleQuoted(value)];
}

/** The frontmatter of a text; undefined when it cannot be read. */
export function readableFrontmatter(source: SourceText): Frontmatter | undefined {
  const frontmatter = readFrontmatter(source.text, source.lines);
  return isReadable(frontmatter) ? frontmatter : undefined;
}

/** Top-level keys with their values, in order. */
export type Fields = readonly (readonly [key: string, value: unknown])[];

function holds(source: SourceText, frontmatter: Frontmatter, edits: readonly Edit[], fields: Fields): boolean {
  const changed = new SourceText(applyEdits(source.bytes, edits));
  const after = readableFrontmatter(changed);
  if (!after || !isDeepStrictEqual(Object.entries(after.data), fields)) return false;
  return changed.text.slice(after.end) === source.text.slice(frontmatter.end);
}

/**
 * The first of several ways to edit after which the frontmatter holds exactly the fields wanted, and the body is the same:
 * whatever form the YAML has, an edit is right or is not made.
 */
export function firstToHold(
  source: SourceText,
  frontmatter: Frontmatter,
  fields: Fields,
  ways: Iterable<readonly Edit[]>,
): Edit[] | undefined {
  for (const edits of ways) if (holds(source, frontmatter, edits, fields)) return [...edits];
  return undefined;
}
