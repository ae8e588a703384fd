import type { Edit } from './edit.ts';
import type { Entry } from './frontmatter.ts';
import type { SourceText } from './source-text.ts';

/** A range of the text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** White space as YAML has it; others are part of a text. */
const BLANK = ' \t\r\n';

/** Where a value stands, without the line ends that belong to a block scalar. */
export function spanOf(source: SourceText, { value }: Entry): Span {
  const start = source.lines.offset(value.line, value.column);
  let end = source.lines.offset(value.endLine, value.endColumn);
  // A pattern that ends with `$` would take quadratic time for a run of spaces.
  while (end > start && BLANK.includes(source.text[end - 1] as string)) end -= 1;
  return { start, end };
}

/** The offset of the start of the line that an offset lies on. */
export function lineStart(source: SourceText, offset: number): number {
  return source.lines.offset(source.lines.point(offset).line, 1);
}

/** The offset of the end of the line that an offset lies on. */
export function lineEnd(source: SourceText, offset: number): number {
  return offset + (/^[^\r\n]*/.exec(source.text.slice(offset))?.[0].length ?? 0);
}

/** The lines on which two offsets lie, and those between. */
export function linesOf(source: SourceText, start: number, end: number): Span {
  return { start: lineStart(source, start), end: source.lines.offset(source.lines.point(end).line + 1, 1) };
}

/** Takes out what stands in a range. */
export function cut(source: SourceText, { start, end }: Span): Edit {
  return source.replace(start, end, '');
}

/** A member that has lines of its own; the comma before it goes too where it needs none any more. */
function ownLines(source: SourceText, { start, end }: Span, before: Span | undefined): Span[] | undefined {
  const lead = source.text.slice(lineStart(source, start), start);
  const rest = /^[ \t]*(,?)[ \t]*(?=[\r\n])/.exec(source.text.slice(end));
  if (!/^[ \t]*$/.test(lead) || !rest) return undefined;
  const comma = before && rest[1] === '' ? /^[ \t]*,/.exec(source.text.slice(before.end))?.[0].length : undefined;
  const lines = linesOf(source, start, end);
  return before && comma ? [{ start: before.end, end: before.end + comma }, lines] : [lines];
}

/**
 * The ranges that take a member out of a list or mapping in brackets, with its comma.
 *
 * @param close offset of the closing bracket
 */
export function memberCuts(source: SourceText, spans: readonly Span[], at: number, close: number): Span[] {
  const own = spans[at] as Span;
  const [before, after] = [spans[at - 1], spans[at + 1]];
  const lines = ownLines(source, own, before);
  if (lines) return lines;
  if (before) return [{ start: before.end, end: own.end }];
  if (after) return [{ start: own.start, end: after.start }];
  const comma = /^\s*,/.exec(source.text.slice(own.end, close))?.[0].length ?? 0;
  return [{ start: own.start, end: own.end + comma }];
}
