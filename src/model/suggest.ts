import { remembering } from './remember.ts';

/** How many letters two words have in common at their beginning, as far as both go. */
function commonStart(a: string, b: string): number {
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  return start;
}

/** How many letters two words have in common at their end, behind a common start. */
function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let end = 0;
  while (end < most && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end += 1;
  return end;
}

/** Optimal string alignment distance (insert, delete, replace, swap of neighbours), cut off above `limit`. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  // Ids of a type share their beginning, and there may be thousands to compare with.
  const start = commonStart(one, other);
  const end = commonEnd(one, other, start);
  const most = Math.max(one.length, other.length) - start - end;
  // What is left of one may replace what is left of the other: no more is needed, and one letter alone is no swap.
  if (most <= 1 || start + end === Math.min(one.length, other.length)) return most;
  // A single change is of one letter, or swaps two.
  if (limit === 1 && most > 2) return 2;
  const [rest, otherRest] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return lacks(otherRest, rest, limit) ? limit + 1 : aligned(rest, otherRest, limit);
}

/** Whether a word lacks more letters of another than a limit: each would have to be deleted or replaced. */
function lacks(word: string, other: string, limit: number): boolean {
  let lacking = 0;
  for (let at = 0; at < other.length && lacking <= limit; at += 1) if (!word.includes(other.charAt(at))) lacking += 1;
  return lacking > limit;
}

function aligned(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] as number) + 1);
      row.push(best);
      if (best < least) least = best;
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}

/** There may be the ids of all documents, of which many a finding asks. */
const lowerCase = remembering((words: readonly string[]): readonly string[] => words.map((word) => word.toLowerCase()));

/** Where the nearest of some words stands, all in lower case; -1 where none comes near. A finding and its fix ask the same. */
const nearestAt = remembering((folded: readonly string[], wanted: string): number => {
  const same = folded.indexOf(wanted);
  if (same >= 0) return same;
  let best = -1;
  let limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  for (let at = 0; at < folded.length && limit > 0; at += 1) {
    const found = distance(wanted, folded[at] as string, limit);
    if (found > limit) continue;
    best = at;
    limit = found - 1;
  }
  return best;
});

/**
 * The known word that was probably meant, or undefined. A third of the letters may be wrong, three at the most;
 * upper and lower case count as equal. Of equally near words the first wins.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const words = Array.isArray(known) ? (known as readonly string[]) : [...known];
  return words[nearestAt(lowerCase(words), word.toLowerCase())];
}

/** The known word that was probably meant, where no other comes as near. */
export function onlyNearest(word: string, known: readonly string[]): string | undefined {
  const found = nearest(word, known);
  if (found === undefined) return undefined;
  const wanted = word.toLowerCase();
  const least = distance(wanted, found.toLowerCase(), 3);
  const folded = lowerCase(known);
  return known.some((other, at) => other !== found && distance(wanted, folded[at] as string, least) <= least)
    ? undefined
    : found;
}

/** ": did you mean `x`?" or nothing, to end a message with. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = nearest(word, known);
  return found === undefined ? '' : `: did you mean \`${found}\`?`;
}

/** "`a`, `b` or `c`". */
export function oneOf(words: readonly string[], quote = '`'): string {
  const quoted = words.map((word) => `${quote}${word}${quote}`);
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
