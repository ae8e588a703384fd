/**
 * The values that were asked for last; others are made anew. Of a Map that entries come to and go from all the time, the engine
 * moves each one to the memory that it seldom goes through.
 */
export class Recent<Key, Value> {
  readonly #keys: (Key | undefined)[];
  readonly #values: (Value | undefined)[];
  #next = 0;
  /** Where the one is that was asked for last, as most are again. */
  #last = 0;

  /** @param size how many are kept: few, since they are looked through one by one */
  constructor(size: number) {
    this.#keys = new Array(size).fill(undefined);
    this.#values = new Array(size).fill(undefined);
  }

  #find(key: Key): number {
    if (this.#keys[this.#last] === key) return this.#last;
    const at = this.#keys.indexOf(key);
    if (at >= 0) this.#last = at;
    return at;
  }

  /** The value of a key; undefined where it is not kept. */
  find(key: Key): Value | undefined {
    const at = this.#find(key);
    return at < 0 ? undefined : this.#values[at];
  }

  /** The value of a key, which is not undefined; `make` makes it where it is not kept. */
  get(key: Key, make: () => Value): Value {
    const at = this.#find(key);
    if (at >= 0) return this.#values[at] as Value;
    const value = make();
    this.put(key, value);
    return value;
  }

  /** Keeps a value that was made elsewhere. */
  put(key: Key, value: Value): void {
    const before = this.#find(key);
    const at = before >= 0 ? before : this.#next;
    this.#keys[at] = key;
    this.#values[at] = value;
    this.#last = at;
    if (before < 0) this.#next = (this.#next + 1) % this.#keys.length;
  }
}
