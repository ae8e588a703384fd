import { asBuffer } from '../model/bytes.ts';
import { LARGE_PAGE, PAGE, PagedBytes, type ReadAt } from '../sources/paged-bytes.ts';
import { PagedNumbers } from '../sources/paged-numbers.ts';

/**
 * A file of named sections: numbers and bytes that are used as they lie there, without being parsed. It is written for one
 * machine: a file from one of another byte order is not read.
 *
 * Layout: the magic number, the length of the header, the header as JSON, then each section. A section of more than a page is
 * followed by the checksums of its pages, these by those of their pages, and so on, each at a multiple of eight bytes; the header
 * has the checksum of the last. So a page of a section of any length is checked by a few.
 */

const MAGIC = 0x50504333;
const PREFIX = 8;
const ALIGNMENT = 8;
/** Bytes of a checksum. */
const SUM = Uint32Array.BYTES_PER_ELEMENT;

type Range = readonly [offset: number, length: number, sum: number];
type Header = Readonly<Record<string, Range>>;

/** A file that is damaged, or none of ours. */
export class Damaged extends Error {}

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

/** Bytes at an address that numbers can be read from. */
function atWord(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % ALIGNMENT === 0 ? bytes : new Uint8Array(bytes);
}

/** The greatest prime that a remainder of 32 bits fits in. */
const PRIME = 4_294_967_291n;

/**
 * The remainder of the bytes, taken as one number behind a one: no flipped bit leaves it as it is, and of other damage one in
 * four thousand million does. The engine divides in its own code; a loop of ours would be compiled in every run anew.
 */
export function checksum(bytes: Uint8Array): number {
  return Number(BigInt(`0x1${asBuffer(bytes).toString('hex')}`) % PRIME);
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

/** The checksums of the pages of some bytes. */
function pageSums(bytes: Uint8Array): Uint8Array {
  const count = Math.ceil(bytes.length / PAGE);
  return bytesOf(
    Uint32Array.from({ length: count }, (_, nth) => checksum(bytes.subarray(nth * PAGE, (nth + 1) * PAGE))),
  );
}

/** Bytes, the checksums of their pages, those of the pages of these, and so on, up to some that are one page. */
function levels(bytes: Uint8Array): Uint8Array[] {
  return bytes.length <= PAGE ? [bytes] : [bytes, ...levels(pageSums(bytes))];
}

const padded = (bytes: Uint8Array): Uint8Array[] => [bytes, new Uint8Array(aligned(bytes.length) - bytes.length)];

/** Joins sections to the bytes of a file. */
export function joinSections(sections: Readonly<Record<string, ArrayBufferView>>): Uint8Array[] {
  const entries = Object.entries(sections).map(([name, view]) => {
    const parts = levels(bytesOf(view));
    return { name, parts, sum: checksum(parts.at(-1) as Uint8Array) };
  });
  const header = (start: number): Header => {
    let offset = start;
    return Object.fromEntries(
      entries.map(({ name, parts, sum }) => {
        const range: Range = [offset, parts[0]?.length ?? 0, sum];
        for (const { length } of parts) offset += aligned(length);
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
  return [prefix, ...entries.flatMap(({ parts }) => parts.flatMap(padded))];
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

  /** A section of which pages are read, and checked, when somebody asks for them. @throws Damaged */
  paged(name: string): PagedBytes {
    return this.#checked(...this.#range(name));
  }

  /** @param sum of the last of the levels that begin at an offset */
  #checked(offset: number, length: number, sum: number): PagedBytes {
    const sums =
      length > PAGE
        ? new PagedNumbers(this.#checked(offset + aligned(length), Math.ceil(length / PAGE) * SUM, sum))
        : PagedNumbers.of(Uint32Array.of(sum));
    return new PagedBytes(length, (from, size) => {
      const bytes = this.#read(offset + from, size);
      for (let at = 0; at < size; at += PAGE)
        if (checksum(bytes.subarray(at, at + PAGE)) !== sums.at((from + at) / PAGE)) throw new Damaged();
      return bytes;
    });
  }

  /** A section that is not checked. */
  unchecked(name: string): PagedBytes {
    const [offset, length] = this.#range(name);
    return new PagedBytes(length, (from, size, into) => this.#read(offset + from, size, into), LARGE_PAGE);
  }
}
