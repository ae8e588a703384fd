/*
 * What tells fast where a text may have something. Looking for one character or word is left to the engine, which goes
 * through a text eight times as fast as by a pattern.
 */

/**
 * Where a text may have something, from an offset on; -1 where it has it nowhere behind. It looks no further: who asks again and
 * again, each time behind the last place, goes through the text once.
 */
export type Sign = (text: string, from: number) => number;

const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE, OPENING, CLOSING] = [9, 10, 13, 32, 91, 93];
const BULLETS = '-*+';
const NUMBER = /[-\u2010\u2011][0-9]/g;

function isGlued(text: string, opening: number): boolean {
  if (opening === 0 || !BULLETS.includes(text.charAt(opening - 1))) return false;
  return text.charCodeAt(opening + 1) === CLOSING || text.charCodeAt(opening + 2) === CLOSING;
}

function isLast(text: string, closing: number): boolean {
  let at = closing + 1;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at += 1;
  return text.charCodeAt(at) === LINE_FEED || text.charCodeAt(at) === CARRIAGE_RETURN;
}

/** A hyphen before a digit: every id ends with it. */
export const nextNumber: Sign = (text, from) => {
  NUMBER.lastIndex = from;
  return NUMBER.exec(text)?.index ?? -1;
};

/** A bullet with a box that lacks the space between them: `-[ ]`, `*[x]`, `+[]`. */
export const nextGluedBox: Sign = (text, from) => {
  let opening = text.indexOf('[', from + 1);
  while (opening >= 0 && !isGlued(text, opening)) opening = text.indexOf('[', opening + 1);
  return opening < 0 ? -1 : opening - 1;
};

/** Whether a text may have a box with nothing behind it in its line. */
export function mayHaveBareBox(text: string): boolean {
  for (let at = text.indexOf(']'); at >= 0; at = text.indexOf(']', at + 1))
    if (text.charCodeAt(at - 2) === OPENING && isLast(text, at)) return true;
  return false;
}

/** Tells which parts of a text may have something, and goes through it once: parts are asked about in their order. */
export class Lookout {
  readonly #text: string;
  readonly #sign: Sign;
  /** Nothing is between these. */
  #from = 0;
  #next = -1;

  constructor(text: string, sign: Sign) {
    this.#text = text;
    this.#sign = sign;
  }

  /** Whether something may begin in [start, end): out of order, it may. */
  isIn(start: number, end: number): boolean {
    if (start < this.#from) return true;
    if (start > this.#next) {
      const next = this.#sign(this.#text, start);
      this.#from = start;
      this.#next = next < 0 ? Number.POSITIVE_INFINITY : next;
    }
    return this.#next < end;
  }
}
