/**
 * The next free numbers, in their order: from one more than the greatest that is taken. Gaps stay, since what was deleted may
 * still be referred to.
 */
export function nextNumbers(taken: ReadonlySet<bigint>, count: number): string[] {
  let last = 0n;
  for (const number of taken) if (number > last) last = number;
  return Array.from({ length: count }, (_, at) => String(last + BigInt(at) + 1n));
}

/** The next free number. */
export function nextNumber(taken: ReadonlySet<bigint>): string {
  return nextNumbers(taken, 1)[0] as string;
}
