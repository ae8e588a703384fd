import type { Heading as HeadingNode } from 'mdast';
import type { Heading } from './facts.ts';
import { gapAbove } from './gaps.ts';
import { collapse, textOf } from './node-text.ts';
import { FILE_START, type LineTable, placeOf } from './place.ts';

const OPENING = /^#{1,6}(?:[ \t]+|$)/;
const SIGNS = /^#{1,6}[ \t]*/;
const UNDERLINE_BELOW = /\r?\n[ \t]*(=+|-+)[ \t]*$/;
const CLOSING = /(?:^|[ \t]+)#+[ \t]*$/;
const UNDERLINE = /[ \t]*(?:\r\n|\n|\r)[ \t]*(?:=+|-+)[ \t]*$/;

/** The text without its end, if that is as a pattern says; most headings lack the sign without which none is. */
function without(end: RegExp, sign: string, text: string): string {
  return text.includes(sign) ? text.replace(end, '') : text;
}

/** The words of a heading as written: the range [start, end) of its source without number signs or underline. */
function wordsOf(source: string): [start: number, end: number] {
  const opening = OPENING.exec(source)?.[0].length;
  if (opening === undefined) return [0, source.replace(UNDERLINE, '').length];
  return [opening, opening + without(CLOSING, '#', source.slice(opening)).trimEnd().length];
}

/**
 * What rules know of a heading.
 *
 * @param source the heading as written
 * @param text the whole text
 */
export function readHeading(node: HeadingNode, source: string, text: string, lines: LineTable): Heading {
  const written = without(UNDERLINE_BELOW, '\n', source.replace(SIGNS, ''));
  const place = placeOf(node.position);
  const own = { depth: node.depth, text: collapse(textOf(node)), source: collapse(written), place };
  // The spread comes last: a key that is added behind one costs microseconds.
  if (!node.position) return { words: FILE_START, plain: false, above: FILE_START, ...own };
  const [from, to] = wordsOf(source);
  const start = lines.offset(place.line, place.column);
  return {
    words: lines.place(start + from, start + to),
    plain: source.slice(from, to) === own.text,
    above: lines.place(...gapAbove(text, lines.offset(place.line, 1))),
    ...own,
  };
}
