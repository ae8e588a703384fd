import { lineChanges } from '../model/line-diff.ts';

/** Offsets in a text: [start, end). */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Part extends Range {
  readonly text: string;
}

const partsOf = (text: string, pattern: RegExp, shift = 0): Part[] =>
  [...text.matchAll(pattern)].map(({ index, 0: part }) => ({
    text: part,
    start: shift + index,
    end: shift + index + part.length,
  }));

const LINE = /[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g;
const WORD = /[\p{L}\p{N}_-]+|\S/gu;

const texts = (parts: readonly Part[]): string[] => parts.map(({ text }) => text.trim());

/** The parts that a row of them has and another has not, each run with what the other has instead. */
function changes(before: readonly Part[], after: readonly Part[]): { gone: readonly Part[]; come: readonly Part[] }[] {
  return lineChanges(texts(before), texts(after)).map(({ from, to }) => ({
    gone: before.slice(...from),
    come: after.slice(...to),
  }));
}

const spanOf = (parts: readonly Part[]): Range => ({ start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 });

/** What of a text was not there before: whole lines where lines came in, else the words of a line that changed. */
export function newRanges(before: string, after: string): Range[] {
  return changes(partsOf(before, LINE), partsOf(after, LINE)).flatMap(({ gone, come }) => {
    if (come.length === 0) return [];
    const own = spanOf(come);
    if (gone.length === 0) return [own];
    const was = spanOf(gone);
    const [old, now] = [before.slice(was.start, was.end), after.slice(own.start, own.end)];
    return changes(partsOf(old, WORD), partsOf(now, WORD, own.start)).flatMap(({ come: words }) =>
      words.length === 0 ? [] : [spanOf(words)],
    );
  });
}
