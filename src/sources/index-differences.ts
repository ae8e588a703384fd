import type { IndexFile } from './index-file.ts';
import { HASH_WORD, type IndexEntry, MODE_WORD, readEntry } from './index-format.ts';

/** A path at which two indexes differ; undefined where one of them has nothing. */
export interface IndexDifference {
  readonly path: string;
  readonly before: IndexEntry | undefined;
  readonly after: IndexEntry | undefined;
}

function differenceOf(before: IndexEntry | undefined, after: IndexEntry | undefined): IndexDifference[] {
  const path = (before ?? after)?.path as string;
  return before?.hash === after?.hash && before?.mode === after?.mode ? [] : [{ path, before, after }];
}

/** Goes through two indexes side by side. */
class Comparison {
  readonly #before: IndexFile;
  readonly #after: IndexFile;
  /** The entries that are looked at. */
  #here = 0;
  #there = 0;

  constructor(before: IndexFile, after: IndexFile) {
    this.#before = before;
    this.#after = after;
  }

  *differences(): Generator<IndexDifference> {
    for (;;) {
      this.#passAlike();
      if (this.#here >= this.#before.count && this.#there >= this.#after.count) return;
      const order = this.#order();
      const before = order <= 0 ? this.#before.entry(this.#here++) : undefined;
      const after = order >= 0 ? this.#after.entry(this.#there++) : undefined;
      yield* differenceOf(before, after);
    }
  }

  /** Goes over entries that are the same in both. */
  #passAlike(): void {
    const most = Math.min(this.#before.count - this.#here, this.#after.count - this.#there);
    let same = 0;
    while (same < most && this.#isSame(this.#here + same, this.#there + same)) same += 1;
    this.#here += same;
    this.#there += same;
  }

  /** Whether two entries are the same, but for what they note of the file on disk. */
  #isSame(here: number, there: number): boolean {
    const [from, to] = [this.#before.starts.at(here) as number, this.#before.starts.at(here + 1) as number];
    const shift = ((this.#after.starts.at(there) as number) - from) >> 2;
    const [words, others] = [this.#before.words, this.#after.words];
    if (words[(from >> 2) + MODE_WORD] !== others[(from >> 2) + MODE_WORD + shift]) return false;
    for (let at = (from >> 2) + HASH_WORD; at < to >> 2; at += 1) if (words[at] !== others[at + shift]) return false;
    return true;
  }

  /** Which of the two entries comes first; 0 where they have one path. */
  #order(): number {
    if (this.#here >= this.#before.count) return 1;
    if (this.#there >= this.#after.count) return -1;
    return this.#before.name(this.#here).compare(this.#after.name(this.#there));
  }
}

/** The paths at which two indexes differ, in git's order. */
export function indexDifferences(before: IndexFile, after: IndexFile): IndexDifference[] {
  if (after.model !== before) {
    // Where one was written down just now, for instance.
    return before.plain.equals(after.plain) ? [] : [...new Comparison(before, after).differences()];
  }
  return after.patches.flatMap(({ at, isGone, now }) =>
    differenceOf(isGone ? before.entry(at) : undefined, now && readEntry(now)),
  );
}
