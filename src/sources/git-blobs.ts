import { UserError } from '../model/user-error.ts';
import { describeObjects, fitting, type GitObject, MAX_OBJECT_BYTES, readObjects } from './git-objects.ts';
import type { Unreadable } from './source.ts';

const TOO_LARGE = `Unexpected file of more than ${MAX_OBJECT_BYTES} bytes, expected a document`;

/**
 * Reads blobs ahead: who reads one document mostly reads the next ones too, in the order of the list. It holds the last part
 * that was read ahead, not more.
 */
export class Blobs {
  readonly #read: (objects: readonly GitObject[]) => Generator<[string, Uint8Array]>;
  readonly #describe: (hashes: readonly string[]) => (GitObject | undefined)[];
  #expected: (() => readonly string[]) | undefined;
  #list: readonly GitObject[] = [];
  #places = new Map<string, number>();
  #held = new Map<string, Uint8Array>();

  constructor(top: string, environment: NodeJS.ProcessEnv) {
    this.#read = (objects) => readObjects(top, objects, environment);
    this.#describe = (hashes) => describeObjects(top, hashes, environment);
  }

  /** Says what will be read, in which order. */
  expect(hashes: () => readonly string[]): void {
    this.#expected = hashes;
  }

  read(hash: string): Uint8Array | Unreadable {
    this.#look();
    const at = this.#held.has(hash) ? undefined : this.#places.get(hash);
    if (at !== undefined) this.#hold(at);
    return this.#held.get(hash) ?? this.#readAlone(hash);
  }

  /** Finds out how large the files are that will be read; who only lists files needs none of them. */
  #look(): void {
    const expected = this.#expected?.() ?? [];
    this.#expected = undefined;
    if (expected.length === 0) return;
    const objects = this.#describe(expected);
    this.#list = objects.flatMap((object) =>
      object?.type === 'blob' && object.size <= MAX_OBJECT_BYTES ? [object] : [],
    );
    this.#places = new Map(this.#list.map(({ hash }, at) => [hash, at]));
  }

  /** Reads on from an object, as much as fits. */
  #hold(at: number): void {
    this.#held = new Map();
    const rest = this.#list.slice(at);
    for (const [hash, bytes] of this.#read(rest.slice(0, fitting(rest)))) this.#held.set(hash, bytes);
  }

  #readAlone(hash: string): Uint8Array | Unreadable {
    const [object] = this.#describe([hash]);
    if (object?.type !== 'blob') throw new UserError(`git lacks the object ${hash}`, 'git fsck shows what is damaged.');
    if (object.size > MAX_OBJECT_BYTES) return { unreadable: TOO_LARGE };
    for (const [, bytes] of this.#read([object])) return bytes;
    return { unreadable: `git cannot read the object ${hash}` };
  }
}
