/** A unit of UTF-16 takes at most this many bytes of UTF-8. */
const MOST_BYTES = 3;
const FIRST_ROOM = 65_536;
/** Room for texts that are so many times as long as those before. */
const SPARE = 1.25;

/** Puts texts one behind the other, as UTF-8: each is let go of at once, where a list of all would be moved about in memory. */
export class TextBytes {
  readonly #count: number;
  #added = 0;
  #bytes = Buffer.allocUnsafeSlow(FIRST_ROOM);
  #used = 0;

  /** @param count how many there will be, about */
  constructor(count: number) {
    this.#count = count;
  }

  /** @returns where the text ends, in bytes */
  add(text: string): number {
    const most = this.#used + text.length * MOST_BYTES;
    if (most > this.#bytes.length) this.#grow(most);
    this.#used += this.#bytes.write(text, this.#used);
    this.#added += 1;
    return this.#used;
  }

  /** Makes room for all: memory that nobody writes to costs nothing, another copy does. */
  #grow(least: number): void {
    const perText = this.#used / Math.max(1, this.#added);
    const larger = Buffer.allocUnsafeSlow(Math.ceil(Math.max(least * SPARE, perText * this.#count * SPARE)));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }

  /** All of them. */
  whole(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }
}
