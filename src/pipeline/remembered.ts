import type { ItemRecord, UnitRecord } from '../cache/unit.ts';
import type { Board, BoardItem } from '../model/board.ts';
import type { Document } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Head } from './readings.ts';

const orNothing = <T>(key: string, list: readonly T[]): Record<string, readonly T[]> =>
  list.length === 0 ? {} : { [key]: list };

/** A verdict, in a record. */
const verdict = (findings: readonly Finding[]): Pick<UnitRecord, 'findings' | 'found'> =>
  findings.length === 0 ? {} : { findings, found: findings.length };

/** What is remembered of a document. */
export function documentRecord(document: Document, { head, problem }: Head, findings: readonly Finding[]): UnitRecord {
  const { id, fileId, formerIds } = document;
  return {
    kind: 'document',
    ...(problem ? { problem } : { head: head ?? '' }),
    ...(id && { id: id.canonical }),
    ...(fileId && { fileId: fileId.canonical }),
    ...orNothing(
      'former',
      formerIds.map((former) => former.canonical),
    ),
    ...verdict(findings),
  };
}

/** What a verdict on a document can rest on: all that an item says, but where it stands in the file. */
function itemRecord({ board: _, id, outputs, ...item }: BoardItem): ItemRecord {
  const text = JSON.stringify({ id, outputs, ...item, confirmed: [...item.confirmed] }, (key, value) =>
    key === 'place' ? undefined : key === 'type' ? (value as { name: string }).name : value,
  );
  return { key: id.id?.key, outputs: outputs.flatMap((output) => output.id?.key ?? []), text };
}

/** What is remembered of a board. */
export function boardRecord(board: Board, findings: readonly Finding[]): UnitRecord {
  return { kind: 'board', items: board.items.map(itemRecord), ...verdict(findings) };
}

/** A unit with the same text and another verdict. */
export function rejudged(record: UnitRecord, findings: readonly Finding[]): UnitRecord {
  if (findings.length === 0 && record.found === undefined) return record;
  const { findings: _, found: __, ...rest } = record;
  return { ...rest, ...verdict(findings) };
}

/** Whether two records tell others the same, whatever the verdicts. */
export function isSameHead(a: UnitRecord | undefined, b: UnitRecord | undefined): boolean {
  if (!a || !b || a.kind !== b.kind) return a === b;
  return (
    a.head === b.head &&
    a.problem?.message === b.problem?.message &&
    (a.problem === undefined) === (b.problem === undefined)
  );
}
