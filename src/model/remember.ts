/** For so many objects an answer is remembered: for a document and those that it names. */
const REMEMBERED = 100;

interface Answer<Key, Further, Value> {
  readonly key: Key;
  readonly further: Further;
  readonly value: Value;
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

/**
 * A pure function that remembers what it gave last for an object: rules ask the same of a document one after the other.
 * What is given is shared, so it must be read-only; anything but the very same further arguments is worked out anew.
 * Only the newest answers are kept: those of ten thousand documents would burden every collection of garbage.
 */
export function remembering<Key extends object, Further extends readonly unknown[], Value>(
  work: (key: Key, ...further: Further) => Value,
): (key: Key, ...further: Further) => Value {
  const known = new Map<Key, Answer<Key, Further, Value>>();
  let last: Answer<Key, Further, Value> | undefined;
  return (key, ...further) => {
    const before = last?.key === key ? last : known.get(key);
    if (before && areSame(before.further, further)) {
      last = before;
      return before.value;
    }
    last = { key, further, value: work(key, ...further) };
    known.set(key, last);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value as Key);
    return last.value;
  };
}
