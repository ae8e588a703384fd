/** A range in a text. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The very start of a file: where a finding stands that belongs to no line. */
export const FILE_START: Place = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Whether a place is known: a tree without positions puts everything at the start of the file. */
export function isPlaced({ line, column, endLine, endColumn }: Place): boolean {
  return line > 1 || column > 1 || endLine > 1 || endColumn > 1;
}

/** The place between two others: from the start of one to the start of the other. */
export function between(from: Place, to: Place): Place {
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/**
 * From one column to another of the line that a place begins in. Made whole: where a property of a copy is set again, the engine
 * takes it for one that changes, in all places, and throws away all code that it has made for these.
 */
export function columnsOf({ line }: Place, column: number, endColumn: number): Place {
  return { line, column, endLine: line, endColumn };
}

/** The shape of unist's `position`, as far as it is used here. */
export interface UnistPosition {
  readonly start: { readonly line: number; readonly column: number; readonly offset?: number | undefined };
  readonly end: { readonly line: number; readonly column: number; readonly offset?: number | undefined };
}

/** A place from a unist position; a tree without positions puts everything at the start of the file. */
export function placeOf(position: UnistPosition | undefined): Place {
  if (!position) return FILE_START;
  const { start, end } = position;
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** The offsets at which the lines of a text begin. */
function lineStarts(text: string): number[] {
  return text.includes('\r') ? startsOfAnyLines(text) : startsOfLines(text);
}

/** In most texts line feeds alone end lines: looking for them is left to the engine. */
function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function startsOfAnyLines(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Turns UTF-16 offsets of one text into lines and columns. CR, LF and CRLF each end a line, as in CommonMark. */
export class LineTable {
  readonly #starts: readonly number[];
  readonly #length: number;
  /** The line asked for last, from 0: questions come in the order of the text, and many in a row are of one line. */
  #last = 0;

  constructor(text: string) {
    this.#length = text.length;
    this.#starts = lineStarts(text);
  }

  /** The number of lines; a text that ends with a line end has an empty last line. */
  get lines(): number {
    return this.#starts.length;
  }

  /** The offsets at which lines begin that are at least so long, with their ends, from an offset on. */
  longLines(length: number, from = 0): number[] {
    const long: number[] = [];
    for (let line = 0; line < this.#starts.length; line += 1) {
      const start = this.#starts[line] as number;
      if (start >= from && (this.#starts[line + 1] ?? this.#length) - start >= length) long.push(start);
    }
    return long;
  }

  /** Whether a line, counted from 0, holds an offset. */
  #holds(line: number, offset: number): boolean {
    const next = this.#starts[line + 1];
    return (this.#starts[line] as number) <= offset && (next === undefined || offset < next);
  }

  /** The line of an offset, counted from 0. */
  #lineOf(offset: number): number {
    if (this.#holds(this.#last, offset)) return this.#last;
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }

  /** The line and column of an offset. */
  point(offset: number): { line: number; column: number } {
    const line = this.#lineOf(offset);
    return { line: line + 1, column: offset - (this.#starts[line] as number) + 1 };
  }

  /** The offset of a line and column; that of the text's end behind the last line. */
  offset(line: number, column: number): number {
    const start = this.#starts[line - 1];
    return start === undefined ? this.#length : Math.min(start + column - 1, this.#length);
  }

  /** The place of the range [start, end). */
  place(start: number, end: number): Place {
    const line = this.#lineOf(start);
    const column = start - (this.#starts[line] as number) + 1;
    const endLine = this.#lineOf(end);
    return { line: line + 1, column, endLine: endLine + 1, endColumn: end - (this.#starts[endLine] as number) + 1 };
  }
}
