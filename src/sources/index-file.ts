import { closeSync, fstatSync, openSync } from 'node:fs';
import { type Patch, PatchedEntries, StoredEntries } from './index-entries.ts';
import {
  findEntries,
  HEADER,
  type IndexEntry,
  isUnwatched,
  kindAt,
  NotPlain,
  nameIn,
  pathAt,
  readEntry,
  readExtensions,
  readHeader,
  uncompressed,
} from './index-format.ts';
import { findPatches } from './index-patches.ts';
import { IndexSearch } from './index-search.ts';
import { LARGE_PAGE, PagedBytes, readPiece } from './paged-bytes.ts';
import { PagedNumbers } from './paged-numbers.ts';

/** The name of files that say which files git converts. */
export const ATTRIBUTES = '.gitattributes';

/** What is told of the entries of an index by a look at all of them. */
export interface IndexNotes {
  /** The numbers of files that git does not look at when it compares the folders with its index. */
  readonly unwatched: readonly number[];
  /** The numbers of the files of attributes. */
  readonly attributes: readonly number[];
}

/** A git index, read from its bytes: every file's path, mode and hash. No process is needed, and nothing is written. */
export class IndexFile {
  /** The hash of the tree that a commit of the index would have; undefined where git has not written it yet. */
  readonly tree: string | undefined;
  /** An index that this one is told by, and what it has otherwise; undefined where it is told as a whole. */
  readonly model: IndexFile | undefined;
  /** An index that it was compared with in vain: more differs than is worth telling. */
  readonly unlike: IndexFile | undefined;
  readonly #entries: StoredEntries | PatchedEntries;
  readonly #search: IndexSearch;
  /** What stands in front of the entries. */
  readonly #head: Buffer;
  /** What stands behind them. */
  readonly #tail: Buffer;
  #plain: Buffer | undefined;
  #starts: PagedNumbers | undefined;
  #words: Int32Array | undefined;
  #notes: IndexNotes | undefined;

