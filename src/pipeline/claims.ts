import type { FixPlan, FixStep } from '../model/fix.ts';
import { entryAt } from '../model/frontmatter.ts';
import type { JsonChange } from '../model/json-edit.ts';
import { escapePointer } from '../model/json-pointer.ts';
import type { Place } from '../model/place.ts';
import type { Texts } from './texts.ts';

interface Range {
  readonly path: string;
  /** Offsets in the text; the end is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Something that one fix needs for itself, or that several may share. */
interface Thing {
  readonly name: string;
  readonly isShared: boolean;
}

interface Needs {
  readonly ranges: Range[];
  readonly things: Thing[];
}

const shared = (...name: readonly unknown[]): Thing => ({ name: JSON.stringify(name), isShared: true });
const alone = (...name: readonly unknown[]): Thing => ({ name: JSON.stringify(name), isShared: false });

function rangeAt(path: string, place: Place, texts: Texts): Range[] {
  const lines = texts.textOf(path)?.lines;
  if (!lines) return [];
  const start = lines.offset(place.line, place.column);
  return [{ path, start, end: lines.offset(place.endLine, place.endColumn) }];
}

function entryRange(path: string, pointer: string, texts: Texts): Range[] {
  const entry = entryAt(texts.index.at(path)?.frontmatter, pointer);
  return entry ? rangeAt(path, entry.value, texts) : [];
}

/** A value and all that it lies in: others may change beside it, none above or below it. */
function boardThings(board: string, { path, value, insert }: JsonChange): Thing[] {
  const isOrder = insert === true || (value === undefined && typeof path.at(-1) === 'number');
  const place = isOrder ? path.slice(0, -1) : path;
  const above = place.map((_, depth) => shared(board, ...place.slice(0, depth)));
  if (insert && path.at(-1) === -1) return [...above, shared(board, ...place), alone('insert', board, path, value)];
  return [...above, alone(board, ...place)];
}

function needsOf(step: FixStep, file: string, texts: Texts): Needs {
  switch (step.kind) {
    case 'replace':
      return { ranges: rangeAt(file, step.place, texts), things: [] };
    case 'set-value': {
      const path = step.path ?? file;
      return {
        ranges: entryRange(path, `/${escapePointer(step.key)}`, texts),
        things: [alone('key', path, step.key)],
      };
    }
    case 'add-to-list': {
      const path = step.path ?? file;
      return { ranges: [], things: [shared('key', path, step.key), alone('add', path, step.key, step.value)] };
    }
    case 'remove-from-list': {
      const pointer = `/${escapePointer(step.key)}/${step.at}`;
      return {
        ranges: entryRange(file, pointer, texts),
        things: [shared('key', file, step.key), alone('remove', file, step.key, step.at)],
      };
    }
    case 'change-board':
      return { ranges: [], things: boardThings(step.path, step.change) };
    case 'move':
      return { ranges: [], things: [alone('move', file), alone('to', step.to)] };
  }
}

/** What the fixes chosen so far need for themselves. */
export class Claims {
  readonly #texts: Texts;
  /** By path, in order of their start; none touch. */
  readonly #ranges = new Map<string, Range[]>();
  readonly #things = new Map<string, boolean>();

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** The index of the first claimed range that does not end in front of an offset. */
  #firstBehind(ranges: readonly Range[], offset: number): number {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle] as Range).end < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isFree(range: Range): boolean {
    const ranges = this.#ranges.get(range.path) ?? [];
    const next = ranges[this.#firstBehind(ranges, range.start)];
    return next === undefined || next.start > range.end;
  }

  /** Takes a place of a document. @returns whether it was free: nothing chosen touches it */
  takePlace(path: string, place: Place): boolean {
    const ranges = rangeAt(path, place, this.#texts);
    return this.#take({ ranges, things: [] });
  }

  /** Takes all that a plan needs, or nothing. @returns whether it was free */
  take({ steps }: FixPlan, file: string): boolean {
    const needs = steps.map((step) => needsOf(step, file, this.#texts));
    return this.#take({ ranges: needs.flatMap((one) => one.ranges), things: needs.flatMap((one) => one.things) });
  }

  #take({ ranges, things }: Needs): boolean {
    const isTaken = ({ name, isShared }: Thing): boolean => {
      const before = this.#things.get(name);
      return before !== undefined && !(before && isShared);
    };
    if (things.some(isTaken) || !ranges.every((range) => this.#isFree(range))) return false;
    for (const { name, isShared } of things) this.#things.set(name, isShared);
    for (const range of ranges) {
      const own = this.#ranges.get(range.path) ?? [];
      own.splice(this.#firstBehind(own, range.start), 0, range);
      this.#ranges.set(range.path, own);
    }
    return true;
  }
}
