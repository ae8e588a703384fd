import { Recent } from './recent.ts';

/** Rules speak of one document after the other, and of some that it names. */
const KEPT = 6;

/**
 * A pure function that remembers what it gave for the last few objects: rules ask the same of a document one after the other.
 * What is given is shared, so it must be read-only; anything but the very same further arguments is worked out anew. A
 * WeakMap would remember more, but the engine keeps what is in one until it next goes through all of its memory.
 */
export function remembering<Key extends object, Further extends readonly unknown[], Value>(
  work: (key: Key, ...further: Further) => Value,
): (key: Key, ...further: Further) => Value {
  const known = new Recent<Key, { further: Further; value: Value }>(KEPT);
  return (key, ...further) => {
    const kept = known.get(key, () => ({ further, value: work(key, ...further) }));
    if (kept.further === further || kept.further.every((argument, at) => argument === further[at])) return kept.value;
    kept.further = further;
    kept.value = work(key, ...further);
    return kept.value;
  };
}
