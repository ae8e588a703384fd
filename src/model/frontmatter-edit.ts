import { stringify } from 'yaml';
import type { Edit } from './edit.ts';
import { type Entry, entryAt, type Frontmatter, isReadable, readFrontmatter } from './frontmatter.ts';
import { escapePointer } from './json-pointer.ts';
import type { SourceText } from './source-text.ts';

/** A text as a YAML scalar: plain where that is the same text, in the quotes that the old value has or else that it needs. */
function scalar(value: string, old = ''): string {
  if (old.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  if (old.startsWith('"')) return JSON.stringify(value);
  return stringify(value, { lineWidth: 0 }).trimEnd();
}

function read(source: SourceText): Frontmatter | undefined {
  const frontmatter = readFrontmatter(source.text, source.lines);
  return isReadable(frontmatter) ? frontmatter : undefined;
}

const entryOf = (frontmatter: Frontmatter, key: string): Entry | undefined =>
  entryAt(frontmatter, `/${escapePointer(key)}`);

/** Puts a line above the one that closes the frontmatter. */
function addLine(source: SourceText, frontmatter: Frontmatter, line: string): Edit {
  const close = source.text.slice(0, frontmatter.end).lastIndexOf('---');
  return source.replace(close, close, `${line}\n`);
}

/** Puts a value behind the colon of a key that has none; a comment on the line stays. */
function fillKey(source: SourceText, entry: Entry, value: string): Edit | undefined {
  if (!entry.key) return undefined;
  const behind = source.lines.offset(entry.key.endLine, entry.key.endColumn);
  const colon = /^["']?[ \t]*:/.exec(source.text.slice(behind));
  if (!colon) return undefined;
  const at = behind + colon[0].length;
  return source.replace(at, at, ` ${value}`);
}

const isEmpty = (entry: Entry): boolean => entry.source === '';

/**
 * Sets a text value of the frontmatter; a key that is not there yet comes last.
 *
 * @returns undefined when the frontmatter cannot be read, or the key holds a list or a mapping
 */
export function setValue(source: SourceText, key: string, value: string): Edit[] | undefined {
  const frontmatter = read(source);
  if (!frontmatter) return undefined;
  const entry = entryOf(frontmatter, key);
  if (!entry) return [addLine(source, frontmatter, `${key}: ${scalar(value)}`)];
  if (entry.source === null) return undefined;
  if (!isEmpty(entry) || /^["']/.test(source.at(entry.value)))
    return [source.edit(entry.value, scalar(value, source.at(entry.value)))];
  const filled = fillKey(source, entry, scalar(value));
  return filled && [filled];
}

/** Takes a key out of the frontmatter, with its lines; nothing where it is not there. */
export function removeKey(source: SourceText, key: string): Edit[] {
  const frontmatter = read(source);
  const entry = frontmatter && entryOf(frontmatter, key);
  if (!entry?.key) return [];
  const from = source.lines.offset(entry.key.line, 1);
  const end = entry.value.endColumn === 1 && entry.value.endLine > entry.key.line ? 0 : 1;
  return [source.replace(from, source.lines.offset(entry.value.endLine + end, 1), '')];
}

/** The members of a list, in their order. */
function members(frontmatter: Frontmatter, key: string): Entry[] {
  const pointer = `/${escapePointer(key)}`;
  const count = [frontmatter.data[key]].flat().length;
  return Array.from({ length: count }, (_, at) => entryAt(frontmatter, `${pointer}/${at}`)).flatMap(
    (entry) => entry ?? [],
  );
}

/** A new line of a block list, indented as the one above. */
function blockItem(source: SourceText, last: Entry, value: string): Edit {
  const lineStart = source.lines.offset(last.value.line, 1);
  const lead = source.text.slice(lineStart, source.lines.offset(last.value.line, last.value.column));
  const mark = /^[ \t]*-[ \t]*$/.exec(lead)?.[0] ?? '  - ';
  const rest = source.text.slice(source.lines.offset(last.value.endLine, last.value.endColumn));
  const at = source.lines.offset(last.value.endLine, last.value.endColumn) + (/^[^\r\n]*/.exec(rest)?.[0].length ?? 0);
  return source.replace(at, at, `\n${mark.endsWith('-') ? `${mark} ` : mark}${value}`);
}

function intoScalar(source: SourceText, entry: Entry, value: string): Edit {
  const old = source.at(entry.value);
  const quote = /^["']/.test(old) ? 1 : 0;
  const at = source.lines.offset(entry.value.endLine, entry.value.endColumn) - quote;
  return source.replace(at, at, `, ${value}`);
}

/**
 * Adds a text to a list of the frontmatter, in the form the list has: block or flow. A key without value, or that is not
 * there yet, becomes a list; a scalar that holds several values with commas gets one more.
 *
 * @returns undefined when the frontmatter cannot be read
 */
export function addToList(source: SourceText, key: string, value: string): Edit[] | undefined {
  const frontmatter = read(source);
  if (!frontmatter) return undefined;
  const entry = entryOf(frontmatter, key);
  const text = scalar(value);
  if (!entry) return [addLine(source, frontmatter, `${key}:\n  - ${text}`)];
  if (entry.source !== null) {
    if (frontmatter.data[key] === null && !isEmpty(entry)) return [source.edit(entry.value, `[${text}]`)];
    if (!isEmpty(entry)) return [intoScalar(source, entry, value)];
    const filled = fillKey(source, entry, `[${text}]`);
    return filled && [filled];
  }
  const last = members(frontmatter, key).at(-1);
  if (!source.at(entry.value).startsWith('[')) return last && [blockItem(source, last, text)];
  if (!last) {
    const at = source.lines.offset(entry.value.line, entry.value.column) + 1;
    return [source.replace(at, at, text)];
  }
  const at = source.lines.offset(last.value.endLine, last.value.endColumn);
  return [source.replace(at, at, `, ${text}`)];
}

/**
 * Takes a member out of a list of the frontmatter; the last one leaves `[]`.
 *
 * @param at its index
 * @returns undefined when there is none, or a comment would go with it
 */
export function removeFromList(source: SourceText, key: string, at: number): Edit[] | undefined {
  const frontmatter = read(source);
  const list = frontmatter && entryOf(frontmatter, key);
  if (!frontmatter || !list || list.source !== null) return undefined;
  const all = members(frontmatter, key);
  const own = all[at];
  if (!own) return undefined;
  const from = (entry: Entry): number => source.lines.offset(entry.value.line, entry.value.column);
  const to = (entry: Entry): number => source.lines.offset(entry.value.endLine, entry.value.endColumn);
  const isFlow = source.at(list.value).startsWith('[');
  if (!isFlow && all.length > 1)
    return [source.replace(source.lines.offset(own.value.line, 1), source.lines.offset(own.value.endLine + 1, 1), '')];
  if (!isFlow) {
    const filled = fillKey(source, list, '[]');
    const line = source.replace(
      source.lines.offset(own.value.line, 1),
      source.lines.offset(own.value.endLine + 1, 1),
      '',
    );
    return filled && [filled, line];
  }
  const before = all[at - 1];
  const after = all[at + 1];
  const [start, end] = before ? [to(before), to(own)] : [from(own), after ? from(after) : to(own)];
  return source.text.slice(start, end).includes('#') && !source.at(own.value).includes('#')
    ? undefined
    : [source.replace(start, end, '')];
}
