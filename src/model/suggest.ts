/** What differs in two words: ids of a type share their beginning, and there may be thousands to compare with. */
function withoutCommonEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Optimal string alignment distance (insert, delete, replace, swap of neighbours), cut off above `limit`. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  const [a, b] = withoutCommonEnds(one, other);
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforeLast[j - 2] as number) + 1);
      row.push(best);
    }
    if (Math.min(...row) > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}

/**
 * The known word that was probably meant, or undefined. A third of the letters may be wrong, three at the most;
 * upper and lower case count as equal. Of equally near words the first wins.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  for (const candidate of known) {
    const found = distance(wanted, candidate.toLowerCase(), limit);
    if (found <= limit) {
      best = candidate;
      limit = found - 1;
    }
    if (limit < 0) break;
  }
  return best;
}

/** The known word that was probably meant, where no other comes as near. */
export function onlyNearest(word: string, known: readonly string[]): string | undefined {
  const others = [...new Set(known)];
  const found = nearest(word, others);
  if (found === undefined) return undefined;
  const far = (other: string): number => distance(word.toLowerCase(), other.toLowerCase(), 3);
  return others.some((other) => other !== found && far(other) <= far(found)) ? undefined : found;
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
