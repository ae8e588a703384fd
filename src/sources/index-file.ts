import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { PagedBytes, type ReadAt } from './paged-bytes.ts';

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
const HASH = HASH_WORD * 4;
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
/** The name of files that say which files git converts. */
export const ATTRIBUTES = '.gitattributes';
/** A checksum closes the file. */
const HASH_BYTES = 20;

/** What is told of the entries of an index by a look at all of them. */
export interface IndexNotes {
  /** The numbers of files that git does not look at when it compares the folders with its index. */
  readonly unwatched: readonly number[];
  /** The numbers of the files of attributes. */
  readonly attributes: readonly number[];
}

/** A git index that only git itself can read: of a later version, split, sparse, in a conflict. */
class NotPlain extends Error {}

/** Writes the entries of version 4, whose names go on from one to the next, as those of version 3. */
function uncompressed(bytes: Buffer, count: number): Buffer {
  const parts: Buffer[] = [Buffer.from(bytes.subarray(0, HEADER))];
  parts[0]?.writeUInt32BE(3, 4);
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

/** Whether the bytes of two entries are those of one path, with the same flags. */
const hasSameName = (a: Buffer, b: Buffer): boolean => a.compare(b, FLAGS, b.length, FLAGS) === 0;
/** Whether two entries have the same mode and hash. */
const hasSameContents = (a: Buffer, b: Buffer): boolean =>
  a.compare(b, HASH, FLAGS, HASH, FLAGS) === 0 && a.readUInt32BE(MODE_WORD * 4) === b.readUInt32BE(MODE_WORD * 4);

/** A git index, read from its bytes: every file's path, mode and hash. No process is needed, and nothing is written. */
export class IndexFile {
  readonly #bytes: PagedBytes;
  /** Where each entry begins; one more is the end of the last. */
  readonly #starts: Uint32Array;
  readonly #tree: string | undefined;
  /** An index with the same paths and flags, and the numbers of the entries that it has otherwise. */
  readonly #like: { readonly model: IndexFile; readonly differing: readonly number[] } | undefined;
  #words: Int32Array | undefined;
  #notes: IndexNotes | undefined;

  /**
   * @param model an index that may be much like this one: then only what differs is gone through
   * @param known what is known of the entries: where each begins, and what is told of all
   * @throws NotPlain, RangeError, or what reading throws
   */
  constructor(
    given: Buffer | PagedBytes,
    model?: IndexFile,
    known?: { readonly starts: Uint32Array; readonly notes: IndexNotes },
  ) {
    const bytes = given instanceof PagedBytes ? given : PagedBytes.of(given);
    const header = bytes.part(0, HEADER);
    if (header.toString('latin1', 0, 4) !== 'DIRC') throw new NotPlain();
    const version = header.readUInt32BE(4);
    const count = header.readUInt32BE(8);
    // A damaged count would be that of more entries than there is memory for.
    if (version < 2 || version > 4 || count * NAME > bytes.length) throw new NotPlain();
    this.#bytes = version === 4 ? PagedBytes.of(uncompressed(bytes.whole(), count)) : bytes;
    const differing = model && this.#differingFrom(model);
    this.#like = model && differing && { model, differing };
    this.#starts = known?.starts ?? (differing && model ? model.#starts : this.#findEntries(count));
    this.#notes = known?.notes;
    this.#tree = this.#readExtensions(this.#starts[count] as number);
  }

  /** The bytes, with every name written out, as versions 2 and 3 have it. */
  get plain(): Buffer {
    return this.#bytes.whole();
  }

  /** The same, of which parts are read when they are needed. */
  get bytes(): PagedBytes {
    return this.#bytes;
  }

  /** Where each entry begins; one more is the end of the last. */
  get starts(): Uint32Array {
    return this.#starts;
  }

  /** What is told of the entries by a look at all of them. */
  get notes(): IndexNotes {
    // Paths and flags are those of the model.
    this.#notes ??= this.#like?.model.notes ?? this.#takeNotes();
    return this.#notes;
  }

  /** The entries that differ from those of an index with the same paths and flags; undefined where these may be others. */
  #differingFrom(model: IndexFile): number[] | undefined {
    const end = model.#starts[model.count] as number;
    const [header, other] = [this.#bytes, model.#bytes].map((bytes) => bytes.part(0, HEADER)) as [Buffer, Buffer];
    if (!header.equals(other) || this.#bytes.length < end) return undefined;
    const found: number[] = [];
    let next = 0;
    for (const [from, to] of this.#bytes.differing(model.#bytes)) {
      if (from >= end) break;
      const last = model.#entryAt(Math.min(to, end) - 1);
      for (let nth = Math.max(next, model.#entryAt(from)); nth <= last; nth += 1) {
        const [start, close] = [model.#starts[nth] as number, model.#starts[nth + 1] as number];
        const [own, old] = [this.#bytes.part(start, close), model.#bytes.part(start, close)];
        if (!hasSameName(own, old)) return undefined;
        if (!hasSameContents(own, old)) found.push(nth);
      }
      next = last + 1;
    }
    return found;
  }

  /** The number of the entry that an offset lies in. */
  #entryAt(offset: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #findEntries(count: number): Uint32Array {
    const bytes = this.plain;
    const starts = new Uint32Array(count + 1);
    let at = HEADER;
    for (let nth = 0; nth < count; nth += 1) {
      starts[nth] = at;
      const flags = ((bytes[at + FLAGS] as number) << 8) | (bytes[at + FLAGS + 1] as number);
      let name = at + NAME;
      if ((flags & STAGE) !== 0) throw new NotPlain();
      if ((flags & EXTENDED) !== 0) {
        if ((bytes.readUInt16BE(name) & INTENT_TO_ADD) !== 0) throw new NotPlain();
        name += 2;
      }
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
    const bytes = this.#bytes.part(start, this.#bytes.length);
    let tree: string | undefined;
    for (let at = 0; at + 8 <= bytes.length - HASH_BYTES; ) {
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

  #takeNotes(): IndexNotes {
    const all = Array.from({ length: this.count }, (_, nth) => nth);
    const unwatched = all.filter((nth) => this.#isUnwatched(this.#starts[nth] as number));
    const isNamed = this.plain.includes(ATTRIBUTES);
    return { unwatched, attributes: isNamed ? all.filter((nth) => this.path(nth).endsWith(ATTRIBUTES)) : [] };
  }

  #isUnwatched(start: number): boolean {
    const bytes = this.plain;
    // Both flags are in the first byte of their two.
    const flags = (bytes[start + FLAGS] as number) << 8;
    if ((flags & (ASSUME_VALID | EXTENDED)) === 0) return false;
    if ((flags & ASSUME_VALID) !== 0) return true;
    return (((bytes[start + NAME] as number) << 8) & SKIP_WORKTREE) !== 0;
  }

  /** The hash of the tree that a commit of the index would have; undefined where git has not written it yet. */
  get tree(): string | undefined {
    return this.#tree;
  }

  #entry(nth: number): Buffer {
    return this.#bytes.part(this.#starts[nth] as number, this.#starts[nth + 1] as number);
  }

  #name(nth: number): Buffer {
    const bytes = this.#entry(nth);
    const flags = bytes.readUInt16BE(FLAGS);
    const name = NAME + (flags & EXTENDED ? 2 : 0);
    const length = flags & NAME_LENGTH;
    return bytes.subarray(name, length < NAME_LENGTH ? name + length : bytes.indexOf(0, name));
  }

  path(nth: number): string {
    return this.#name(nth).toString('utf8');
  }

  entry(nth: number): IndexEntry {
    const bytes = this.#entry(nth);
    return {
      path: this.path(nth),
      mode: bytes.readUInt32BE(MODE_WORD * 4).toString(8),
      hash: bytes.toString('hex', HASH, HASH + HASH_BYTES),
    };
  }

  /** The number of the first entry that is not in front of a path, in git's order. */
  #lowerBound(path: Buffer): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#name(middle).compare(path) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #hasPrefix(nth: number, prefix: Buffer): boolean {
    return nth < this.count && this.#name(nth).subarray(0, prefix.length).equals(prefix);
  }

  find(path: string): IndexEntry | undefined {
    const name = Buffer.from(path);
    const nth = this.#lowerBound(name);
    return nth < this.count && this.#name(nth).equals(name) ? this.entry(nth) : undefined;
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

  #inWords(): Int32Array {
    if (!this.#words) {
      const plain = this.plain.byteOffset % 4 === 0 ? this.plain : Buffer.from(new Uint8Array(this.plain).buffer);
      this.#words = new Int32Array(plain.buffer, plain.byteOffset, plain.length >> 2);
    }
    return this.#words;
  }

  /** Whether two entries are the same, but for what they note of the file on disk. */
  #isSame(nth: number, other: IndexFile, otherNth: number): boolean {
    const [from, to] = [this.#starts[nth] as number, this.#starts[nth + 1] as number];
    const shift = ((other.#starts[otherNth] as number) - from) >> 2;
    const [words, others] = [this.#inWords(), other.#inWords()];
    if (words[(from >> 2) + MODE_WORD] !== others[(from >> 2) + MODE_WORD + shift]) return false;
    for (let at = (from >> 2) + HASH_WORD; at < to >> 2; at += 1) if (words[at] !== others[at + shift]) return false;
    return true;
  }

  /** The paths at which another index differs from this one, in git's order. */
  differences(after: IndexFile): IndexDifference[] {
    if (after.#like?.model === this) return after.#like.differing.flatMap((nth) => this.#difference(nth, after, nth));
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
    return this.#name(nth).compare(other.#name(otherNth));
  }
}

/** The bytes of a file, and of those of a model only what differs. */
function bytesLike(model: PagedBytes, file: string): PagedBytes {
  const handle = openSync(file, 'r');
  try {
    const read: ReadAt = (offset, length, into = Buffer.allocUnsafeSlow(length)) => {
      if (readSync(handle, into, 0, length, offset) !== length) throw new NotPlain();
      return into.subarray(0, length);
    };
    return PagedBytes.like(model, fstatSync(handle).size, read);
  } finally {
    closeSync(handle);
  }
}

/**
 * Reads a git index file.
 *
 * @param file absolute path
 * @param model an index that it may be much like
 * @returns undefined where there is none, or one that only git can read: of SHA-256, split, sparse, with a conflict, or with
 * files that were only announced
 */
export function readIndexFile(file: string, model?: IndexFile): IndexFile | undefined {
  try {
    return new IndexFile(model ? bytesLike(model.bytes, file) : readFileSync(file), model);
  } catch {
    return undefined;
  }
}

/** The index of bytes that `IndexFile` has made plain before, and what it has found in them. */
export function indexFileOf(plain: PagedBytes, starts: Uint32Array, notes: IndexNotes): IndexFile | undefined {
  try {
    return new IndexFile(plain, undefined, { starts, notes });
  } catch {
    return undefined;
  }
}
