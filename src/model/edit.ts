/** A replacement in one file. Offsets are bytes of the file as it lies on disk, byte order mark included. */
export interface Edit {
  readonly start: number;
  /** Exclusive; equal to `start` for an insertion. */
  readonly end: number;
  readonly text: string;
}

/** A surrogate without the other one of its pair. */
const HALF = /\p{Surrogate}/u;

const order = (a: Edit, b: Edit): number => a.start - b.start || a.end - b.end;

/** Whether two replacements touch: they share a byte, or one inserts where the other begins or ends. */
export function touch(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * Carries out replacements; every byte that none of them names stays. Insertions at one offset follow each other in the
 * order given.
 *
 * @throws RangeError when two of them share a byte, one lies outside the file, or a text holds half of a character
 */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, text } of [...edits].sort(order)) {
    if (!(start >= at && end >= start && end <= bytes.length)) throw new RangeError(`Edits overlap at byte ${start}`);
    // It would become another character in UTF-8.
    if (HALF.test(text)) throw new RangeError(`Unexpected half of a character at byte ${start}`);
    parts.push(bytes.subarray(at, start), Buffer.from(text, 'utf8'));
    at = end;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}
