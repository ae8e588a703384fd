import { readFileSync } from 'node:fs';

/** A file as git's index has it. */
export interface IndexEntry {
  readonly path: string;
  /** Octal, as git writes it: `100644`. */
  readonly mode: string;
  /** Hexadecimal, 40 digits. */
  readonly hash: string;
}

/** A path at which two indexes differ; undefined where one of them has nothing. */
export interface IndexDifference {
  readonly path: string;
  readonly before: IndexEntry | undefined;
  readonly after: IndexEntry | undefined;
}

// gitformat-index(5): an entry is 62 bytes, two more where it is extended, its name, and one to eight zero bytes.
const HEADER = 12;
const MODE_WORD = 6;
const HASH_WORD = 10;
const FLAGS = 60;
const NAME = 62;
/** Set by `git update-index --assume-unchanged`. */
const ASSUME_VALID = 0x8000;
const EXTENDED = 0x4000;
const STAGE = 0x3000;
const NAME_LENGTH = 0x0fff;
/** In the flags of an extended entry: announced with `git add --intent-to-add`, and no commit takes it. */
const INTENT_TO_ADD = 0x2000;
/** In the same flags: a file that a sparse checkout leaves out. */
const SKIP_WORKTREE = 0x4000;
/** A checksum closes the file. */
const HASH_BYTES = 20;

/** A git index that only git itself can read: of a later version, split, sparse, in a conflict. */
class NotPlain extends Error {}

