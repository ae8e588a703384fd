import type { DocumentTypes } from './document-type.ts';
import { foldId, type IdFormat, type IdKey, idKey, ownsPrefix } from './id.ts';

const [ZERO, NINE] = ['0'.charCodeAt(0), '9'.charCodeAt(0)] as const;

function isDigitAt(text: string, at: number): boolean {
  const code = at < text.length ? text.charCodeAt(at) : 0;
  return code >= ZERO && code <= NINE;
}

/** The number that is written at a place, without leading zeros. */
function numberAt(text: string, at: number): string {
  let start = at;
  while (text.charCodeAt(start) === ZERO && isDigitAt(text, start + 1)) start += 1;
  let end = start + 1;
  while (isDigitAt(text, end)) end += 1;
  return text.slice(start, end);
}

/** Finds what can be an id of one of the types, wherever in a word it stands: all that a text names, and more. */
export class IdFinder {
  /** The longest first: MY-PLAN-1 is no PLAN-1. */
  readonly #formats: readonly (readonly [prefix: string, format: IdFormat])[];
  readonly #longest: number;
  /** By its code, whether a sign is the last of a prefix. */
  readonly #isLast = new Uint8Array(128);

  constructor(types: DocumentTypes) {
    const formats = [...types.values()].flatMap(({ id }) => id ?? []);
    const prefixes = [...new Set(formats.flatMap(({ prefix, aliases }) => [prefix, ...aliases]))];
    this.#formats = prefixes
      .sort((a, b) => b.length - a.length)
      .flatMap((prefix) => {
        // As for references, the first type that owns a prefix has it.
        const format = formats.find((one) => ownsPrefix(one, prefix));
        return format ? [[prefix, format] as const] : [];
      });
    this.#longest = this.#formats[0]?.[0].length ?? 0;
    for (const [prefix] of this.#formats) {
      const code = prefix.charCodeAt(prefix.length - 1);
      this.#isLast[code] = 1;
      this.#isLast[String.fromCharCode(code).toLowerCase().charCodeAt(0)] = 1;
    }
  }

  /** The keys of the ids in a text. */
  keysIn(text: string): Set<IdKey> {
    const keys = new Set<IdKey>();
    const folded = foldedIds(text);
    for (let hyphen = folded.indexOf('-'); hyphen >= 0; hyphen = folded.indexOf('-', hyphen + 1)) {
      if (!isDigitAt(folded, hyphen + 1)) continue;
      const format = this.#formatBefore(folded, hyphen);
      if (format) keys.add(idKey(format, numberAt(folded, hyphen + 1)));
    }
    return keys;
  }

  /** The format whose prefix ends at a place. */
  #formatBefore(text: string, end: number): IdFormat | undefined {
    if (end === 0 || this.#isLast[text.charCodeAt(end - 1)] !== 1) return undefined;
    const before = text.slice(Math.max(0, end - this.#longest), end).toUpperCase();
    return this.#formats.find(([prefix]) => before.endsWith(prefix))?.[1];
  }
}

/** A text of ASCII is as it is when it is folded, but for capitals. */
function foldedIds(text: string): string {
  return /[\u0080-\uffff]/.test(text) ? foldId(text) : text;
}