  /**
   * @param given with every name written out, as versions 2 and 3 have it, or of version 4
   * @param model an index that may be much like this one: then only what differs is gone through
   * @param known what is known of the entries: where each begins, and what is told of all
   * @throws NotPlain, RangeError, or what reading throws
   */
  constructor(
    given: Buffer | PagedBytes,
    model?: IndexFile,
    known?: { readonly starts: PagedNumbers; readonly notes: IndexNotes },
  ) {
    const raw = given instanceof PagedBytes ? given : PagedBytes.of(given);
    const { version, count } = readHeader(raw.part(0, HEADER), raw.length);
    const bytes = version === 4 ? PagedBytes.of(uncompressed(raw.whole(), count)) : raw;
    const stored = model?.stored;
    const found = stored && findPatches(bytes, count, stored);
    if (stored && found) {
      this.model = model;
      this.#entries = new PatchedEntries(stored, found.patches);
    } else {
      this.unlike = model;
      const starts = known?.starts ?? PagedNumbers.of(findEntries(bytes.whole(), count));
      this.#entries = new StoredEntries(bytes, starts);
    }
    this.#search = new IndexSearch(this.#entries);
    const end = found?.end ?? (this.stored as StoredEntries).startOf(count);
    // Copies: one that is told by another does without its own bytes.
    this.#head = Buffer.from(bytes.part(0, HEADER));
    this.#tail = Buffer.from(bytes.part(end, bytes.length));
    this.#notes = known?.notes;
    this.tree = readExtensions(this.#tail);
  }

  /** The entries, where they are not those of another index but for some. */
  get stored(): StoredEntries | undefined {
    return this.#entries instanceof StoredEntries ? this.#entries : undefined;
  }

  /** What differs from the model. */
  get patches(): readonly Patch[] {
    return this.#entries instanceof PatchedEntries ? this.#entries.patches : [];
  }

  /** All bytes. */
  get plain(): Buffer {
    this.#plain ??=
      this.#entries instanceof StoredEntries
        ? this.#entries.bytes.whole()
        : Buffer.concat([this.#head, ...this.#entries.pieces(), this.#tail]);
    return this.#plain;
  }

  /** Where each entry begins; one more is the end of the last. */
  get starts(): PagedNumbers {
    this.#starts ??= this.stored?.starts ?? PagedNumbers.of(findEntries(this.plain, this.count));
    return this.#starts;
  }

  /** All bytes as words of four, in the order of this machine: every entry begins with one. */
  get words(): Int32Array {
    if (!this.#words) {
      const plain = this.plain.byteOffset % 4 === 0 ? this.plain : Buffer.from(new Uint8Array(this.plain).buffer);
      this.#words = new Int32Array(plain.buffer, plain.byteOffset, plain.length >> 2);
    }
    return this.#words;
  }

  /** What is told of the entries by a look at all of them. */
  get notes(): IndexNotes {
    this.#notes ??= this.#entries instanceof PatchedEntries ? this.#patchedNotes(this.#entries) : this.#takeNotes();
    return this.#notes;
  }

  get count(): number {
    return this.#entries.count;
  }

  #takeNotes(): IndexNotes {
    const all = Array.from({ length: this.count }, (_, nth) => nth);
    const unwatched = all.filter((nth) => isUnwatched(this.plain, this.starts.at(nth) as number));
    const isNamed = this.plain.includes(ATTRIBUTES);
    return { unwatched, attributes: isNamed ? all.filter((nth) => this.#isOfAttributes(nth)) : [] };
  }

  #isOfAttributes(nth: number): boolean {
    return this.path(nth).endsWith(ATTRIBUTES);
  }

  /** Those of the model, and of what has come since. */
  #patchedNotes(entries: PatchedEntries): IndexNotes {
    const { unwatched, attributes } = (this.model as IndexFile).notes;
    return {
      unwatched: entries.numbersOf(unwatched, (nth) => isUnwatched(entries.bytesOf(nth), 0)),
      attributes: entries.numbersOf(attributes, (nth) => this.#isOfAttributes(nth)),
    };
  }

  /** The bytes of a path. */
  name(nth: number): Buffer {
    return nameIn(this.#entries.bytesOf(nth));
  }

  path(nth: number): string {
    return this.name(nth).toString('utf8');
  }

  /**
   * The paths of the files below a folder, in the order of git.
   *
   * @param isWanted tells by what lies there, see `KIND`
   */
  pathsBelow(folder: string, isWanted: (kind: number) => boolean): string[] {
    const { plain, starts } = this;
    const paths: string[] = [];
    const [first, end] = this.below(folder);
    for (let nth = first; nth < end; nth += 1) {
      const entry = starts.at(nth) as number;
      if (isWanted(kindAt(plain, entry))) paths.push(pathAt(plain, entry));
    }
    return paths;
  }

  entry(nth: number): IndexEntry {
    return readEntry(this.#entries.bytesOf(nth));
  }

  find(path: string): IndexEntry | undefined {
    const nth = this.#search.find(path);
    return nth === undefined ? undefined : readEntry(this.#entries.bytesOf(nth), path);
  }

  /** Whether there are files below a folder. */
  hasFolder(path: string): boolean {
    return this.#search.hasFolder(path);
  }

  /** The numbers of the entries below a folder: from the first to the one behind the last. */
  below(folder: string): [first: number, end: number] {
    return this.#search.below(folder);
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
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const own = handle;
    const read = (offset: number, length: number, into?: Buffer): Buffer => {
      const bytes = readPiece(own, offset, length, into);
      if (!bytes) throw new NotPlain();
      return bytes;
    };
    const bytes = new PagedBytes(fstatSync(handle).size, read, LARGE_PAGE);
    return new IndexFile(model ? bytes : bytes.whole(), model);
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** The index of bytes that `IndexFile` has made plain before, and what it has found in them. */
export function indexFileOf(plain: PagedBytes, starts: PagedNumbers, notes: IndexNotes): IndexFile | undefined {
  try {
    return new IndexFile(plain, undefined, { starts, notes });
  } catch {
    return undefined;
  }
}