/** Writes the entries of version 4, whose names go on from one to the next, as those of version 3. */
function uncompressed(bytes: Buffer, count: number): Buffer {
  const parts: Buffer[] = [Buffer.from(bytes.subarray(0, HEADER))];
  let name = Buffer.alloc(0);
  let at = HEADER;
  for (let nth = 0; nth < count; nth += 1) {
    const fixed = bytes.readUInt16BE(at + FLAGS) & EXTENDED ? NAME + 2 : NAME;
    let next = at + fixed;
    let cut = (bytes[next] as number) & 127;
    while ((bytes[next] as number) & 128) {
      next += 1;
      cut = ((cut + 1) << 7) + ((bytes[next] as number) & 127);
    }
    const end = bytes.indexOf(0, next + 1);
    if (end < 0) throw new NotPlain();
    name = Buffer.concat([name.subarray(0, name.length - cut), bytes.subarray(next + 1, end)]);
    const padding = Buffer.alloc(8 - ((fixed + name.length) % 8));
    parts.push(bytes.subarray(at, at + fixed), name, padding);
    at = end + 1;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

/** A git index, read from its bytes: every file's path, mode and hash. No process is needed, and nothing is written. */
export class IndexFile {
  /** The bytes as they were given. */
  readonly bytes: Buffer;
  readonly #plain: Buffer;
  readonly #words: Int32Array;
  /** Where each entry begins; one more is the end of the last. */
  readonly #starts: Uint32Array;
  readonly #unwatched: number[] = [];
  readonly #tree: string | undefined;

  /** @throws NotPlain, RangeError */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
    if (bytes.toString('latin1', 0, 4) !== 'DIRC') throw new NotPlain();
    const version = bytes.readUInt32BE(4);
    const count = bytes.readUInt32BE(8);
    // A damaged count would be that of more entries than there is memory for.
    if (version < 2 || version > 4 || count * NAME > bytes.length) throw new NotPlain();
    const plain = version === 4 ? uncompressed(bytes, count) : bytes;
    this.#plain = plain.byteOffset % 4 === 0 ? plain : Buffer.from(new Uint8Array(plain).buffer);
    this.#words = new Int32Array(this.#plain.buffer, this.#plain.byteOffset, this.#plain.length >> 2);
    this.#starts = this.#findEntries(count);
    this.#tree = this.#readExtensions(this.#starts[count] as number);
  }

  #findEntries(count: number): Uint32Array {
    const bytes = this.#plain;
    const starts = new Uint32Array(count + 1);
    let at = HEADER;
    for (let nth = 0; nth < count; nth += 1) {
      starts[nth] = at;
      const flags = ((bytes[at + FLAGS] as number) << 8) | (bytes[at + FLAGS + 1] as number);
      let name = at + NAME;
      if ((flags & STAGE) !== 0) throw new NotPlain();
      let more = 0;
      if ((flags & EXTENDED) !== 0) {
        more = bytes.readUInt16BE(name);
        if ((more & INTENT_TO_ADD) !== 0) throw new NotPlain();
        name += 2;
      }
      if ((flags & ASSUME_VALID) !== 0 || (more & SKIP_WORKTREE) !== 0) this.#unwatched.push(nth);
      const length = flags & NAME_LENGTH;
      const end = length < NAME_LENGTH ? name + length : bytes.indexOf(0, name);
      at += (end - at + 8) & ~7;
      if (at > bytes.length) throw new NotPlain();
    }
    starts[count] = at;
    return starts;
  }

  /** Looks through what follows the entries. @returns the hash of the tree that they make, where git has noted it */
  #readExtensions(start: number): string | undefined {
    const bytes = this.#plain;
    let tree: string | undefined;
    for (let at = start; at + 8 <= bytes.length - HASH_BYTES; ) {
      const name = bytes.toString('latin1', at, at + 4);
      const end = at + 8 + bytes.readUInt32BE(at + 4);
      // git may pass over those that begin with a capital letter.
      if (!/^[A-Z]/.test(name)) throw new NotPlain();
      if (name === 'TREE') {
        const line = bytes.indexOf(10, at + 8);
        const isValid = line > 0 && /^\0\d+ \d+$/.test(bytes.toString('latin1', at + 8, line));
        if (isValid) tree = bytes.toString('hex', line + 1, line + 1 + HASH_BYTES);
      }
      at = end;
    }
    return tree;
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** The paths of files that git does not look at when it compares the folders with its index. */
  get unwatched(): string[] {
    return this.#unwatched.map((nth) => this.path(nth));
  }

  /** The hash of the tree that a commit of the index would have; undefined where git has not written it yet. */
  get tree(): string | undefined {
    return this.#tree;
  }

  #nameRange(nth: number): [start: number, end: number] {
    const start = this.#starts[nth] as number;
    const flags = this.#plain.readUInt16BE(start + FLAGS);
    const name = start + NAME + (flags & EXTENDED ? 2 : 0);
    const length = flags & NAME_LENGTH;
    return [name, length < NAME_LENGTH ? name + length : this.#plain.indexOf(0, name)];
  }

  path(nth: number): string {
    return this.#plain.toString('utf8', ...this.#nameRange(nth));
  }

  entry(nth: number): IndexEntry {
    const start = this.#starts[nth] as number;
    return {
      path: this.path(nth),
      mode: this.#plain.readUInt32BE(start + MODE_WORD * 4).toString(8),
      hash: this.#plain.toString('hex', start + HASH_WORD * 4, start + HASH_WORD * 4 + HASH_BYTES),
    };
  }

  /** The number of the first entry that is not in front of a path, in git's order. */
  #lowerBound(path: Buffer): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [start, end] = this.#nameRange(middle);
      if (this.#plain.compare(path, 0, path.length, start, end) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #hasPrefix(nth: number, prefix: Buffer): boolean {
    if (nth >= this.count) return false;
    const [start, end] = this.#nameRange(nth);
    return (
      end - start >= prefix.length && this.#plain.compare(prefix, 0, prefix.length, start, start + prefix.length) === 0
    );
  }

  find(path: string): IndexEntry | undefined {
    const name = Buffer.from(path);
    const nth = this.#lowerBound(name);
    if (!this.#hasPrefix(nth, name)) return undefined;
    const [start, end] = this.#nameRange(nth);
    return end - start === name.length ? this.entry(nth) : undefined;
  }

  /** Whether there are files below a folder. */
  hasFolder(path: string): boolean {
    if (path === '.' || path === '') return true;
    const prefix = Buffer.from(`${path}/`);
    return this.#hasPrefix(this.#lowerBound(prefix), prefix);
  }

  /** The numbers of the entries below a folder: from the first to the one behind the last. */
  below(folder: string): [first: number, end: number] {
    if (folder === '') return [0, this.count];
    const prefix = Buffer.from(`${folder}/`);
    const first = this.#lowerBound(prefix);
    // The sign behind the slash: no path below the folder comes after it.
    return [first, this.#lowerBound(Buffer.from(`${folder}0`))];
  }

  /** Whether two entries are the same, but for what they note of the file on disk. */
  #isSame(nth: number, other: IndexFile, otherNth: number): boolean {
    const [from, to] = [this.#starts[nth] as number, this.#starts[nth + 1] as number];
    const shift = ((other.#starts[otherNth] as number) - from) >> 2;
    const [words, others] = [this.#words, other.#words];
    if (words[(from >> 2) + MODE_WORD] !== others[(from >> 2) + MODE_WORD + shift]) return false;
    for (let at = (from >> 2) + HASH_WORD; at < to >> 2; at += 1) if (words[at] !== others[at + shift]) return false;
    return true;
  }

  #compareNames(nth: number, other: IndexFile, otherNth: number): number {
    const [start, end] = this.#nameRange(nth);
    const [otherStart, otherEnd] = other.#nameRange(otherNth);
    return this.#plain.compare(other.#plain, otherStart, otherEnd, start, end);
  }

  /** The paths at which another index differs from this one, in git's order. */
  differences(after: IndexFile): IndexDifference[] {
    const found: IndexDifference[] = [];
    for (let here = 0, there = 0; ; ) {
      const same = this.#alike(here, after, there);
      here += same;
      there += same;
      if (here >= this.count && there >= after.count) return found;
      const order = this.#order(here, after, there);
      found.push(...this.#difference(order <= 0 ? here : undefined, after, order >= 0 ? there : undefined));
      if (order <= 0) here += 1;
      if (order >= 0) there += 1;
    }
  }

  /** How many entries from two on are the same. */
  #alike(nth: number, other: IndexFile, otherNth: number): number {
    const most = Math.min(this.count - nth, other.count - otherNth);
    let same = 0;
    while (same < most && this.#isSame(nth + same, other, otherNth + same)) same += 1;
    return same;
  }

  #difference(nth: number | undefined, after: IndexFile, afterNth: number | undefined): IndexDifference[] {
    const before = nth === undefined ? undefined : this.entry(nth);
    const now = afterNth === undefined ? undefined : after.entry(afterNth);
    const path = (before ?? now)?.path as string;
    return before?.hash === now?.hash && before?.mode === now?.mode ? [] : [{ path, before, after: now }];
  }

  /** Which of two entries comes first; 0 where they have one path. */
  #order(nth: number, other: IndexFile, otherNth: number): number {
    if (nth >= this.count) return 1;
    if (otherNth >= other.count) return -1;
    return this.#compareNames(nth, other, otherNth);
  }
}

/**
 * Reads a git index file.
 *
 * @param file absolute path
 * @returns undefined where there is none, or one that only git can read: of SHA-256, split, sparse, with a conflict, or with
 * files that were only announced
 */
export function readIndexFile(file: string): IndexFile | undefined {
  try {
    return new IndexFile(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** The index of bytes that `IndexFile` has taken before. */
export function indexFileOf(bytes: Buffer): IndexFile | undefined {
  try {
    return new IndexFile(bytes);
  } catch {
    return undefined;
  }
}
