import { isUtf8 } from 'node:buffer';
import { asBuffer } from './bytes.ts';
import type { Edit } from './edit.ts';
import { LineTable, type Place } from './place.ts';

const MARK = '\uFEFF';
const MARK_BYTES = 3;

/** What stands at a place instead: texts, and places whose text is taken over from the original. */
export type NewText = string | readonly (string | Place)[];

/**
 * The text of a file together with its bytes: turns places and offsets of the text (without byte order mark) into edits of
 * the file. A line feed in new text becomes the line end that its surroundings have.
 */
export class SourceText {
  readonly bytes: Uint8Array;
  /** Without byte order mark; line ends as they are. */
  readonly text: string;
  readonly lines: LineTable;
  readonly #shift: number;
  /** The offset in bytes of each line asked for, and of all above it: hundreds of edits read the text once. */
  readonly #lineBytes: number[];

  /** @throws RangeError when the bytes are no UTF-8 */
  constructor(bytes: Uint8Array) {
    if (!isUtf8(bytes)) throw new RangeError('Unexpected bytes, expected UTF-8 text');
    const text = asBuffer(bytes).toString('utf8');
    this.bytes = bytes;
    this.text = text.startsWith(MARK) ? text.slice(1) : text;
    this.#shift = text.startsWith(MARK) ? MARK_BYTES : 0;
    this.lines = new LineTable(this.text);
    this.#lineBytes = [this.#shift];
  }

  /**
   * The offset in bytes of the file of an offset in UTF-16 units of the text.
   *
   * @throws RangeError inside a character
   */
  #byteOffset(offset: number): number {
    if (/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(this.text.slice(Math.max(0, offset - 1), offset + 1)))
      throw new RangeError(`Unexpected offset ${offset}, expected the start of a character`);
    const { line } = this.lines.point(offset);
    const known = this.#lineBytes;
    for (let at = known.length; at < line; at += 1) {
      const bytes = Buffer.byteLength(this.text.slice(this.lines.offset(at, 1), this.lines.offset(at + 1, 1)), 'utf8');
      known.push((known[at - 1] as number) + bytes);
    }
    const lead = this.text.slice(this.lines.offset(line, 1), offset);
    return (known[line - 1] as number) + Buffer.byteLength(lead, 'utf8');
  }

  /** The line end of the line before an offset; of the first line where there is none. */
  lineEndAt(offset: number): string {
    const { line } = this.lines.point(offset);
    const [from, to] = line > 1 ? [line - 1, line] : [1, 2];
    const whole = this.text.slice(this.lines.offset(from, 1), this.lines.offset(to, 1));
    return /(?:\r\n|\n|\r)$/.exec(whole)?.[0] ?? '\n';
  }

  /** The text at a place. */
  at({ line, column, endLine, endColumn }: Place): string {
    return this.text.slice(this.lines.offset(line, column), this.lines.offset(endLine, endColumn));
  }

  /** Replaces the range [start, end) of the text, in UTF-16 units. */
  replace(start: number, end: number, text: string): Edit {
    const from = this.#byteOffset(start);
    const to = this.#byteOffset(end);
    return { start: from, end: to, text: text.replace(/\r\n|\n/g, this.lineEndAt(start)) };
  }

  /** Replaces what stands at a place. What is taken over from the original keeps its line ends. */
  edit(place: Place, text: NewText): Edit {
    const start = this.lines.offset(place.line, place.column);
    const end = this.lines.offset(place.endLine, place.endColumn);
    if (typeof text === 'string') return this.replace(start, end, text);
    const lineEnd = this.lineEndAt(start);
    const whole = text.map((part) => (typeof part === 'string' ? part.replace(/\r\n|\n/g, lineEnd) : this.at(part)));
    return { ...this.replace(start, end, ''), text: whole.join('') };
  }

  /** What turns this text into another one: one edit from the first difference to the last; none where they are equal. */
  editsTo(changed: string): Edit[] {
    const { text } = this;
    if (changed === text) return [];
    const shorter = Math.min(text.length, changed.length);
    let start = 0;
    while (start < shorter && text[start] === changed[start]) start += 1;
    let tail = 0;
    while (tail < shorter - start && text[text.length - 1 - tail] === changed[changed.length - 1 - tail]) tail += 1;
    // Neither half of a surrogate pair is a character of its own.
    if (/[\uDC00-\uDFFF]/.test(text[start] ?? '') || /[\uDC00-\uDFFF]/.test(changed[start] ?? ''))
      start -= start > 0 ? 1 : 0;
    if (/[\uDC00-\uDFFF]/.test(text[text.length - tail] ?? '') && tail > 0) tail -= 1;
    return [{ ...this.replace(start, text.length - tail, ''), text: changed.slice(start, changed.length - tail) }];
  }
}
