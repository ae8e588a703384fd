import type { DocumentTypes } from './document-type.ts';
import { foldId, type IdKey, idKey, ownsPrefix } from './id.ts';

/** Finds what can be an id of one of the types, wherever in a word it stands: all that a text names, and more. */
export class IdFinder {
  readonly #pattern: RegExp | undefined;
  readonly #keys = new Map<string, (number: string) => IdKey>();

  constructor(types: DocumentTypes) {
    const formats = [...types.values()].flatMap(({ id }) => id ?? []);
    const prefixes = [...new Set(formats.flatMap(({ prefix, aliases }) => [prefix, ...aliases]))];
    for (const prefix of prefixes) {
      // As for references, the first type that owns a prefix has it.
      const format = formats.find((one) => ownsPrefix(one, prefix));
      if (format) this.#keys.set(prefix, (number) => idKey(format, number));
    }
    // The longest first: MY-PLAN-1 is no PLAN-1.
    const sorted = prefixes.sort((a, b) => b.length - a.length);
    if (sorted.length > 0) this.#pattern = new RegExp(`(${sorted.join('|')})-0*([0-9]+)`, 'gi');
  }

  /** The keys of the ids in a text. */
  keysIn(text: string): Set<IdKey> {
    const keys = new Set<IdKey>();
    if (!this.#pattern) return keys;
    for (const [, prefix = '', number = ''] of folded(text).matchAll(this.#pattern)) {
      const key = this.#keys.get(prefix.toUpperCase())?.(number);
      if (key !== undefined) keys.add(key);
    }
    return keys;
  }
}

/** A text of ASCII is as it is when it is folded, but for capitals. */
function folded(text: string): string {
  return /[\u0080-\uffff]/.test(text) ? foldId(text) : text;
}
