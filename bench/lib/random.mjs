// Chance that repeats: the same seed gives the same numbers on every machine.

const GOLDEN = 0x9e3779b9;

/** Mixes a 32-bit number until each bit depends on all (the finalizer of MurmurHash3). */
function scramble(number) {
  let mixed = number | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** What is drawn for. */
export const STREAMS = { identity: 1, text: 2, defect: 3 };

/** A stream of repeatable choices; one for each document, so that none depends on the others. */
export class Chance {
  #state;
  #step = 0;

  /**
   * @param {number} seed whole number
   * @param {number} purpose one of `STREAMS`
   * @param {number} number of the document, or whatever is drawn for
   */
  constructor(seed, purpose, number) {
    const stream = scramble(scramble(seed) + Math.imul(purpose, GOLDEN));
    this.#state = scramble(stream + Math.imul(number + 1, GOLDEN));
  }

  /** @returns {number} from 0 up to, but not including, 1 */
  fraction() {
    this.#step += 1;
    return scramble(this.#state + Math.imul(this.#step, GOLDEN)) / 2 ** 32;
  }

  /** @returns {number} a whole number from `low` to `high`, both included */
  between(low, high) {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** @returns {boolean} true in so many of a hundred cases */
  percent(likelihood) {
    return this.fraction() * 100 < likelihood;
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T}
   */
  pick(list) {
    return list[Math.floor(this.fraction() * list.length)];
  }

  /**
   * @template T
   * @param {number} count
   * @param {() => T} make
   * @returns {T[]}
   */
  times(count, make) {
    return Array.from({ length: count }, make);
  }
}
