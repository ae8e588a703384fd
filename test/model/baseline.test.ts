import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BaselineEntry,
  baselineText,
  countOf,
  entriesOf,
  keyText,
  readBaseline,
} from '../../src/model/baseline.ts';
import { match } from '../../src/model/baseline-match.ts';
import type { Finding } from '../../src/model/finding.ts';

const SEED = 12;

/** A finding, as far as a baseline looks at it. */
const finding: fc.Arbitrary<Finding> = fc
  .record({
    file: fc.constantFrom('a/board.json', 'b.md'),
    id: fc.constantFrom(null, 'PLAN-001', 'PLAN-002'),
    rule: fc.constantFrom('placeholder', 'relation-exists'),
    subject: fc.oneof(fc.constantFrom('', 'TBD', 'related_docs ADR-1'), fc.string({ unit: 'grapheme', maxLength: 6 })),
    line: fc.nat(),
  })
  .map((some) => ({
    ...some,
    column: 1,
    endLine: some.line,
    endColumn: 1,
    severity: 'error',
    message: '',
    help: undefined,
    fix: null,
    cause: null,
  }));

const findings = fc.array(finding, { maxLength: 30 });
const same = (entry: BaselineEntry): BaselineEntry => entry;

describe('a baseline', () => {
  it('is the same text whatever the order and the lines of the findings, and reads back as what was written', async () => {
    await fc.assert(
      fc.asyncProperty(findings, async (some) => {
        const entries = entriesOf(some);
        const text = baselineText(entries);
        expect(baselineText(entriesOf(some.toReversed().map((one) => ({ ...one, line: one.line + 1 }))))).toBe(text);
        const read = await readBaseline('x', text);
        expect(read.entries).toEqual(entries);
        expect(countOf(read.entries)).toBe(some.length);
        // One entry a line, at its place.
        for (const at of entries.keys()) expect(read.placeOf(at)).toMatchObject({ line: at + 4, endLine: at + 4 });
        expect(text.trimEnd().split('\n')).toHaveLength(entries.length === 0 ? 4 : entries.length + 5);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('holds exactly as many findings of a key as it counts', () => {
    fc.assert(
      fc.property(findings, findings, (then, now) => {
        const entries = entriesOf(then);
        const wanted = now.map((one) => ({ key: entriesOf([one])[0] as BaselineEntry, count: 1 }));
        const { missing, left } = match(wanted, entries, same);
        const times = (key: string, of: readonly Finding[]): number =>
          of.filter((one) => keyText(entriesOf([one])[0] as BaselineEntry) === key).length;
        for (const [at, entry] of entries.entries())
          expect(left[at]).toBe(Math.max(0, entry.count - times(keyText(entry), now)));
        for (const { key } of wanted) {
          const fresh = wanted.filter((one, at) => keyText(one.key) === keyText(key) && missing[at] === 1);
          expect(fresh).toHaveLength(Math.max(0, times(keyText(key), now) - times(keyText(key), then)));
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('gives an entry to its own document before it follows one that had its id', () => {
    const entry = (document: string, count = 1): BaselineEntry => ({ document, rule: 'r', subject: 's', count });
    const follow = (one: BaselineEntry): BaselineEntry => ({
      ...one,
      document: one.document === 'A' ? 'B' : one.document,
    });
    const wanted = [entry('B'), entry('A')].map((key) => ({ key, count: 1 }));
    expect(match(wanted, [entry('A')], follow)).toEqual({ missing: [1, 0], left: [0] });
    expect(match(wanted, [entry('A', 2)], follow)).toEqual({ missing: [0, 0], left: [0] });
    expect(match([{ key: entry('B'), count: 5 }], [entry('A', 2), entry('B')], follow)).toEqual({
      missing: [2],
      left: [0, 0],
    });
  });
});
