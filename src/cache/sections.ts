import { PAGE, PagedBytes, type ReadAt } from '../sources/paged-bytes.ts';

/**
 * A file of named sections: numbers and bytes that are used as they lie there, without being parsed. It is written for one
 * machine: a file from one of another byte order is not read.
 *
 * Layout: the magic number, the length of the header, the header as JSON, then each section at a multiple of eight bytes.
 */

const MAGIC = 0x50504331;
const PREFIX = 8;
const ALIGNMENT = 8;

type Range = readonly [offset: number, length: number, sum: number];
type Header = Readonly<Record<string, Range>>;

/** A file that is damaged, or none of ours. */
export class Damaged extends Error {}

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

const wordsOf = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);

/** Bytes at an address that numbers can be read from. */
function atWord(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % ALIGNMENT === 0 ? bytes : new Uint8Array(bytes);
}

const MIXED_IN = 0x9e3779b9 | 0;

/**
 * A checksum that every change of a single word changes: each step is a bijection. No step leaves the whole numbers of 32 bits:
 * others are objects, of which there would be one a word.
 */
export function checksum(bytes: Uint8Array): number {
  const words = wordsOf(atWord(bytes));
  let sum = bytes.length | 0;
  for (let at = 0; at < words.length; at += 1) sum = Math.imul(sum ^ (words[at] as number), 0x01000193) ^ MIXED_IN;
  return withRest(sum, bytes, words.length * 4);
}

/** The bytes behind the last word; on its own, since code that was compiled before their loop ran would be thrown away. */
function withRest(start: number, bytes: Uint8Array, from: number): number {
  let sum = start;
  for (let at = from; at < bytes.length; at += 1) sum = Math.imul(sum ^ (bytes[at] as number), 0x01000193);
  return sum | 0;
}

/** The checksums of the pages of a section. */
export function pageSums(bytes: Uint8Array): Int32Array {
  const count = Math.ceil(bytes.length / PAGE);
  return Int32Array.from({ length: count }, (_, nth) => checksum(bytes.subarray(nth * PAGE, (nth + 1) * PAGE)));
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** Joins sections to the bytes of a file. */
export function joinSections(sections: Readonly<Record<string, ArrayBufferView>>): Uint8Array[] {
  const entries = Object.entries(sections).map(([name, view]) => [name, bytesOf(view)] as const);
  const sums = entries.map(([, bytes]) => checksum(bytes));
  const header = (start: number): Header => {
    let offset = start;
    return Object.fromEntries(
      entries.map(([name, { length }], at) => {
        const range: Range = [offset, length, sums[at] as number];
        offset = aligned(offset + length);
        return [name, range];
      }),
    );
  };
  // Offsets have no more digits than those behind a header that is longer than it will be.
  const longest = aligned(PREFIX + JSON.stringify(header(2 ** 30)).length + entries.length * 16);
  const text = Buffer.from(JSON.stringify(header(longest)));
  const prefix = new Uint8Array(longest);
  new Uint32Array(prefix.buffer, 0, 2).set([MAGIC, text.length]);
  prefix.set(text, PREFIX);
  return [prefix, ...entries.flatMap(([, bytes]) => [bytes, new Uint8Array(aligned(bytes.length) - bytes.length)])];
}

/** Reads a file that is still in memory, by the parts that `joinSections` has given: nobody reads beyond a section. */
export function readParts(parts: readonly Uint8Array[]): ReadAt {
  const starts = [0];
  for (const [nth, { length }] of parts.entries()) starts.push((starts[nth] as number) + length);
  return (offset, length) => {
    const nth = starts.findLastIndex((start) => start <= offset);
    const from = offset - (starts[nth] as number);
    return parts[nth]?.slice(from, from + length) ?? new Uint8Array();
  };
}

/** The sections of a file, each read when it is asked for, and checked then. */
export class Sections {
  readonly #read: ReadAt;
  readonly #header: Header;

  /** @throws Damaged, or what reading throws */
  constructor(read: ReadAt) {
    this.#read = read;
    const prefix = atWord(read(0, PREFIX));
    const [magic, length = 0] = new Uint32Array(prefix.buffer, prefix.byteOffset, 2);
    if (magic !== MAGIC || length > 2 ** 16) throw new Damaged();
    try {
      this.#header = JSON.parse(Buffer.from(read(PREFIX, length)).toString('utf8')) as Header;
    } catch {
      throw new Damaged();
    }
  }

  #range(name: string): Range {
    const range = this.#header[name];
    if (!Array.isArray(range) || range.length !== 3 || !range.every((part) => Number.isInteger(part)))
      throw new Damaged();
    return range as unknown as Range;
  }

  /** @throws Damaged */
  bytes(name: string): Uint8Array {
    const [offset, length, sum] = this.#range(name);
    const bytes = atWord(this.#read(offset, length));
    if (checksum(bytes) !== sum) throw new Damaged();
    return bytes;
  }

  /** @throws Damaged */
  numbers(name: string): Uint32Array {
    const bytes = this.bytes(name);
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  }

  /**
   * A section of which pages are read, and checked, when somebody asks for them.
   *
   * @param sums as `pageSums` gives them
   */
  paged(name: string, sums: Uint32Array): PagedBytes {
    const [offset, length] = this.#range(name);
    return new PagedBytes(length, (from, size) => {
      const bytes = this.#read(offset + from, size);
      if (checksum(bytes) >>> 0 !== sums[from / PAGE]) throw new Damaged();
      return bytes;
    });
  }

  /** A section that is not checked. */
  unchecked(name: string): PagedBytes {
    const [offset, length] = this.#range(name);
    return new PagedBytes(length, (from, size, into) => this.#read(offset + from, size, into));
  }

  /** Bytes of a section that is not checked as a whole: whoever reads a part of it has its checksum. */
  part(name: string, from: number, to: number): Uint8Array {
    const [offset, length] = this.#range(name);
    if (from > to || to > length) throw new Damaged();
    return this.#read(offset + from, to - from);
  }
}
