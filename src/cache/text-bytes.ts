/** A unit of UTF-16 takes at most this many bytes of UTF-8. */
const MOST_BYTES = 3;
const FIRST_ROOM = 65_536;
/** So many times the room, where there is too little: what nobody writes to takes no memory, and a copy does. */
const GROWTH = 4;

/** Puts texts one behind the other, as UTF-8: each is let go of at once, where a list of all would be moved about in memory. */
export class TextBytes {
  #bytes = Buffer.allocUnsafeSlow(FIRST_ROOM);
  #used = 0;

  /** @returns where the text ends, in bytes */
  add(text: string): number {
    const most = this.#used + text.length * MOST_BYTES;
    if (most > this.#bytes.length) this.#grow(most);
    this.#used += this.#bytes.write(text, this.#used);
    return this.#used;
  }

  #grow(least: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, this.#bytes.length * GROWTH));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }

  /** All of them. */
  whole(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }
}
