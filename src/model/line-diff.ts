/** Lines that one text has where another has others: [start, end) in each, counted from 0. */
export interface LineChange {
  readonly from: readonly [start: number, end: number];
  readonly to: readonly [start: number, end: number];
}

/** Where lines between two anchors would take more comparisons, they count as one change. */
const MAX_COMPARISONS = 4_000_000;

interface Span {
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

type Pair = readonly [a: number, b: number];

/** Lines that occur once in each span, in the order that both have: the longest such row. */
function anchors(before: readonly string[], after: readonly string[], { a, b }: Span): Pair[] {
  const [own, others] = [linesOnce(before, a), linesOnce(after, b)];
  const unique = [...own].flatMap(([line, at]): Pair[] => {
    const other = others.get(line);
    return at === undefined || other === undefined ? [] : [[at, other]];
  });
  return longestRising(unique);
}

/** Where the lines of a span stand that occur once in it, in their order; the others have no place. */
function linesOnce(lines: readonly string[], [start, end]: readonly [number, number]): Map<string, number | undefined> {
  const places = new Map<string, number | undefined>();
  for (let at = start; at < end; at += 1) {
    const line = lines[at] as string;
    places.set(line, places.has(line) ? undefined : at);
  }
  return places;
}

/** The longest part of a row of pairs in which the second numbers rise. */
function longestRising(pairs: readonly Pair[]): Pair[] {
  const tops: number[] = [];
  const before = new Array<number>(pairs.length).fill(-1);
  for (const [index, [, b]] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] as number] as Pair)[1] < b) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tops[low - 1] as number);
    tops[low] = index;
  }
  const row: Pair[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] as number) row.push(pairs[at] as Pair);
  return row.reverse();
}

/** The longest row of equal lines that two spans have in common, by comparing each with each; none where they are long. */
function longestCommon(before: readonly string[], after: readonly string[], { a, b }: Span): Pair[] {
  const [n, m] = [a[1] - a[0], b[1] - b[0]];
  if (n * m > MAX_COMPARISONS) return [];
  const width = m + 1;
  const lengths = new Uint32Array((n + 1) * width);
  const length = (x: number, y: number): number => lengths[x * width + y] as number;
  const equal = (x: number, y: number): boolean => before[a[0] + x] === after[b[0] + y];
  for (let x = n - 1; x >= 0; x -= 1)
    for (let y = m - 1; y >= 0; y -= 1)
      lengths[x * width + y] = equal(x, y) ? length(x + 1, y + 1) + 1 : Math.max(length(x + 1, y), length(x, y + 1));
  const pairs: Pair[] = [];
  for (let x = 0, y = 0; x < n && y < m; ) {
    if (equal(x, y)) pairs.push([a[0] + x++, b[0] + y++]);
    else if (length(x + 1, y) >= length(x, y + 1)) x += 1;
    else y += 1;
  }
  return pairs;
}

/** The lines that two spans begin and end with alike, and the spans between. */
function ends(before: readonly string[], after: readonly string[], { a, b }: Span): { pairs: Pair[]; rest: Span } {
  const pairs: Pair[] = [];
  let [[startA, endA], [startB, endB]] = [a, b];
  while (startA < endA && startB < endB && before[startA] === after[startB]) pairs.push([startA++, startB++]);
  while (startA < endA && startB < endB && before[endA - 1] === after[endB - 1]) pairs.push([--endA, --endB]);
  return { pairs, rest: { a: [startA, endA], b: [startB, endB] } };
}

/** The spans between anchors. */
function between(fixed: readonly Pair[], { a, b }: Span): Span[] {
  const borders: Pair[] = [[a[0], b[0]], ...fixed, [a[1], b[1]]];
  return borders.slice(1).map(([toA, toB], index) => {
    const [fromA, fromB] = borders[index] as Pair;
    return { a: [fromA, toA], b: [fromB, toB] };
  });
}

/** The pairs of equal lines: those at both ends, then those between lines that occur once, then all that remain. */
function equalLines(before: readonly string[], after: readonly string[]): Pair[] {
  const found: Pair[] = [];
  const open: Span[] = [{ a: [0, before.length], b: [0, after.length] }];
  for (let span = open.pop(); span; span = open.pop()) {
    const { pairs, rest } = ends(before, after, span);
    // One by one: a call takes no more than some hundred thousand arguments.
    for (const pair of pairs) found.push(pair);
    if (rest.a[0] === rest.a[1] || rest.b[0] === rest.b[1]) continue;
    const fixed = anchors(before, after, rest);
    for (const part of fixed.length > 0 ? between(fixed, rest) : []) open.push(part);
    if (fixed.length === 0) found.push(...longestCommon(before, after, rest));
  }
  return found.sort((one, other) => one[0] - other[0]);
}

/** What turns some lines into others, in their order. */
export function lineChanges(before: readonly string[], after: readonly string[]): LineChange[] {
  const changes: LineChange[] = [];
  let [a, b] = [0, 0];
  for (const [nextA, nextB] of [...equalLines(before, after), [before.length, after.length] as Pair]) {
    if (nextA > a || nextB > b) changes.push({ from: [a, nextA], to: [b, nextB] });
    [a, b] = [nextA + 1, nextB + 1];
  }
  return changes;
}
