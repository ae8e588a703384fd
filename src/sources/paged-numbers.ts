import { asBuffer } from '../model/bytes.ts';
import { PAGE, PagedBytes } from './paged-bytes.ts';

const SIZE = Uint32Array.BYTES_PER_ELEMENT;
const IN_PAGE = PAGE / SIZE;
/** So often is a page guessed from what the numbers around it are. */
const GUESSES = 4;

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

  /**
   * The place of the first number that is not below one, in a sorted list. Where the numbers are spread evenly, as hashes and
   * offsets are, it is found with a look at two pages; otherwise by halves.
   */
  firstFrom(number: number): number {
    // No lists: this runs before the engine optimises, and each would be made.
    let low = 0;
    let high = Math.ceil(this.length / IN_PAGE) - 1;
    let least = 0;
    let most = this.length === 0 ? 0 : (this.at(this.length - 1) as number);
    for (let tries = 0; low <= high; tries += 1) {
      const share = tries < GUESSES && most > least ? (number - least) / (most - least) : 1 / 2;
      const page = Math.min(high, low + Math.max(0, Math.floor(share * (high - low + 1))));
      const start = page * IN_PAGE;
      const end = Math.min(start + IN_PAGE, this.length);
      const first = this.at(start) as number;
      const last = this.at(end - 1) as number;
      if (last < number) {
        low = page + 1;
        least = last;
      } else if (first >= number) {
        high = page - 1;
        most = first;
      } else return this.#firstIn(start, end, number);
    }
    return Math.min(low * IN_PAGE, this.length);
  }

  #firstIn(start: number, end: number, number: number): number {
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.at(middle) as number) < number) low = middle + 1;
      else high = middle;
    }
    return low;
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
