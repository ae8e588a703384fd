import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentTypes } from '../../src/model/document-type.ts';
import { foldId } from '../../src/model/id.ts';
import { IdFinder } from '../../src/model/id-finder.ts';

/** The first type that owns a prefix has it. */
const FORMATS = [
  { prefix: 'PLAN', aliases: ['PLN', 'P2'], digits: 3 },
  { prefix: 'MY-PLAN', aliases: ['TASK'], digits: 3 },
  { prefix: 'ADR', aliases: ['PLAN'], digits: 3 },
];
const OWNERS: Readonly<Record<string, string>> = {
  PLAN: 'PLAN',
  PLN: 'PLAN',
  P2: 'PLAN',
  'MY-PLAN': 'MY-PLAN',
  TASK: 'MY-PLAN',
  ADR: 'ADR',
};
const TYPES = new Map(FORMATS.map((id, nth) => [String(nth), { id }])) as unknown as DocumentTypes;

const keysIn = (text: string): string[] => [...new IdFinder(TYPES).keysIn(text)].sort();

/** The same by one search with all the prefixes. */
function keysByPattern(text: string): string[] {
  const prefixes = Object.keys(OWNERS).sort((a, b) => b.length - a.length);
  const found = foldId(text).matchAll(new RegExp(`(${prefixes.join('|')})-0*([0-9]+)`, 'g'));
  return [...new Set([...found].map(([, prefix = '', number]) => `${OWNERS[prefix]}-${number}`))].sort();
}

describe('ids in a text', () => {
  it.each([
    ['See PLAN-012 and adr-7.', ['ADR-7', 'PLAN-12']],
    ['MY-PLAN-1', ['MY-PLAN-1']],
    ['TASK-000', ['MY-PLAN-0']],
    ['xpln-4-and-more', ['PLAN-4']],
    ['p2-9', ['PLAN-9']],
    ['ＰＬＡＮ‑５', ['PLAN-5']],
    ['PLAN-', []],
    ['-5', []],
    ['PLAN -5', []],
    ['2026-11-30', []],
    ['', []],
  ])('%s: %j', (text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });

  it('are none where no type has ids', () => {
    expect([...new IdFinder(new Map()).keysIn('PLAN-1')]).toEqual([]);
  });

  it('are those that a search for each prefix finds (seed 9)', () => {
    const piece = fc.constantFrom(...'-|0|00|12|7|PLAN|plan|Pln|MY-|P2|TASK|ADR|é|‑| |x|ſ|ﬁ|𝟙|\u212a|\n'.split('|'));
    const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const same = fc.property(texts, (text) => {
      expect(keysIn(text)).toEqual(keysByPattern(text));
    });
    fc.assert(same, { seed: 9, numRuns: 3000 });
  });
});
