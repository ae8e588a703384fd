import { Recent } from './recent.ts';

/**
 * Rules speak of one document after the other, and of one that it names. What is remembered holds on to all that is known of its
 * document: more of them would live so long that most collections of garbage had to move them.
 */
const KEPT = 4;
/** Of types there are not many, and a document may name some of each. */
export const FOR_TYPES = 16;

class Answer<Key, Further, Value> {
  readonly key: Key;
  further: Further;
  value: Value;

  constructor(key: Key, further: Further, value: Value) {
    this.key = key;
    this.further = further;
    this.value = value;
  }
}

/**
 * What was asked for last before anything is. Its value is a number, and that of others is none: so the engine knows early that a
 * value may be anything, and makes no code for less, which it would have to throw away.
 */
const UNASKED = new Answer<unknown, readonly unknown[], unknown>(undefined, [], 0);

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

/**
 * A pure function that remembers what it gave for the last few objects: rules ask the same of a document one after the other.
 * What is given is shared, so it must be read-only; anything but the very same further arguments is worked out anew.
 *
 * @param kept for how many objects, where these are no documents
 */
export function remembering<Key extends object, Further extends readonly unknown[], Value>(
  work: (key: Key, ...further: Further) => Value,
  kept: number = KEPT,
): (key: Key, ...further: Further) => Value {
  const known = new Recent<Key, Answer<Key, Further, Value>>(kept);
  let last = UNASKED as Answer<Key, Further, Value>;
  return (key, ...further) => {
    const answer = last.key === key ? last : known.get(key, () => new Answer(key, further, work(key, ...further)));
    last = answer;
    if (areSame(answer.further, further)) return answer.value;
    answer.value = work(key, ...further);
    answer.further = further;
    return answer.value;
  };
}
