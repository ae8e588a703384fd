import { keyOfCanonical } from '../model/id.ts';
import type { IndexFile } from '../sources/index-file.ts';
import { type BaseNotes, HASH_BYTES, VOLATILE } from './base-file.ts';
import { questionNumber } from './question.ts';
import { joinSections } from './sections.ts';
import { listedId, MOST_UNITS, type Unit, type UnitRecord } from './unit.ts';

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

/** A pair of a question and a document is one double. In a name of this part of the program, since loops ask for it. */
const UNITS = MOST_UNITS;

function pairsOf(units: readonly Unit[], numbers: (unit: Unit) => ArrayLike<number>): Float64Array {
  const lists = units.map(numbers);
  const pairs = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let used = 0;
  for (let nth = 0; nth < lists.length; nth += 1) {
    const list = lists[nth] as ArrayLike<number>;
    for (let at = 0; at < list.length; at += 1, used += 1) pairs[used] = (list[at] as number) * UNITS + nth;
  }
  return pairs;
}

/** Questions and the documents that belong to each, sorted by the questions. */
function sortedPairs(
  units: readonly Unit[],
  numbers: (unit: Unit) => ArrayLike<number>,
): { keys: Uint32Array; values: Uint32Array } {
  const pairs = pairsOf(units, numbers).sort();
  const keys = new Uint32Array(pairs.length);
  const values = new Uint32Array(pairs.length);
  for (let at = 0; at < pairs.length; at += 1) {
    const pair = pairs[at] as number;
    keys[at] = Math.floor(pair / UNITS);
    values[at] = pair % UNITS;
  }
  return { keys, values };
}

/** Texts one behind the other, and where each ends. */
function joined(texts: readonly string[]): { bytes: Buffer; ends: Uint32Array } {
  let end = 0;
  const ends = Uint32Array.from(texts, (text) => (end += Buffer.byteLength(text)));
  return { bytes: Buffer.from(texts.join('')), ends };
}

function hashesOf(units: readonly Unit[]): Buffer {
  const hashes = Buffer.alloc(units.length * HASH_BYTES);
  for (const [nth, { hash }] of units.entries()) hashes.write(hash, nth * HASH_BYTES, 'hex');
  return hashes;
}

/** In the order of the bytes of their paths, by which they are looked for. */
function inOrder(units: readonly Unit[]): Unit[] {
  const named = units.map((unit) => ({ unit, name: Buffer.from(unit.path) }));
  return named.sort((a, b) => Buffer.compare(a.name, b.name)).map(({ unit }) => unit);
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
  const records = joined(units.map(recordText));
  const verdicts = units.flatMap(({ path, record }) => (record.verdict ? [[path, record.verdict]] : []));
  const open = units.filter(({ record }) => record.open).length;
  const paths = joined(units.map(({ path }) => path));
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
