import type { Patch, StoredEntries } from './index-entries.ts';
import { ENTRY, entryLength, HEADER, NotPlain, nameIn } from './index-format.ts';
import type { PagedBytes } from './paged-bytes.ts';

/** Blocks are compared: small ones behind a difference, since the next one is often near, then larger ones. */
const FIRST_BLOCK = 4096;
const LAST_BLOCK = 65_536;
/** An index that differs at more places is read as a whole. */
const MOST = 1000;

/** How many bytes at the start of both are the same. */
function commonLength(a: Buffer, b: Buffer): number {
  const length = Math.min(a.length, b.length);
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.subarray(low, middle).equals(b.subarray(low, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Goes through the bytes of an index beside those of a model, which are at the same place or some bytes before or behind. */
class Walk {
  /** The offset here, and how many entries begin there or behind. */
  #here = HEADER;
  #left: number;
  /** The number of the entry of the model. */
  #there = 0;
  readonly #bytes: PagedBytes;
  readonly #model: StoredEntries;
  readonly #buffers = [Buffer.allocUnsafeSlow(LAST_BLOCK), Buffer.allocUnsafeSlow(LAST_BLOCK)] as const;

  constructor(bytes: PagedBytes, count: number, model: StoredEntries) {
    this.#bytes = bytes;
    this.#left = count;
    this.#model = model;
  }

  /** Where the entries end, when all have been gone through. */
  get end(): number {
    return this.#here;
  }

  /** How many bytes are the same from here on, up to the end of the entries of the model. */
  #alike(): number {
    const [start, end] = [this.#model.startOf(this.#there), this.#model.startOf(this.#model.count)];
    for (let at = start, size = FIRST_BLOCK; at < end; at += size, size = Math.min(size * 4, LAST_BLOCK)) {
      const to = Math.min(at + size, end);
      const here = this.#here + at - start;
      const own = this.#bytes.peek(here, here + to - at, this.#buffers[0]);
      const other = this.#model.bytes.peek(at, to, this.#buffers[1]);
      if (!own.equals(other)) return at - start + commonLength(own, other);
    }
    return end - start;
  }

  /** Goes over the entries that are the same. */
  #pass(): void {
    if (this.#there >= this.#model.count || this.#left === 0) return;
    const start = this.#model.startOf(this.#there);
    const behind = start + this.#alike();
    const last = behind >= this.#model.startOf(this.#model.count) ? this.#model.count : this.#model.numberAt(behind);
    const passed = Math.min(last - this.#there, this.#left);
    this.#there += passed;
    this.#left -= passed;
    this.#here += this.#model.startOf(this.#there) - start;
  }

  #entry(): Buffer {
    // Most names are short.
    const first = this.#bytes.part(this.#here, this.#here + ENTRY);
    const length = entryLength(first) ?? entryLength(this.#bytes.part(this.#here, this.#bytes.length));
    const entry = this.#bytes.part(this.#here, this.#here + (length ?? Number.POSITIVE_INFINITY));
    if (entry.length !== length) throw new NotPlain();
    // Not a view: that would keep the page that it lies in.
    return Buffer.from(entry);
  }

  /** What differs first. @throws NotPlain, RangeError */
  next(): Patch | undefined {
    this.#pass();
    const isThere = this.#there < this.#model.count;
    const own = this.#left > 0 ? this.#entry() : undefined;
    if (!own && !isThere) return undefined;
    const order = own && isThere ? nameIn(own).compare(nameIn(this.#model.bytesOf(this.#there))) : own ? -1 : 1;
    const patch = { at: this.#there, isGone: order >= 0, now: order <= 0 ? own : undefined };
    if (patch.isGone) this.#there += 1;
    if (patch.now) {
      this.#here += patch.now.length;
      this.#left -= 1;
    }
    return patch;
  }
}

/**
 * Finds out what the entries of an index have otherwise than those of a model: bytes that are the same, wherever they lie, are
 * compared in blocks.
 *
 * @param count of the entries
 * @returns undefined where it is too much; `end` is where the entries end
 * @throws NotPlain, RangeError
 */
export function findPatches(
  bytes: PagedBytes,
  count: number,
  model: StoredEntries,
): { readonly patches: readonly Patch[]; readonly end: number } | undefined {
  const walk = new Walk(bytes, count, model);
  const patches: Patch[] = [];
  for (let patch = walk.next(); patch; patch = walk.next()) {
    patches.push(patch);
    if (patches.length > MOST) return undefined;
  }
  return { patches, end: walk.end };
}
