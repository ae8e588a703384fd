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

/** Turns UTF-16 offsets of one text into lines and columns. CR, LF and CRLF each end a line, as in CommonMark. */
export class LineTable {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1);
    }
  }

  /** The number of lines; a text that ends with a line end has an empty last line. */
  get lines(): number {
    return this.#starts.length;
  }

  /** The line and column of an offset. */
  point(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1 };
  }

  /** The offset of a line and column; that of the text's end behind the last line. */
  offset(line: number, column: number): number {
    const start = this.#starts[line - 1];
    return start === undefined ? this.#length : Math.min(start + column - 1, this.#length);
  }

  /** The place of the range [start, end). */
  place(start: number, end: number): Place {
    const from = this.point(start);
    const to = this.point(end);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }
}
