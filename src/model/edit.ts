import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { entryAt, readFrontmatter } from './frontmatter.ts';
import { escapePointer } from './json-pointer.ts';
import { LineTable, type Place } from './place.ts';

/** Splits off a byte order mark, so that offsets are those of the text behind it. */
function withoutMark(text: string): { mark: string; body: string } {
  return text.startsWith('\uFEFF') ? { mark: '\uFEFF', body: text.slice(1) } : { mark: '', body: text };
}

/** The line end of the first line. */
function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** Replaces the text at a place. */
function splice(text: string, lines: LineTable, place: Place, replacement: string): string {
  return (
    text.slice(0, lines.offset(place.line, place.column)) +
    replacement +
    text.slice(lines.offset(place.endLine, place.endColumn))
  );
}

/** A scalar in the quotes that the old one had. */
function quotedAs(old: string, value: string): string {
  const quote = old[0];
  return quote === '"' || quote === "'" ? quote + value + quote : value;
}

/**
 * Sets a plain text value of the frontmatter; all other bytes stay. A key that is not there yet comes last.
 *
 * @param text the whole document, with byte order mark and line ends as they are
 * @returns undefined when the frontmatter cannot be read
 */
export function setFrontmatterValue(text: string, key: string, value: string): string | undefined {
  const { mark, body } = withoutMark(text);
  const lines = new LineTable(body);
  const frontmatter = readFrontmatter(body, lines);
  if (!frontmatter || frontmatter.problems.length > 0) return undefined;
  const entry = entryAt(frontmatter, `/${escapePointer(key)}`);
  if (entry && entry.source !== null && entry.source !== '') {
    const from = lines.offset(entry.value.line, entry.value.column);
    const old = body.slice(from, lines.offset(entry.value.endLine, entry.value.endColumn));
    return mark + splice(body, lines, entry.value, quotedAs(old, value));
  }
  const end = lineEndOf(body);
  if (entry?.key) {
    const at = lines.offset(entry.key.endLine, entry.key.endColumn);
    return (
      mark + body.slice(0, at) + body.slice(at).replace(/^["']?[ \t]*:[ \t]*/, (colon) => `${colon.trimEnd()} ${value}`)
    );
  }
  const close = closingFence(body, frontmatter.end);
  return `${mark}${body.slice(0, close)}${key}: ${value}${end}${body.slice(close)}`;
}

/** Takes a key out of the frontmatter, with its line; all other bytes stay. */
export function removeFrontmatterKey(text: string, key: string): string {
  const { mark, body } = withoutMark(text);
  const lines = new LineTable(body);
  const entry = entryAt(readFrontmatter(body, lines), `/${escapePointer(key)}`);
  if (!entry?.key) return text;
  const from = lines.offset(entry.key.line, 1);
  const to = lines.offset(entry.value.endLine + 1, 1);
  return mark + body.slice(0, from) + body.slice(to);
}

/** Offset of the line that closes the frontmatter. */
function closingFence(body: string, end: number): number {
  return body.slice(0, end).lastIndexOf('---');
}

/** The indentation of a JSON text, as its first indented line has it. */
function indentationOf(text: string): { tabSize: number; insertSpaces: boolean } {
  const lead = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return lead.startsWith('\t') ? { tabSize: 1, insertSpaces: false } : { tabSize: lead.length, insertSpaces: true };
}

/** A change to a JSON text: the value at a path, or undefined to take it out; `insert` puts it into a list. */
export interface JsonChange {
  readonly path: JSONPath;
  readonly value: unknown;
  readonly insert?: boolean;
}

/** Changes a JSON text; order of keys, indentation, unknown keys, line ends and the final line end stay. */
export function changeJson(text: string, changes: readonly JsonChange[]): string {
  const { mark, body } = withoutMark(text);
  const formattingOptions = { ...indentationOf(body), eol: lineEndOf(body) };
  const changed = changes.reduce((now, { path, value, insert = false }) => {
    return applyEdits(now, modify(now, path, value, { formattingOptions, isArrayInsertion: insert }));
  }, body);
  return mark + changed;
}
