import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineTable } from '../../src/model/place.ts';
import { BARE_BOX_SIGN, GLUED_BOX_SIGN, PLACEHOLDER_SIGN } from '../../src/model/signs.ts';

/** Texts that are near to having what is looked for. */
function nearly(parts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...parts, 'a', 'ü', ' ', '\t', '\n', '\r\n'), { maxLength: 12 })
    .map((all) => all.join(''));
}

describe('signs of what is rare', () => {
  it.each([
    ['a glued box', GLUED_BOX_SIGN, /[-*+]\[[ xX]?\]/, nearly(['-', '*', '+', '[', ']', 'x', 'X', '-[ ]', '1.'])],
    ['a bare box', BARE_BOX_SIGN, /\[[ \txX]\][ \t]*[\r\n]/, nearly(['[', ']', 'x', 'X', '[ ]', '[x]', '[\t]', '-'])],
    ['a placeholder', PLACEHOLDER_SIGN, /\{\{|XXX|TBD/, nearly(['{', '}', 'X', 'XX', 'T', 'B', 'D', 'TB'])],
  ])('overlook no %s (seed 7)', (_, sign, pattern, texts) => {
    fc.assert(
      fc.property(texts, (text) => !pattern.test(text) || sign.test(text)),
      { seed: 7, numRuns: 3000 },
    );
  });

  it.each([
    ['-a[ ]', GLUED_BOX_SIGN],
    ['[ ] [x](-[a', GLUED_BOX_SIGN],
    ['*[words](address)*', GLUED_BOX_SIGN],
    ['- [ ] words\n- [x] words', BARE_BOX_SIGN],
    ['- [ ]', BARE_BOX_SIGN],
    ['[words]\n', BARE_BOX_SIGN],
    ['{ { XX TB', PLACEHOLDER_SIGN],
  ])('are not in %j', (text, sign) => expect(sign.test(text)).toBe(false));
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
