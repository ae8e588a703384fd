/** So many numbers are put beside each other: a list of its own for each document would take more memory than they do. */
const CHUNK = 65_536;

/** Keeps many short lists of numbers. */
export class NumberLists {
  #chunk = new Uint32Array();
  #used = 0;

  /** A list, for good. @param numbers of 32 bits, with or without a sign: the list has them without */
  listed(numbers: ReadonlySet<number>): Uint32Array {
    const { size } = numbers;
    if (this.#used + size > this.#chunk.length) {
      this.#chunk = new Uint32Array(Math.max(CHUNK, size));
      this.#used = 0;
    }
    const start = this.#used;
    for (const number of numbers) {
      this.#chunk[this.#used] = number;
      this.#used += 1;
    }
    return this.#chunk.subarray(start, this.#used);
  }
}
