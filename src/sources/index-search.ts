import type { Entries } from './index-entries.ts';
import { nameIn } from './index-format.ts';

/** So many halvings begin with names that are held: 2 to this power are the most. */
const HELD_DEPTH = 8;

/** Looks for paths among the entries of an index, which are in their order. */
export class IndexSearch {
  readonly #entries: Entries;
  /** The entry that was found last: questions come mostly in the order of the paths. */
  #found = -1;
  readonly #names = new Map<number, Buffer>();
  /** What was looked for last, and the first entry that is not in front of it. */
  #sought = { path: '', nth: 0 };

  constructor(entries: Entries) {
    this.#entries = entries;
  }

  #name(nth: number): Buffer {
    return nameIn(this.#entries.bytesOf(nth));
  }

  /** A name that many look at who look for another one. */
  #held(nth: number): Buffer {
    const known = this.#names.get(nth);
    if (known) return known;
    const name = this.#name(nth);
    this.#names.set(nth, name);
    return name;
  }

  /** The number of the first entry that is not in front of a path, in git's order. */
  #lowerBound(path: string): number {
    if (path === this.#sought.path) return this.#sought.nth;
    const name = Buffer.from(path);
    let low = 0;
    let high = this.#entries.count;
    for (let depth = 0; low < high; depth += 1) {
      const middle = (low + high) >> 1;
      const there = depth < HELD_DEPTH ? this.#held(middle) : this.#name(middle);
      if (there.compare(name) < 0) low = middle + 1;
      else high = middle;
    }
    this.#sought = { path, nth: low };
    return low;
  }

  #hasName(nth: number, path: Buffer): boolean {
    return nth < this.#entries.count && this.#name(nth).equals(path);
  }

  #hasPrefix(nth: number, prefix: Buffer): boolean {
    return nth < this.#entries.count && this.#name(nth).subarray(0, prefix.length).equals(prefix);
  }

  /** The number of the entry of a path. */
  find(path: string): number | undefined {
    const name = Buffer.from(path);
    const next = this.#found + 1;
    const nth = this.#hasName(next, name) ? next : this.#lookFor(path, name);
    if (nth !== undefined) this.#found = nth;
    return nth;
  }

  #lookFor(path: string, name: Buffer): number | undefined {
    const nth = this.#lowerBound(path);
    return this.#hasName(nth, name) ? nth : undefined;
  }

  /** Whether there are files below a folder. */
  hasFolder(path: string): boolean {
    if (path === '.' || path === '') return true;
    const prefix = Buffer.from(`${path}/`);
    const nth = this.#lowerBound(path);
    // What lies below a folder comes at once behind its name, but for names that go on with one of a few signs.
    const isInFront = nth < this.#entries.count && this.#name(nth).compare(prefix) < 0;
    return this.#hasPrefix(isInFront ? this.#lowerBound(`${path}/`) : nth, prefix);
  }

  /** The numbers of the entries below a folder: from the first to the one behind the last. */
  below(folder: string): [first: number, end: number] {
    if (folder === '') return [0, this.#entries.count];
    const first = this.#lowerBound(`${folder}/`);
    // The sign behind the slash: no path below the folder comes after it.
    return [first, this.#lowerBound(`${folder}0`)];
  }
}
