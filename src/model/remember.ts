import { Recent } from './recent.ts';

/** Rules speak of one document after the other, and of some that it names; of types there are about as many. */
const KEPT = 16;

interface Answer<Key, Further, Value> {
  readonly key: Key;
  further: Further;
  value: Value;
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

/**
 * A pure function that remembers what it gave for the last few objects: rules ask the same of a document one after the other.
 * What is given is shared, so it must be read-only; anything but the very same further arguments is worked out anew. More
 * would burden every collection of garbage.
 */
export function remembering<Key extends object, Further extends readonly unknown[], Value>(
  work: (key: Key, ...further: Further) => Value,
): (key: Key, ...further: Further) => Value {
  const known = new Recent<Key, Answer<Key, Further, Value>>(KEPT);
  let last: Answer<Key, Further, Value> | undefined;
  return (key, ...further) => {
    const answer: Answer<Key, Further, Value> =
      last?.key === key ? last : known.get(key, () => ({ key, further, value: work(key, ...further) }));
    last = answer;
    if (areSame(answer.further, further)) return answer.value;
    answer.value = work(key, ...further);
    answer.further = further;
    return answer.value;
  };
}
