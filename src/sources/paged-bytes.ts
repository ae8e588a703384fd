import { readSync } from 'node:fs';
import { asBuffer } from '../model/bytes.ts';

/** So many bytes are read at once where they are checked: memory that is touched for the first time costs more than to read. */
export const PAGE = 1024;
/** So many otherwise: who looks for something by halves looks at last at what lies together. */
export const LARGE_PAGE = 4096;

/** Reads some bytes of a file. @param into takes them, if given */
export type ReadAt = (offset: number, length: number, into?: Buffer) => Uint8Array;

/** Reads some bytes of an open file; undefined where it has fewer. @param into takes them, if given */
export function readPiece(
  file: number,
  offset: number,
  length: number,
  into: Buffer = Buffer.allocUnsafe(length),
): Buffer | undefined {
  if (readSync(file, into, 0, length, offset) !== length) return undefined;
  return into.length === length ? into : into.subarray(0, length);
}

/** The bytes of a file, read page by page, when somebody asks for them. They are not to be written to. */
export class PagedBytes {
  readonly length: number;
  readonly #read: ReadAt;
  readonly #page: number;
  readonly #pages = new Map<number, Buffer>();
  #whole: Buffer | undefined;

  /** @param page so many bytes are read at once */
  constructor(length: number, read: ReadAt, page: number = PAGE) {
    this.#page = page;
    this.length = length;
    this.#read = read;
  }

  /** Bytes that are in memory. */
  static of(bytes: Buffer): PagedBytes {
    const held = new PagedBytes(bytes.length, (offset, length) => bytes.subarray(offset, offset + length));
    held.#whole = bytes;
    return held;
  }

  #pageAt(nth: number): Buffer {
    const known = this.#pages.get(nth);
    if (known) return known;
    const start = nth * this.#page;
    const page = asBuffer(this.#read(start, Math.max(0, Math.min(this.#page, this.length - start))));
    this.#pages.set(nth, page);
    return page;
  }

  /** The bytes from an offset to another one, as far as there are any. */
  part(start: number, end: number): Buffer {
    if (this.#whole) return this.#whole.subarray(start, end);
    const to = Math.max(start, Math.min(end, this.length));
    const first = Math.floor(start / this.#page);
    const last = Math.max(first, Math.ceil(to / this.#page) - 1);
    const offset = first * this.#page;
    if (first === last) return this.#pageAt(first).subarray(start - offset, to - offset);
    const bytes = Buffer.allocUnsafe(to - offset);
    for (let nth = first; nth <= last; nth += 1) {
      const from = (nth - first) * this.#page;
      bytes.set(this.#pageAt(nth).subarray(0, bytes.length - from), from);
    }
    return bytes.subarray(start - offset);
  }

  /** The same for a look at them: they are not kept, and the next look may overwrite them. */
  peek(start: number, end: number, into: Buffer): Buffer {
    const to = Math.min(end, this.length);
    if (this.#whole || start >= to) return this.part(start, end);
    return asBuffer(this.#read(start, to - start, into));
  }

  /** All of them. */
  whole(): Buffer {
    this.#whole ??= asBuffer(this.#read(0, this.length));
    return this.#whole;
  }
}
