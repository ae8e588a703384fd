import { Recent } from './recent.ts';

/**
 * Rules speak of one document after the other, and of one that it names. What is remembered holds on to all that is known of its
 * document: more of them would live so long that most collections of garbage had to move them.
 */
const KEPT = 4;
/** Of types there are not many, and a document may name some of each. */
export const FOR_TYPES = 16;

/** What was given for an object, and with which arguments besides. */
class Answer {
  readonly key: unknown;
  value: unknown;
  first: unknown;
  second: unknown;
  third: unknown;

  constructor(key: unknown, value: unknown, first: unknown, second: unknown, third: unknown) {
    this.key = key;
    this.value = value;
    this.first = first;
    this.second = second;
    this.third = third;
  }
}

/**
 * What was asked for last before anything is. Its value is a number, and that of others is none: so the engine knows early that a
 * value may be anything, and makes no code for less, which it would have to throw away.
 */
const UNASKED = new Answer({}, 0, undefined, undefined, undefined);

/** A function of an object and three arguments at most: these have names, as a list of them would be made for each question. */
type Work = (key: never, first: never, second: never, third: never) => unknown;
type Asked = (key: object, first: unknown, second: unknown, third: unknown) => unknown;

/**
 * A pure function that remembers what it gave for the last few objects: rules ask the same of a document one after the other.
 * What is given is shared, so it must be read-only; anything but the very same further arguments is worked out anew.
 *
 * @param kept for how many objects, where these are no documents
 */
export function remembering<Given extends Work>(work: Given, kept: number = KEPT): Given {
  const known = new Recent<object, Answer>(kept);
  const give = work as unknown as Asked;
  let last = UNASKED;
  const remembered: Asked = (key, first, second, third) => {
    const before = last.key === key ? last : known.find(key);
    if (!before) {
      last = new Answer(key, give(key, first, second, third), first, second, third);
      known.put(key, last);
      return last.value;
    }
    last = before;
    if (before.first === first && before.second === second && before.third === third) return before.value;
    before.value = give(key, first, second, third);
    before.first = first;
    before.second = second;
    before.third = third;
    return before.value;
  };
  return remembered as unknown as Given;
}
