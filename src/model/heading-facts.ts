import type { Heading as HeadingNode } from 'mdast';
import type { Heading } from './facts.ts';
import { gapAbove } from './gaps.ts';
import { isPositioned } from './lost-positions.ts';
import { collapse, textOf } from './node-text.ts';
import { FILE_START, type LineTable, type Place } from './place.ts';
import type { TreeSource } from './tree-source.ts';

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

/** A heading where it was written. What is asked for titles and fixes alone is worked out when it is. */
class PlacedHeading implements Heading {
  readonly depth: number;
  readonly text: string;
  readonly place: Place;
  readonly #written: string;
  readonly #whole: string;
  readonly #lines: LineTable;

  constructor(node: HeadingNode, { text, lines }: TreeSource, written: string, place: Place) {
    this.depth = node.depth;
    this.text = collapse(textOf(node));
    this.place = place;
    this.#written = written;
    this.#whole = text;
    this.#lines = lines;
  }

  get source(): string {
    return collapse(without(UNDERLINE_BELOW, '\n', this.#written.replace(SIGNS, '')));
  }

  get words(): Place {
    const [from, to] = wordsOf(this.#written);
    const start = this.#lines.offset(this.place.line, this.place.column);
    return this.#lines.place(start + from, start + to);
  }

  get plain(): boolean {
    return this.#written.slice(...wordsOf(this.#written)) === this.text;
  }

  get above(): Place {
    return this.#lines.place(...gapAbove(this.#whole, this.#lines.offset(this.place.line, 1)));
  }
}

/** What rules know of a heading. */
export function readHeading(node: HeadingNode, tree: TreeSource): Heading {
  const heading = new PlacedHeading(node, tree, tree.of(node).source, tree.placeOf(node));
  if (isPositioned(node)) return heading;
  const { depth, text, source, place } = heading;
  return { depth, text, source, place, words: FILE_START, plain: false, above: FILE_START };
}
