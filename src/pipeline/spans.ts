import type { Edit } from '../model/edit.ts';

/** A range of bytes that was written, and whether a section was put in there. */
export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly isSection: boolean;
}

/** In order of their start. */
export type Spans = readonly Span[];

/** Where an edit's text stands after all edits. */
interface Put {
  readonly edit: Edit;
  readonly start: number;
  readonly end: number;
}

function putsOf(edits: readonly Edit[]): Put[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((edit) => {
      const start = edit.start + shift;
      const end = start + Buffer.byteLength(edit.text, 'utf8');
      shift = end - edit.end;
      return { edit, start, end };
    });
}

/** How many edits, in order, end in front of an offset or at it. */
function countBefore(puts: readonly Put[], offset: number): number {
  let low = 0;
  let high = puts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((puts[middle] as Put).edit.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What was written, in bytes of the file after further edits of it. */
export function spansAfter(before: Spans, edits: readonly Edit[], sections: ReadonlySet<Edit>): Spans {
  const puts = putsOf(edits);
  const after = (offset: number, side: 'start' | 'end'): number => {
    const count = countBefore(puts, offset);
    const [last, around] = [puts[count - 1], puts[count]];
    if (around && around.edit.start < offset) return around[side];
    return last ? offset + last.end - last.edit.end : offset;
  };
  const kept = before.map(({ start, end, isSection }) => {
    const from = after(start, 'start');
    return { start: from, end: Math.max(from, after(end, 'end')), isSection };
  });
  const put = puts.map(({ edit, start, end }) => ({ start, end, isSection: sections.has(edit) }));
  return [...kept, ...put].sort((a, b) => a.start - b.start || a.end - b.end);
}
