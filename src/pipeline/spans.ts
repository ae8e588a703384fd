import type { Edit } from '../model/edit.ts';

/** A range of bytes that was written, and whether a section was put in there. */
export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly isSection: boolean;
}

/** By where they end. */
export type Spans = readonly Span[];

/** What was written, in bytes of the file after further edits of it. */
export function spansAfter(before: Spans, edits: readonly Edit[], sections: ReadonlySet<Edit>): Spans {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let shift = 0;
  let next = 0;
  const after: Span[] = [];
  const pass = (limit: number): void => {
    for (let edit = ordered[next]; edit && edit.start < limit; edit = ordered[++next]) {
      const length = Buffer.byteLength(edit.text, 'utf8');
      const start = edit.start + shift;
      after.push({ start, end: start + length, isSection: sections.has(edit) });
      shift += length - (edit.end - edit.start);
    }
  };
  for (const span of before) {
    pass(span.start);
    const start = span.start + shift;
    pass(span.end);
    after.push({ start, end: span.end + shift, isSection: span.isSection });
  }
  pass(Number.POSITIVE_INFINITY);
  return after;
}
