import type { Finding } from '../model/finding.ts';
import { type IndexFile, type IndexNotes, indexFileOf } from '../sources/index-file.ts';
import type { PagedBytes, ReadAt } from '../sources/paged-bytes.ts';
import { questionNumber } from './question.ts';
import { checksum, Damaged, Sections } from './sections.ts';
import type { UnitRecord } from './unit.ts';

/** What a base tells besides its documents and boards; small, and read at once. */
export interface BaseNotes {
  /** What the verdicts were made with: see `identityOf`. */
  readonly identity: string;
  /** Names this base: changes are those of one base. */
  readonly stamp: string;
  /** How many documents there are. */
  readonly documents: number;
  /** The day on which verdicts were made. */
  readonly today: string;
  /** Files that were not as the git index has them: their hashes, or null where they were gone. */
  readonly dirty: readonly (readonly [path: string, hash: string | null])[];
  /** Paths of which only the disk tells whether they exist, and whether they did. */
  readonly paths: readonly (readonly [path: string, exists: boolean])[];
  /** Anchors that verdicts rest on. */
  readonly anchors: readonly (readonly [path: string, anchors: readonly string[] | null])[];
  /** What is told of the git index. */
  readonly index: IndexNotes;
}

/** Bytes of a hash. */
export const HASH_BYTES = 20;
/** The flag of a board. */
export const IS_BOARD = 1;
/** Questions that each run asks anew, whether or not a verdict rests on them. */
export const VOLATILE: readonly number[] = [questionNumber('commit'), questionNumber('today')];

/** The range of a number in a sorted list. */
function rangeOf(keys: Uint32Array, number: number): [first: number, end: number] {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < keys.length && keys[end] === number) end += 1;
  return [low, end];
}

/** A base as it lies in its file: parts of it are read when somebody asks. */
export class Base {
  readonly notes: BaseNotes;
  readonly #sections: Sections;
  readonly #loaded = new Map<string, Uint32Array | Buffer>();
  #index: IndexFile | undefined;
  #paths: PagedBytes | undefined;
  #findings: ReadonlyMap<string, readonly Finding[]> | undefined;

  /** @throws Damaged, or what reading throws */
  constructor(read: ReadAt) {
    this.#sections = new Sections(read);
    this.notes = JSON.parse(this.#buffer('notes').toString('utf8')) as BaseNotes;
  }

  #numbers(name: string): Uint32Array {
    const known = this.#loaded.get(name) as Uint32Array | undefined;
    if (known) return known;
    const numbers = this.#sections.numbers(name);
    this.#loaded.set(name, numbers);
    return numbers;
  }

  #buffer(name: string): Buffer {
    const known = this.#loaded.get(name) as Buffer | undefined;
    if (known) return known;
    const bytes = this.#sections.bytes(name);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#loaded.set(name, buffer);
    return buffer;
  }

  get count(): number {
    return this.#numbers('pathEnds').length;
  }

  /**
   * The git index of the state; undefined when it cannot be read any more. Its bytes are not checked: one that is damaged is
   * not that of the next run, and what differs is judged anew.
   */
  get index(): IndexFile | undefined {
    this.#index ??= indexFileOf(this.#sections.unchecked('index'), this.#numbers('indexStarts'), this.notes.index);
    return this.#index;
  }

  #start(ends: Uint32Array, nth: number): number {
    return nth === 0 ? 0 : (ends[nth - 1] as number);
  }

  #name(nth: number): Buffer {
    const ends = this.#numbers('pathEnds');
    this.#paths ??= this.#sections.paged('paths', this.#numbers('pathSums'));
    return this.#paths.part(this.#start(ends, nth), ends[nth] ?? 0);
  }

  path(nth: number): string {
    return this.#name(nth).toString('utf8');
  }

  /** The number of the document or board at a path. */
  find(path: string): number | undefined {
    const name = Buffer.from(path);
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = Buffer.compare(this.#name(middle), name);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  hash(nth: number): string {
    return this.#buffer('hashes').toString('hex', nth * HASH_BYTES, (nth + 1) * HASH_BYTES);
  }

  /**
   * What is remembered, but for findings.
   *
   * @throws Damaged
   */
  record(nth: number): UnitRecord {
    const ends = this.#numbers('recordEnds');
    const bytes = this.#sections.part('records', this.#start(ends, nth), ends[nth] ?? -1);
    const sums = this.#numbers('recordSums');
    if (checksum(bytes) >>> 0 !== sums[nth]) throw new Damaged();
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as UnitRecord;
  }

  #flagged(flag: number): number[] {
    const flags = this.#buffer('flags');
    const found: number[] = [];
    for (let nth = 0; nth < flags.length; nth += 1) if ((flags[nth] as number) & flag) found.push(nth);
    return found;
  }

  /** The findings, by path. */
  get findings(): ReadonlyMap<string, readonly Finding[]> {
    this.#findings ??= new Map(JSON.parse(this.#buffer('findings').toString('utf8')) as [string, Finding[]][]);
    return this.#findings;
  }

  /** The numbers of the boards. */
  boards(): number[] {
    return this.#flagged(IS_BOARD);
  }

  /** The canonical ids of all, in the order of their numbers; empty where there is none. */
  ids(): string[] {
    return this.#buffer('ids').toString('utf8').split('\n');
  }

  /** The numbers of documents that may have an id, or have had it: see the record for whether it is so. */
  named(kind: 'id' | 'former', key: string): number[] {
    const [keys, units] = kind === 'id' ? ['nameKeys', 'nameUnits'] : ['formerKeys', 'formerUnits'];
    return [
      ...this.#numbers(units as string).subarray(...rangeOf(this.#numbers(keys as string), questionNumber(kind, key))),
    ];
  }

  /** The numbers of those whose verdict rests on a question. */
  resting(question: number): Uint32Array {
    const volatile = VOLATILE.indexOf(question);
    if (volatile >= 0 && this.#buffer('volatile')[volatile] === 0) return new Uint32Array();
    return this.#numbers('askedUnits').subarray(...rangeOf(this.#numbers('askedKeys'), question));
  }

  /** The questions that each verdict rests on, for all of them. */
  allAsked(): Uint32Array[] {
    const [keys, units] = [this.#numbers('askedKeys'), this.#numbers('askedUnits')];
    const asked: number[][] = Array.from({ length: this.count }, () => []);
    for (let at = 0; at < keys.length; at += 1) asked[units[at] as number]?.push(keys[at] as number);
    return asked.map((numbers) => Uint32Array.from(numbers));
  }
}
