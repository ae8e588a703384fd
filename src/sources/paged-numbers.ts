import { asBuffer } from '../model/bytes.ts';
import { PAGE, PagedBytes } from './paged-bytes.ts';

const SIZE = Uint32Array.BYTES_PER_ELEMENT;
const IN_PAGE = PAGE / SIZE;

function numbersIn(bytes: Buffer): Uint32Array {
  const there = bytes.byteOffset % SIZE === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  return new Uint32Array(there.buffer, there.byteOffset, Math.floor(there.length / SIZE));
}

/** Whole numbers below 2 ** 32, in the byte order of this machine, read page by page when somebody asks for them. */
export class PagedNumbers {
  readonly length: number;
  readonly #bytes: PagedBytes;
  #whole: Uint32Array | undefined;
  /** The page that was asked for last: questions come mostly in order. */
  #page: Uint32Array | undefined;
  #pageNumber = -1;

  constructor(bytes: PagedBytes) {
    this.length = Math.floor(bytes.length / SIZE);
    this.#bytes = bytes;
  }

  /** Numbers that are in memory. */
  static of(numbers: Uint32Array): PagedNumbers {
    const held = new PagedNumbers(PagedBytes.of(asBuffer(numbers)));
    held.#whole = numbers;
    return held;
  }

  /** A number by its place; undefined where there is none. */
  at(nth: number): number | undefined {
    if (this.#whole) return this.#whole[nth];
    const page = Math.floor(nth / IN_PAGE);
    if (page !== this.#pageNumber || !this.#page) {
      this.#page = numbersIn(this.#bytes.part(page * PAGE, Math.min((page + 1) * PAGE, this.#bytes.length)));
      this.#pageNumber = page;
    }
    return this.#page[nth - page * IN_PAGE];
  }

  /** Those from a place to another one. */
  slice(start: number, end: number): number[] {
    return Array.from({ length: end - start }, (_, nth) => this.at(start + nth) as number);
  }

  /** All of them. */
  whole(): Uint32Array {
    this.#whole ??= numbersIn(this.#bytes.whole());
    return this.#whole;
  }
}
