import { type BaselineEntry, type BaselineKey, keyText } from './baseline.ts';

/** Something to be found in a baseline, so many times. */
interface Wanted {
  readonly key: BaselineKey;
  readonly count: number;
}

/** What was found. */
export interface Match {
  /** By wanted thing: how many of it no entry holds. */
  readonly missing: readonly number[];
  /** By entry: how many of those it holds were not wanted. */
  readonly left: readonly number[];
}

/**
 * Takes things out of a baseline: a multiset, so that of three findings of a kind two can be known. First by their own
 * names; what is left then by the names that documents have now.
 *
 * @param follow the key of an entry with today's ids of documents that were renumbered
 */
export function match(
  wanted: readonly Wanted[],
  entries: readonly BaselineEntry[],
  follow: (entry: BaselineEntry) => BaselineKey,
): Match {
  const missing = wanted.map(({ count }) => count);
  const left = entries.map(({ count }) => count);
  const take = (nameOf: (entry: BaselineEntry) => BaselineKey): void => {
    const byKey = new Map<string, number[]>();
    for (const [at, entry] of entries.entries()) {
      const name = keyText(nameOf(entry));
      byKey.set(name, [...(byKey.get(name) ?? []), at]);
    }
    for (const [index, { key }] of wanted.entries()) {
      for (const at of byKey.get(keyText(key)) ?? []) {
        const taken = Math.min(missing[index] as number, left[at] as number);
        missing[index] = (missing[index] as number) - taken;
        left[at] = (left[at] as number) - taken;
      }
    }
  };
  take((entry) => entry);
  take(follow);
  return { missing, left };
}
