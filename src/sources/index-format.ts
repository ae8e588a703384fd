/**
 * The form of a git index, gitformat-index(5): a header, then an entry a file, then extensions. An entry is 62 bytes, two more
 * where it is extended, its name, and one to eight zero bytes.
 */

import { LINE_FEED } from '../model/bytes.ts';

/** A file as git's index has it. */
export interface IndexEntry {
  readonly path: string;
  /** Octal, as git writes it: `100644`. */
  readonly mode: string;
  /** Hexadecimal, 40 digits. */
  readonly hash: string;
}

/** A git index that only git itself can read: of a later version, split, sparse, in a conflict. */
export class NotPlain extends Error {}

/** Bytes of the header. */
export const HEADER = 12;
/** Where in an entry its mode stands, in words of four bytes. */
export const MODE_WORD = 6;
/** Where its hash stands, in words. */
export const HASH_WORD = 10;
const HASH = HASH_WORD * 4;
const HASH_BYTES = 20;
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

/** Two bytes as one number; where too few are left, those that are missing count as none. */
function halfWordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Four bytes as one number. */
function wordAt(bytes: Uint8Array, at: number): number {
  return halfWordAt(bytes, at) * 0x10000 + halfWordAt(bytes, at + 2);
}

/**
 * The version of an index and the number of its entries.
 *
 * @param length of the whole index, in bytes
 * @throws NotPlain
 */
export function readHeader(header: Buffer, length: number): { version: number; count: number } {
  if (header.toString('latin1', 0, 4) !== 'DIRC') throw new NotPlain();
  const version = wordAt(header, 4);
  const count = wordAt(header, 8);
  // A damaged count would be that of more entries than there is memory for.
  if (version < 2 || version > 4 || count * NAME > length) throw new NotPlain();
  return { version, count };
}

/** Writes the entries of version 4, whose names go on from one to the next, as those of version 3. */
export function uncompressed(bytes: Buffer, count: number): Buffer {
  const parts: Buffer[] = [Buffer.from(bytes.subarray(0, HEADER))];
  parts[0]?.writeUInt32BE(3, 4);
  let name = Buffer.alloc(0);
  let at = HEADER;
  for (let nth = 0; nth < count; nth += 1) {
    const fixed = halfWordAt(bytes, at + FLAGS) & EXTENDED ? NAME + 2 : NAME;
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

/** So many bytes tell how long an entry is, but for one whose name is very long. */
export const ENTRY = 64;

/**
 * The length of the entry that begins at an offset; undefined where the end of its name is not among the bytes.
 *
 * @throws NotPlain for one of a conflict, or of a file that was only announced
 */
export function entryLength(bytes: Buffer, at = 0): number | undefined {
  const flags = halfWordAt(bytes, at + FLAGS);
  let name = at + NAME;
  if ((flags & STAGE) !== 0) throw new NotPlain();
  if ((flags & EXTENDED) !== 0) {
    if ((halfWordAt(bytes, name) & INTENT_TO_ADD) !== 0) throw new NotPlain();
    name += 2;
  }
  const length = flags & NAME_LENGTH;
  const end = length < NAME_LENGTH ? name + length : bytes.indexOf(0, name);
  return end < 0 ? undefined : (end - at + 8) & ~7;
}

/**
 * Where each entry begins; one more is the end of the last.
 *
 * @throws NotPlain
 */
export function findEntries(bytes: Buffer, count: number): Uint32Array {
  const starts = new Uint32Array(count + 1);
  let at = HEADER;
  for (let nth = 0; nth < count; nth += 1) {
    starts[nth] = at;
    at += entryLength(bytes, at) ?? Number.POSITIVE_INFINITY;
    if (at > bytes.length) throw new NotPlain();
  }
  starts[count] = at;
  return starts;
}

/**
 * Looks through what follows the entries.
 *
 * @returns the hash of the tree that they make, where git has noted it
 * @throws NotPlain
 */
export function readExtensions(bytes: Buffer): string | undefined {
  let tree: string | undefined;
  // A checksum closes the file.
  for (let at = 0; at + 8 <= bytes.length - HASH_BYTES; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const end = at + 8 + wordAt(bytes, at + 4);
    // git may pass over those that begin with a capital letter.
    if (!(name >= 'A' && name < '[')) throw new NotPlain();
    if (name === 'TREE') {
      const line = bytes.indexOf(LINE_FEED, at + 8);
      const isValid = line > 0 && /^\0\d+ \d+$/.test(bytes.toString('latin1', at + 8, line));
      if (isValid) tree = bytes.toString('hex', line + 1, line + 1 + HASH_BYTES);
    }
    at = end;
  }
  return tree;
}

/** Whether git does not look at the file of an entry when it compares the folders with its index. */
export function isUnwatched(bytes: Buffer, start: number): boolean {
  // Both flags are in the first byte of their two.
  const flags = (bytes[start + FLAGS] as number) << 8;
  if ((flags & (ASSUME_VALID | EXTENDED)) === 0) return false;
  if ((flags & ASSUME_VALID) !== 0) return true;
  return (((bytes[start + NAME] as number) << 8) & SKIP_WORKTREE) !== 0;
}

function nameStart(bytes: Buffer, entry: number): number {
  return entry + NAME + (halfWordAt(bytes, entry + FLAGS) & EXTENDED ? 2 : 0);
}

function nameEnd(bytes: Buffer, entry: number, name: number): number {
  const length = halfWordAt(bytes, entry + FLAGS) & NAME_LENGTH;
  return length < NAME_LENGTH ? name + length : bytes.indexOf(0, name);
}

/** The bytes of the path of an entry. */
export function nameIn(entry: Buffer): Buffer {
  const name = nameStart(entry, 0);
  return entry.subarray(name, nameEnd(entry, 0, name));
}

/** The path of the entry that begins at a place. */
export function pathAt(bytes: Buffer, entry: number): string {
  const name = nameStart(bytes, entry);
  return bytes.toString('utf8', name, nameEnd(bytes, entry, name));
}

/** What lies under an entry, by the first bits of its mode. */
export const KIND = { regular: 0o10, link: 0o12, submodule: 0o16 } as const;

/** What lies under the entry that begins at a place: see `KIND`. */
export function kindAt(bytes: Buffer, entry: number): number {
  return wordAt(bytes, entry + MODE_WORD * 4) >>> 12;
}

/** What an entry says. @param path of it, where that is known */
export function readEntry(entry: Buffer, path: string = nameIn(entry).toString('utf8')): IndexEntry {
  return {
    path,
    mode: wordAt(entry, MODE_WORD * 4).toString(8),
    hash: entry.toString('hex', HASH, HASH + HASH_BYTES),
  };
}
