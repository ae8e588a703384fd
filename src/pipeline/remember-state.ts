import type { ChangedUnit, Changes, KnownCommit } from '../cache/changes-file.ts';
import type { Ledger } from '../cache/ledger.ts';
import type { Store } from '../cache/store.ts';
import type { Unit } from '../cache/unit.ts';
import type { FileState } from '../sources/file-state.ts';
import type { IndexFile } from '../sources/index-file.ts';
import type { Judged } from './judge-known.ts';
import { rejudged } from './remembered.ts';
import type { FileDifference, Stock } from './take-stock.ts';

/** More units than this are written into a new base: the file of changes is read and written as a whole. */
const MOST_CHANGES = 400;

/** What a run has learnt of a state. */
export interface Learnt {
  readonly today: string;
  /** How many documents there are. */
  readonly documents: number;
  /** How many of them are not judged yet. */
  readonly open: number;
  readonly differences: readonly FileDifference[];
  readonly stock: Stock;
  readonly judged: Judged;
  /** Paths of which only the disk tells whether they exist, and whether they do. */
  readonly paths: ReadonlyMap<string, boolean>;
  readonly tree?: string | undefined;
  readonly head?: KnownCommit | undefined;
  readonly heads?: Changes['heads'];
  readonly touched?: Changes['touched'];
}

const plain = ({ hash, record, asked }: Unit): ChangedUnit => ({ hash, record, asked: [...asked] });

/** The files that differ from the base, now; what cannot be read as a file counts as none. */
function filesNow({ changes }: Ledger, { differences, stock: { records } }: Learnt): Map<string, FileState> {
  const stateOf = ({ path, after }: FileDifference): FileState =>
    records.has(path) && records.get(path) === undefined ? null : after;
  return new Map([...changes.files, ...differences.map((one) => [one.path, stateOf(one)] as const)]);
}

/** The changes of a base after a run. */
function changesAfter(ledger: Ledger, learnt: Learnt): Changes {
  const { stock, judged, today, documents, open, paths, tree, head, heads, touched } = learnt;
  const units = new Map<string, ChangedUnit>(ledger.changes.units);
  for (const [path, record] of stock.records) if (record === undefined) units.delete(path);
  for (const unit of judged.units) units.set(unit.path, plain(unit));
  return {
    base: ledger.base.notes.stamp,
    today,
    documents,
    open,
    files: [...filesNow(ledger, learnt)],
    units: [...units],
    paths: [...new Map([...ledger.changes.paths, ...paths])],
    anchors: [...new Map([...ledger.changes.anchors, ...stock.anchors, ...judged.anchors])],
    tree,
    head,
    heads,
    touched,
  };
}

/** Whether a base has so many changes that a new one should be written. */
function isWorn({ units, files }: Changes): boolean {
  return units.length > MOST_CHANGES || files.length > MOST_CHANGES * 4;
}

/** A state as it is now: the git index, and what of the files is not as it has them. */
export interface RawState {
  readonly index: IndexFile;
  readonly dirty: readonly (readonly [path: string, hash: string | null])[];
}

/** So many entries of git's index may differ by what it notes of files alone. */
const MOST_REFRESHED = 500;

/**
 * Whether the git index of a base tells little of the present one, as when all files have new times after a copy: each run would
 * compare many entries for nothing.
 */
function isPast({ base, changes }: Ledger, { differences }: Learnt, { index }: RawState): boolean {
  const { model, patches, unlike } = index;
  if (model === base.index) return patches.length > changes.files.length + differences.length + MOST_REFRESHED;
  return unlike !== undefined && unlike === base.index;
}

/** All units of a ledger with changes, to be written as a new base. */
function mergedUnits({ base }: Ledger, changes: Changes): Unit[] {
  const files = new Map(changes.files);
  const changed = new Map(changes.units);
  const asked = base.allAsked();
  const kept = asked.flatMap((numbers, nth): Unit[] => {
    const path = base.path(nth);
    if (changed.has(path) || files.get(path) === null) return [];
    const record = base.record(nth);
    const whole = record.open ? record : rejudged(record, base.verdicts.get(path));
    return [{ path, hash: base.hash(nth), record: whole, asked: numbers }];
  });
  const fresh = [...changed].map(([path, unit]) => ({ path, ...unit, asked: Uint32Array.from(unit.asked) }));
  return [...kept, ...fresh];
}

/** Nothing is new: the next run would learn nothing from it. */
function isOld({ changes }: Ledger, { differences, judged, stock, today, tree, head, paths }: Learnt): boolean {
  const isSameHead = head?.commit === changes.head?.commit && JSON.stringify(head) === JSON.stringify(changes.head);
  return (
    differences.length + judged.units.length + stock.anchors.size + paths.size === 0 &&
    today === changes.today &&
    tree === changes.tree &&
    isSameHead
  );
}

/** Writes down what a run has learnt. */
export function rememberState(store: Store, ledger: Ledger, learnt: Learnt, raw: RawState): void {
  const isBaseOfUse = !store.isBorrowed(ledger) && !isPast(ledger, learnt, raw);
  if (isBaseOfUse && isOld(ledger, learnt)) return;
  const changes = changesAfter(ledger, learnt);
  if (isBaseOfUse && !isWorn(changes)) {
    store.saveChanges(changes);
    return;
  }
  const paths = [...ledger.paths(), ...changes.paths];
  const anchors = [...ledger.anchors(), ...changes.anchors];
  const { today, documents, tree, head, heads, touched } = changes;
  const notes = { today, documents, dirty: raw.dirty, paths: [...new Map(paths)], anchors: [...new Map(anchors)] };
  const fresh = store.saveBase({ notes, index: raw.index, units: mergedUnits(ledger, changes) });
  store.saveChanges({ ...fresh.changes, tree, head, heads, touched });
}
