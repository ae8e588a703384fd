import type { FileState } from '../sources/file-state.ts';
import type { IndexFile } from '../sources/index-file.ts';
import type { Base } from './base-file.ts';
import type { Changes } from './changes-file.ts';
import { listedId, type Unit, type UnitRecord, type Verdict } from './unit.ts';

/** A base and what has changed since: the last state that was judged, with its verdicts. */
export class Ledger {
  readonly base: Base;
  readonly changes: Changes;
  readonly #files: ReadonlyMap<string, FileState>;
  readonly #dirty: ReadonlyMap<string, string | null>;
  readonly #units: ReadonlyMap<string, Unit>;

  constructor(base: Base, changes: Changes) {
    this.base = base;
    this.changes = changes;
    this.#files = new Map(changes.files);
    this.#dirty = new Map(base.notes.dirty);
    this.#units = new Map(
      changes.units.map(([path, { hash, record, asked }]) => [
        path,
        { path, hash, record, asked: Uint32Array.from(asked) },
      ]),
    );
  }

  /** The git index of the base; undefined when it cannot be read any more. */
  get index(): IndexFile | undefined {
    return this.base.index;
  }

  /** Paths at which the last state may differ from the git index of the base. */
  departures(): string[] {
    return [...this.#files.keys(), ...this.#dirty.keys()];
  }

  /** A file in the last state; null where there was none. */
  state(path: string): FileState {
    const changed = this.#files.get(path);
    if (changed !== undefined) return changed;
    const dirty = this.#dirty.get(path);
    if (dirty !== undefined) return dirty === null ? null : ['', dirty];
    const entry = this.index?.find(path);
    return entry ? [entry.mode, entry.hash] : null;
  }

  #isInBase(path: string): boolean {
    return !this.#units.has(path) && this.#files.get(path) !== null;
  }

  /** The document or board at a path. */
  record(path: string): UnitRecord | undefined {
    if (!this.#isInBase(path)) return this.#units.get(path)?.record;
    const nth = this.base.find(path);
    return nth === undefined ? undefined : this.base.record(nth);
  }

  /** The paths of documents that have an id, or a file name with it, or have had it; some may not. */
  named(kind: 'id' | 'former', key: string): string[] {
    const inBase = this.base.named(kind, key).map((nth) => this.base.path(nth));
    return [...inBase.filter((path) => this.#isInBase(path)), ...this.#units.keys()];
  }

  /** The paths of documents and boards whose verdicts rest on one of the questions. */
  resting(questions: ReadonlySet<number>): Set<string> {
    const found = new Set<string>();
    for (const question of questions) {
      for (const nth of this.base.resting(question)) {
        const path = this.base.path(nth);
        if (this.#isInBase(path)) found.add(path);
      }
    }
    for (const { path, asked } of this.#units.values()) if (asked.some((one) => questions.has(one))) found.add(path);
    return found;
  }

  /** The verdicts with findings, by path. */
  verdicts(): [path: string, verdict: Verdict][] {
    const inBase = [...this.base.verdicts].filter(([path]) => this.#isInBase(path));
    const changed = [...this.#units.values()].flatMap(({ path, record: { verdict } }): [string, Verdict][] =>
      verdict ? [[path, verdict]] : [],
    );
    return [...inBase, ...changed];
  }

  /** The paths of all documents and boards. */
  allPaths(): Set<string> {
    const inBase = Array.from({ length: this.base.count }, (_, nth) => this.base.path(nth));
    return new Set([...inBase.filter((path) => this.#isInBase(path)), ...this.#units.keys()]);
  }

  /** The paths of all documents with the canonical ids by which they are listed. */
  documents(): [path: string, id: string | undefined][] {
    const { base } = this;
    const boards = new Set(base.boards());
    const inBase = base.ids().flatMap((id, nth): [string, string | undefined][] => {
      if (nth >= base.count || boards.has(nth)) return [];
      const path = base.path(nth);
      return this.#isInBase(path) ? [[path, id === '' ? undefined : id]] : [];
    });
    const changed = [...this.#units.values()].flatMap(({ path, record }): [string, string | undefined][] =>
      record.kind === 'document' ? [[path, listedId(record)]] : [],
    );
    return [...inBase, ...changed];
  }

  /** How many documents there are. */
  get documentCount(): number {
    return this.changes.documents;
  }

  /** How many of them are not judged yet. */
  get openCount(): number {
    return this.changes.open;
  }

  /** The units that were judged since the base. */
  get units(): ReadonlyMap<string, Unit> {
    return this.#units;
  }

  /** The anchors of documents that verdicts rest on; null where there was no such document. */
  anchors(): Map<string, readonly string[] | null> {
    return new Map([...this.base.notes.anchors, ...this.changes.anchors]);
  }

  /** Paths of which only the disk tells whether they exist, and whether they did. */
  paths(): Map<string, boolean> {
    return new Map([...this.base.notes.paths, ...this.changes.paths]);
  }
}
