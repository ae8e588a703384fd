/**
 * A pure function that remembers what it gave last for an object: rules ask the same of a document one after the other.
 * What is given is shared, so it must be read-only; anything but the very same further arguments is worked out anew.
 *
 * @param work the first argument is an object that lives as long as the result is of use
 */
export function remembering<Key extends object, Further extends readonly unknown[], Value>(
  work: (key: Key, ...further: Further) => Value,
): (key: Key, ...further: Further) => Value {
  const known = new WeakMap<Key, { readonly further: Further; readonly value: Value }>();
  return (key, ...further) => {
    const before = known.get(key);
    if (before?.further.every((argument, at) => argument === further[at])) return before.value;
    const value = work(key, ...further);
    known.set(key, { further, value });
    return value;
  };
}
