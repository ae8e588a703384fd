import type { Facts } from './facts.ts';

/** Longer texts hardly ever come twice. */
const COMMON = 60;
/** The engine copies texts up to this length instead of keeping the whole that they were cut from. */
const COPIED = 12;

type Plain = Record<string, unknown>;

/** A text that keeps no other text alive, the same one for the same words. */
function own(text: string, known: Map<string, string>): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const copy = text.length > COPIED ? (JSON.parse(JSON.stringify(text)) as string) : text;
  if (text.length <= COMMON) known.set(copy, copy);
  return copy;
}

/**
 * Lets go of the text that facts were read from: their strings are cut from it, and each would keep the whole of it.
 *
 * @param facts just made, and nobody else's yet: they are changed in place
 * @param known the strings of other facts, to be shared
 */
export function letGoOfText(facts: Facts, known: Map<string, string>): Facts {
  const stack: Plain[] = [facts as unknown as Plain];
  for (let plain = stack.pop(); plain; plain = stack.pop()) {
    for (const key in plain) {
      const value = plain[key];
      if (typeof value === 'string') plain[key] = own(value, known);
      else if (typeof value === 'object' && value !== null) stack.push(value as Plain);
    }
  }
  return facts;
}
