import { type IndexFile, type IndexNotes, indexFileOf } from '../sources/index-file.ts';
import type { PagedBytes, ReadAt } from '../sources/paged-bytes.ts';
import { PagedNumbers } from '../sources/paged-numbers.ts';
import { questionNumber } from './question.ts';
import { Sections } from './sections.ts';
import type { UnitRecord, Verdict } from './unit.ts';

/** What a base tells besides its documents and boards; small, and read at once. */
export interface BaseNotes {
  /** What the verdicts were made with: see `identityOf`. */
  readonly identity: string;
  /** Names this base: changes are those of one base. */
  readonly stamp: string;
  /** How many documents there are. */
  readonly documents: number;
  /** How many of them are not judged yet. */
  readonly open: number;
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
/** Questions that each run asks anew, whether or not a verdict rests on them. */
export const VOLATILE: readonly number[] = [questionNumber('commit'), questionNumber('today')];

/** The range of a number in a sorted list. */
function rangeOf(keys: PagedNumbers, number: number): [first: number, end: number] {
  const first = keys.firstFrom(number);
  let end = first;
  while (keys.at(end) === number) end += 1;
  return [first, end];
}

/** A base as it lies in its file: parts of it are read when somebody asks. */
export class Base {
  readonly notes: BaseNotes;
  readonly #sections: Sections;
  readonly #bytes = new Map<string, PagedBytes>();
  readonly #numbers = new Map<string, PagedNumbers>();
  /** Numbers of paths that somebody has asked for: mostly the next question is what is remembered of them. */
  readonly #found = new Map<string, number>();
  #index: IndexFile | undefined;
  #verdicts: ReadonlyMap<string, Verdict> | undefined;

  /** @throws Damaged, or what reading throws */
  constructor(read: ReadAt) {
    this.#sections = new Sections(read);
    this.notes = JSON.parse(this.#section('notes').whole().toString('utf8')) as BaseNotes;
  }

  #section(name: string): PagedBytes {
    const known = this.#bytes.get(name);
    if (known) return known;
    const bytes = this.#sections.paged(name);
    this.#bytes.set(name, bytes);
    return bytes;
  }

  #numbersOf(name: string): PagedNumbers {
    const known = this.#numbers.get(name);
    if (known) return known;
    const numbers = new PagedNumbers(this.#section(name));
    this.#numbers.set(name, numbers);
    return numbers;
  }

  get count(): number {
    return this.#numbersOf('pathEnds').length;
  }

  /**
   * The git index of the state; undefined when it cannot be read any more. Its bytes are not checked: one that is damaged is
   * not that of the next run, and what differs is judged anew.
   */
  get index(): IndexFile | undefined {
    this.#index ??= indexFileOf(this.#sections.unchecked('index'), this.#numbersOf('indexStarts'), this.notes.index);
    return this.#index;
  }

  /** A part of a section, by the ends of all. @throws Damaged */
  #part(name: string, endsName: string, nth: number): Buffer {
    const ends = this.#numbersOf(endsName);
    return this.#section(name).part(nth === 0 ? 0 : (ends.at(nth - 1) as number), ends.at(nth) as number);
  }

  #name(nth: number): Buffer {
    return this.#part('paths', 'pathEnds', nth);
  }

  path(nth: number): string {
    const path = this.#name(nth).toString('utf8');
    this.#found.set(path, nth);
    return path;
  }

  /** The number of the document or board at a path. */
  find(path: string): number | undefined {
    return this.#found.get(path) ?? this.#lookFor(path);
  }

  #lookFor(path: string): number | undefined {
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
    return this.#section('hashes')
      .part(nth * HASH_BYTES, (nth + 1) * HASH_BYTES)
      .toString('hex');
  }

  /**
   * What is remembered, but for the verdict.
   *
   * @throws Damaged
   */
  record(nth: number): UnitRecord {
    return JSON.parse(this.#part('records', 'recordEnds', nth).toString('utf8')) as UnitRecord;
  }

  /** The verdicts with findings, by path. */
  get verdicts(): ReadonlyMap<string, Verdict> {
    this.#verdicts ??= new Map(JSON.parse(this.#section('verdicts').whole().toString('utf8')) as [string, Verdict][]);
    return this.#verdicts;
  }

  /** The numbers of the boards. */
  boards(): Uint32Array {
    return this.#numbersOf('boards').whole();
  }

  /** The canonical ids of all, in the order of their numbers; empty where there is none. */
  ids(): string[] {
    return this.#section('ids').whole().toString('utf8').split('\n');
  }

  /** The numbers of documents that may have an id, or have had it: see the record for whether it is so. */
  named(kind: 'id' | 'former', key: string): number[] {
    const [keys, units] = kind === 'id' ? ['nameKeys', 'nameUnits'] : ['formerKeys', 'formerUnits'];
    const range = rangeOf(this.#numbersOf(keys as string), questionNumber(kind, key));
    return this.#numbersOf(units as string).slice(...range);
  }

  /** The numbers of those whose verdict rests on a question. */
  resting(question: number): number[] {
    const volatile = VOLATILE.indexOf(question);
    if (volatile >= 0 && this.#section('volatile').whole()[volatile] === 0) return [];
    return this.#numbersOf('askedUnits').slice(...rangeOf(this.#numbersOf('askedKeys'), question));
  }

  /** The questions that each verdict rests on, for all of them. */
  allAsked(): Uint32Array[] {
    const [keys, units] = [this.#numbersOf('askedKeys').whole(), this.#numbersOf('askedUnits').whole()];
    const asked: number[][] = Array.from({ length: this.count }, () => []);
    for (let at = 0; at < keys.length; at += 1) asked[units[at] as number]?.push(keys[at] as number);
    return asked.map((numbers) => Uint32Array.from(numbers));
  }
}
