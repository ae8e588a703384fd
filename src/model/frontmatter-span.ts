import type { Edit } from './edit.ts';
import type { Entry } from './frontmatter.ts';
import type { SourceText } from './source-text.ts';

/** A range of the text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a value stands, without the line ends that belong to a block scalar. */
export function spanOf(source: SourceText, { value }: Entry): Span {
  const start = source.lines.offset(value.line, value.column);
  const whole = source.text.slice(start, source.lines.offset(value.endLine, value.endColumn));
  return { start, end: start + whole.replace(/[ \t\r\n]+$/, '').length };
}

/** The offset of the start of the line that an offset lies on. */
export function lineStart(source: SourceText, offset: number): number {
  return source.lines.offset(source.lines.point(offset).line, 1);
}

/** The offset of the end of the line that an offset lies on. */
export function lineEnd(source: SourceText, offset: number): number {
  return offset + (/^[^\r\n]*/.exec(source.text.slice(offset))?.[0].length ?? 0);
}

/** Takes out the lines on which two offsets lie, and those between. */
export function cutLines(source: SourceText, start: number, end: number): Edit {
  return source.replace(lineStart(source, start), source.lines.offset(source.lines.point(end).line + 1, 1), '');
}

/** Takes a member out of a list or mapping in brackets, with its comma; the bracket may close behind a last comma. */
export function cutMember(source: SourceText, spans: readonly Span[], at: number, close: number): Edit[] {
  const own = spans[at] as Span;
  const [before, after] = [spans[at - 1], spans[at + 1]];
  if (before) return [source.replace(before.end, own.end, '')];
  if (after) return [source.replace(own.start, after.start, '')];
  const comma = /^\s*,/.exec(source.text.slice(own.end, close))?.[0].length ?? 0;
  return [source.replace(own.start, own.end + comma, '')];
}
