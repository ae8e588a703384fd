/** The values that were asked for last; others are made anew. */
export class Recent<Key, Value> {
  readonly #size: number;
  readonly #values = new Map<Key, Value>();

  /** @param size how many are kept */
  constructor(size: number) {
    this.#size = size;
  }

  /** The value of a key; `make` makes it where it is not kept. */
  get(key: Key, make: () => Value): Value {
    const isKept = this.#values.has(key);
    const value = isKept ? (this.#values.get(key) as Value) : make();
    if (isKept) this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#size) this.#values.delete(this.#values.keys().next().value as Key);
    return value;
  }
}
