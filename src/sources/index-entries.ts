import type { PagedBytes } from './paged-bytes.ts';
import type { PagedNumbers } from './paged-numbers.ts';

/** The entries of an index, in the order of their paths. */
export interface Entries {
  readonly count: number;
  /** The bytes of an entry, which are not to be written to. */
  bytesOf(nth: number): Buffer;
}

/** Entries as they lie in the bytes of an index. */
export class StoredEntries implements Entries {
  readonly bytes: PagedBytes;
  /** Where each entry begins; one more is the end of the last. */
  readonly starts: PagedNumbers;

  constructor(bytes: PagedBytes, starts: PagedNumbers) {
    this.bytes = bytes;
    this.starts = starts;
  }

  get count(): number {
    return this.starts.length - 1;
  }

  /** Where an entry begins; the end of all for the number behind the last. */
  startOf(nth: number): number {
    return this.starts.at(nth) as number;
  }

  bytesOf(nth: number): Buffer {
    return this.bytes.part(this.startOf(nth), this.startOf(nth + 1));
  }

  /** The number of the entry that an offset lies in. */
  numberAt(offset: number): number {
    return Math.min(Math.max(this.starts.firstFrom(offset + 1) - 1, 0), Math.max(this.count - 1, 0));
  }
}

/** A place at which entries differ from those of a model. */
export interface Patch {
  /** The number of the entry of the model that is not there any more, or that a new one comes before. */
  readonly at: number;
  readonly isGone: boolean;
  /** The bytes of the entry that came, or took its place. */
  readonly now: Buffer | undefined;
}

/** Entries beside each other that a model has too, or one that it has not. */
interface Run {
  readonly first: number;
  readonly count: number;
  /** The number of the first in the model, or of the one of the model that comes next. */
  readonly model: number;
  readonly own: Buffer | undefined;
}

/** Entries that are those of a model, but for some places. */
export class PatchedEntries implements Entries {
  readonly count: number;
  readonly patches: readonly Patch[];
  readonly #model: StoredEntries;
  readonly #runs: readonly Run[];

  /** @param patches in the order of their places */
  constructor(model: StoredEntries, patches: readonly Patch[]) {
    this.#model = model;
    this.patches = patches;
    const runs: Run[] = [];
    let first = 0;
    let next = 0;
    const add = (count: number, own?: Buffer): void => {
      if (count > 0) runs.push({ first, count, model: next, own });
      first += count;
    };
    for (const { at, isGone, now } of patches) {
      add(at - next);
      next = at;
      if (now) add(1, now);
      if (isGone) next += 1;
    }
    add(model.count - next);
    this.count = first;
    this.#runs = runs;
  }

  #runOf(nth: number): Run {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle] as Run).first <= nth) low = middle;
      else high = middle - 1;
    }
    return this.#runs[low] as Run;
  }

  bytesOf(nth: number): Buffer {
    const { first, model, own } = this.#runOf(nth);
    return own ?? this.#model.bytesOf(model + nth - first);
  }

  /**
   * Numbers of entries: of those of the model that are here too, and of others of which something is true.
   *
   * @param numbers of entries of the model, sorted
   */
  numbersOf(numbers: readonly number[], isOne: (nth: number) => boolean): number[] {
    const found: number[] = [];
    let next = 0;
    for (const { first, count, model, own } of this.#runs) {
      while (next < numbers.length && (numbers[next] as number) < model) next += 1;
      if (own && isOne(first)) found.push(first);
      if (!own)
        for (; next < numbers.length && (numbers[next] as number) < model + count; next += 1)
          found.push((numbers[next] as number) - model + first);
    }
    return found;
  }

  /** The bytes of all, in pieces. */
  pieces(): Buffer[] {
    const bytes = this.#model.bytes.whole();
    return this.#runs.map(
      ({ count, model, own }) => own ?? bytes.subarray(this.#model.startOf(model), this.#model.startOf(model + count)),
    );
  }
}
