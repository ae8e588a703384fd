import { asBuffer } from '../model/bytes.ts';

/** So many bytes are read at once: memory that is touched for the first time costs more than to read into it. */
export const PAGE = 1024;
/** So many pages of two files are compared at once. */
const PAGES = 64;
/** What differs is told as precisely as this. */
const BLOCK = 512;

/** Reads some bytes of a file. @param into takes them, if given */
export type ReadAt = (offset: number, length: number, into?: Buffer) => Uint8Array;

/** The bytes of a file, read page by page, when somebody asks for them. They are not to be written to. */
export class PagedBytes {
  readonly length: number;
  readonly #read: ReadAt;
  readonly #pages: Map<number, Buffer>;
  /** Bytes that were compared with these: pages that are not held here are the same there. */
  readonly #model: PagedBytes | undefined;
  #whole: Buffer | undefined;

  constructor(length: number, read: ReadAt, pages: Map<number, Buffer> = new Map(), model?: PagedBytes) {
    this.length = length;
    this.#read = read;
    this.#pages = pages;
    this.#model = model;
  }

  /** Bytes that are in memory. */
  static of(bytes: Buffer): PagedBytes {
    const held = new PagedBytes(bytes.length, (offset, length) => bytes.subarray(offset, offset + length));
    held.#whole = bytes;
    return held;
  }

  /** The bytes of a file that may be much like others, of which only pages are held that are not the same. */
  static like(model: PagedBytes, length: number, read: ReadAt): PagedBytes {
    const pages = new Map<number, Buffer>();
    const [here, there] = [Buffer.allocUnsafeSlow(PAGES * PAGE), Buffer.allocUnsafeSlow(PAGES * PAGE)];
    for (let from = 0; from < length; from += PAGES * PAGE) {
      const to = Math.min(from + PAGES * PAGE, length);
      const own = asBuffer(read(from, to - from, here));
      const other = model.#peek(from, to, there);
      if (own.equals(other)) continue;
      for (let at = 0; at < own.length; at += PAGE) {
        const page = own.subarray(at, at + PAGE);
        if (!page.equals(other.subarray(at, at + PAGE))) pages.set((from + at) / PAGE, Buffer.from(page));
      }
    }
    return new PagedBytes(length, (offset, size) => model.part(offset, offset + size), pages, model);
  }

  #sizeOf(nth: number): number {
    return Math.max(0, Math.min(PAGE, this.length - nth * PAGE));
  }

  /** Some bytes, as far as there are any, for a look at them: they are not kept. */
  #peek(start: number, end: number, into: Buffer): Buffer {
    const to = Math.min(end, this.length);
    if (start >= to) return into.subarray(0, 0);
    const isOnDisk = !this.#whole && !this.#model;
    return isOnDisk ? asBuffer(this.#read(start, to - start, into)) : this.part(start, to);
  }

  #page(nth: number): Buffer {
    const known = this.#pages.get(nth);
    if (known) return known;
    const page = asBuffer(this.#read(nth * PAGE, this.#sizeOf(nth)));
    // What a model holds need not be held twice.
    if (!this.#model) this.#pages.set(nth, page);
    return page;
  }

  /** Whether a model has the pages that hold some bytes. */
  #isModels(first: number, last: number): boolean {
    for (let nth = first; nth <= last; nth += 1) if (this.#pages.has(nth)) return false;
    return this.#model !== undefined;
  }

  /** The bytes from an offset to another one, as far as there are any. */
  part(start: number, end: number): Buffer {
    if (this.#whole) return this.#whole.subarray(start, end);
    const to = Math.min(end, this.length);
    const first = Math.floor(start / PAGE);
    const last = Math.max(first, Math.ceil(to / PAGE) - 1);
    if (this.#model && this.#isModels(first, last)) return this.#model.part(start, to);
    const offset = first * PAGE;
    if (first === last) return this.#page(first).subarray(start - offset, Math.max(start, to) - offset);
    const pages = Array.from({ length: last - first + 1 }, (_, nth) => this.#page(first + nth));
    return Buffer.concat(pages).subarray(start - offset, to - offset);
  }

  /** All of them. */
  whole(): Buffer {
    this.#whole ??= this.#model ? Buffer.concat(this.#allPages()) : asBuffer(this.#read(0, this.length));
    return this.#whole;
  }

  #allPages(): Buffer[] {
    return Array.from({ length: Math.ceil(this.length / PAGE) }, (_, nth) => this.#page(nth));
  }

  /** The ranges of bytes that differ from those of others, in order; parts of them may be the same. */
  *differing(other: PagedBytes): Generator<[start: number, end: number]> {
    for (let nth = 0; nth * PAGE < this.length; nth += 1) {
      const isSame = other === this.#model && !this.#pages.has(nth);
      if (!isSame) yield* this.#differingIn(other, nth * PAGE, nth * PAGE + this.#sizeOf(nth));
    }
  }

  *#differingIn(other: PagedBytes, start: number, end: number): Generator<[start: number, end: number]> {
    if (this.part(start, end).equals(other.part(start, end))) return;
    if (end - start <= BLOCK) yield [start, end];
    else {
      const middle = start + Math.ceil((end - start) / 2);
      yield* this.#differingIn(other, start, middle);
      yield* this.#differingIn(other, middle, end);
    }
  }
}
