import { keyOfCanonical } from '../model/id.ts';
import type { IndexFile } from '../sources/index-file.ts';
import { type BaseNotes, HASH_BYTES, VOLATILE } from './base-file.ts';
import { questionNumber } from './question.ts';
import { joinSections } from './sections.ts';
import { TextBytes } from './text-bytes.ts';
import { listedId, type Unit, type UnitRecord } from './unit.ts';

/** All documents and boards of a state, with their verdicts. */
export interface BaseContent {
  readonly notes: Omit<BaseNotes, 'index' | 'open'>;
  /** The git index of the state. */
  readonly index: IndexFile;
  readonly units: readonly Unit[];
}

/** Numbers of questions under which a document is found by the ids that it has. */
function namesOf({ id, fileId }: UnitRecord): number[] {
  const names = [id, fileId === id ? undefined : fileId].flatMap((name) => name ?? []);
  return names.map((name) => questionNumber('id', keyOfCanonical(name)));
}

/** Numbers of questions under which a document is found by the ids that it has had. */
function formerNamesOf({ former = [] }: UnitRecord): number[] {
  return [...new Set(former)].map((name) => questionNumber('former', keyOfCanonical(name)));
}

/** Questions and the documents that belong to each. */
interface Pairs {
  readonly keys: Uint32Array;
  readonly values: Uint32Array;
}

const IS_LESSER_FIRST = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
/** Where the halves of a number of 64 bits lie in memory. */
const [GREATER, LESSER] = IS_LESSER_FIRST ? [1, 0] : [0, 1];

/** Sorted by the questions, then by the documents: as numbers of 64 bits, which the engine sorts in its own code. */
function sortedPairs(units: readonly Unit[], numbers: (unit: Unit) => ArrayLike<number>): Pairs {
  const lists = units.map(numbers);
  const size = lists.reduce((sum, { length }) => sum + length, 0);
  const halves = new Uint32Array(size * 2);
  let used = 0;
  for (const [nth, list] of lists.entries()) {
    for (let at = 0; at < list.length; at += 1, used += 2) {
      halves[used + GREATER] = list[at] as number;
      halves[used + LESSER] = nth;
    }
  }
  new BigUint64Array(halves.buffer).sort();
  const pairs = { keys: new Uint32Array(size), values: new Uint32Array(size) };
  for (let at = 0; at < size; at += 1) {
    pairs.keys[at] = halves[at * 2 + GREATER] as number;
    pairs.values[at] = halves[at * 2 + LESSER] as number;
  }
  return pairs;
}

/** A text of each unit, one behind the other, and where each ends. */
function joined(units: readonly Unit[], textOf: (unit: Unit) => string): { bytes: Buffer; ends: Uint32Array } {
  const texts = new TextBytes();
  const ends = Uint32Array.from(units, (unit) => texts.add(textOf(unit)));
  return { bytes: texts.whole(), ends };
}

function hashesOf(units: readonly Unit[]): Buffer {
  const hashes = Buffer.alloc(units.length * HASH_BYTES);
  for (const [nth, { hash }] of units.entries()) hashes.write(hash, nth * HASH_BYTES, 'hex');
  return hashes;
}

/** Half of a sign beyond the first 65,536: texts with some are in another order by their units than by their bytes. */
const SURROGATE = /[\ud800-\udfff]/;

/** In the order of the bytes of their paths, by which they are looked for. */
function inOrder(units: readonly Unit[]): Unit[] {
  const inBytes = (a: Unit, b: Unit): number => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
  const inUnits = (a: Unit, b: Unit): number => (a.path < b.path ? -1 : Number(a.path > b.path));
  return [...units].sort(units.some(({ path }) => SURROGATE.test(path)) ? inBytes : inUnits);
}

/** A record without its verdict: those with findings lie together. */
function recordText({ record }: Unit): string {
  if (record.verdict === undefined) return JSON.stringify(record);
  const { verdict: _, ...rest } = record;
  return JSON.stringify(rest);
}

/** The bytes of a base. */
export function encodeBase({ notes, index, units: unsorted }: BaseContent): Uint8Array[] {
  const units = inOrder(unsorted);
  const records = joined(units, recordText);
  const verdicts = units.flatMap(({ path, record }) => (record.verdict ? [[path, record.verdict]] : []));
  const open = units.filter(({ record }) => record.open).length;
  const paths = joined(units, ({ path }) => path);
  const names = sortedPairs(units, ({ record }) => namesOf(record));
  const former = sortedPairs(units, ({ record }) => formerNamesOf(record));
  const asked = sortedPairs(units, (unit) => unit.asked);
  return joinSections({
    notes: Buffer.from(JSON.stringify({ ...notes, open, index: index.notes } satisfies BaseNotes)),
    pathEnds: paths.ends,
    paths: paths.bytes,
    hashes: hashesOf(units),
    boards: Uint32Array.from(units.flatMap(({ record }, nth) => (record.kind === 'board' ? [nth] : []))),
    verdicts: Buffer.from(JSON.stringify(verdicts)),
    volatile: Uint8Array.from(VOLATILE, (question) => Number(units.some(({ asked: own }) => own.includes(question)))),
    ids: Buffer.from(units.map(({ record }) => listedId(record) ?? '').join('\n')),
    nameKeys: names.keys,
    nameUnits: names.values,
    formerKeys: former.keys,
    formerUnits: former.values,
    askedKeys: asked.keys,
    askedUnits: asked.values,
    recordEnds: records.ends,
    indexStarts: index.starts.whole(),
    index: index.plain,
    records: records.bytes,
  });
}
