import type { ItemRecord, UnitRecord, Verdict } from '../cache/unit.ts';
import type { Board, BoardItem } from '../model/board.ts';
import type { Document } from '../model/document.ts';
import type { Head } from './readings.ts';

/** What is remembered of a document, but for the verdict. */
export function documentRecord(document: Document, { head, problem }: Head): UnitRecord {
  const { id, fileId, formerIds } = document;
  const own = { id: id?.canonical, fileId: fileId?.canonical };
  const former = formerIds.length > 0 ? { former: formerIds.map(({ canonical }) => canonical) } : undefined;
  return problem
    ? { kind: 'document', problem, ...own, ...former }
    : { kind: 'document', head: head ?? '', ...own, ...former };
}

/** What a verdict on a document can rest on: all that an item says, but where it stands in the file. */
function itemRecord({ board: _, id, outputs, ...item }: BoardItem): ItemRecord {
  const text = JSON.stringify({ id, outputs, ...item, confirmed: [...item.confirmed] }, (key, value) =>
    key === 'place' ? undefined : key === 'type' ? (value as { name: string }).name : value,
  );
  return { key: id.id?.key, outputs: outputs.flatMap((output) => output.id?.key ?? []), text };
}

/** What is remembered of a board, but for the verdict. */
export function boardRecord(board: Board): UnitRecord {
  return { kind: 'board', items: board.items.map(itemRecord) };
}

/** A unit with the same text and another verdict; without one, if that is undefined. */
export function rejudged(record: UnitRecord, verdict: Verdict | undefined): UnitRecord {
  const found = verdict?.findings.length ?? 0;
  if (found === 0 && record.found === undefined && !record.open) return record;
  const { verdict: _, found: __, open: ___, ...rest } = record;
  return verdict && found > 0 ? { ...rest, found, verdict } : rest;
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
