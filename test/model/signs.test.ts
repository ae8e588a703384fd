import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineTable } from '../../src/model/place.ts';
import { mayHavePlaceholder } from '../../src/model/placeholder.ts';
import { Lookout, mayHaveBareBox, nextGluedBox, nextNumber } from '../../src/model/signs.ts';

/** Texts that are near to having what is looked for. */
function nearly(parts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...parts, 'a', 'ü', ' ', '\t', '\n', '\r\n'), { maxLength: 12 })
    .map((all) => all.join(''));
}

describe('signs of what is rare', () => {
  it.each([
    ['number', nextNumber, /[-\u2010\u2011][0-9]/, nearly(['-', '1', 'A-1', '\u2010', '\u2011', '٣'])],
    ['glued box', nextGluedBox, /[-*+]\[[ xX]?\]/, nearly(['-', '*', '+', '[', ']', 'x', 'X', '-[ ]', '1.'])],
  ])('overlook no %s, wherever one looks from (seed 7)', (_, sign, pattern, texts) => {
    const overlooksNone = fc.property(texts, fc.nat(12), (text, from) => {
      const found = text.slice(from).search(pattern);
      const next = sign(text, from);
      return found < 0 || (next >= from && next <= from + found);
    });
    fc.assert(overlooksNone, { seed: 7, numRuns: 3000 });
  });

  it('overlook no bare box and no placeholder in a text (seed 8)', () => {
    const texts = nearly(['[', ']', 'x', 'X', '[ ]', '[x]', '[\t]', '-', 'XX', 'TB', 'D', '{']);
    const overlooksNone = fc.property(texts, (text) => {
      const bareBox = !/\[[ \txX]\][ \t]*[\r\n]/.test(text) || mayHaveBareBox(text);
      return bareBox && mayHavePlaceholder(text) === /\{\{|XXX|TBD/.test(text);
    });
    fc.assert(overlooksNone, { seed: 8, numRuns: 3000 });
  });

  it.each([
    ['-a 1- -', nextNumber],
    ['-a[ ]', nextGluedBox],
    ['[ ] [x](-[a', nextGluedBox],
    ['*[words](address)*', nextGluedBox],
  ])('are not in %j', (text, sign) => expect(sign(text, 0)).toBe(-1));

  it('tells no placeholder of what is nearly one', () => {
    expect(mayHavePlaceholder('{ { XX TB')).toBe(false);
  });

  it.each(['- [ ] words\n- [x] words', '- [ ]', '[words]\n'])('%j has no bare box', (text) => {
    expect(mayHaveBareBox(text)).toBe(false);
  });
});

describe('a lookout', () => {
  it('tells what each part may have, in their order and out of it (seed 9)', () => {
    const part = fc.tuple(fc.nat(12), fc.nat(4));
    const overlooksNone = fc.property(nearly(['-', '-1', '1']), fc.array(part), (text, parts) => {
      const lookout = new Lookout(text, nextNumber);
      return parts.every(([start, length]) => {
        const has = /-[0-9]/.test(text.slice(start, start + length));
        return !has || lookout.isIn(start, start + length);
      });
    });
    fc.assert(overlooksNone, { seed: 9, numRuns: 3000 });
  });

  it('goes through a text once, and rules parts out', () => {
    const looks: number[] = [];
    const text = `${'words '.repeat(9)}TBD${' words'.repeat(9)}`;
    const lookout = new Lookout(text, (all, from) => {
      looks.push(from);
      return all.indexOf('TBD', from);
    });
    const parts = Array.from({ length: 20 }, (_, nth) => [nth * 5, nth * 5 + 5] as const);
    const answers = parts.map(([start, end]) => lookout.isIn(start, end));
    expect(answers.flatMap((answer, nth) => (answer ? [nth] : []))).toEqual([10]);
    expect(looks).toEqual([0, 55]);
    expect(lookout.isIn(0, 5)).toBe(true);
  });
});

describe('lines that are long', () => {
  it.each([
    ['', 1, 0, []],
    ['ab', 2, 0, [0]],
    ['ab', 3, 0, []],
    ['abc\na\nabcd\r\nabc', 3, 0, [0, 6, 12]],
    ['abc\na\nabcd\r\nabc', 3, 1, [6, 12]],
    ['a\n\nabc\r', 4, 0, [3]],
  ])('of %j, from %i characters with their ends on', (text, length, from, starts) => {
    expect(new LineTable(text).longLines(length, from)).toEqual(starts);
  });
});
