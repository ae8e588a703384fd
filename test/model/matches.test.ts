import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idPattern } from '../../src/model/id.ts';
import { matchesOf } from '../../src/model/matches.ts';
import { COMMENT } from '../../src/model/node-text.ts';
import { placeholderPattern } from '../../src/model/placeholder.ts';

const SIGNS = ['<!--', '-->', '-', 'ADR', '1', '٣', 'é', ' ', '\n', '{{', '}}', 'TBD', '.'];

it('gives what matchAll gives, whatever text came before (seed 31)', () => {
  const text = fc.array(fc.constantFrom(...SIGNS), { maxLength: 40 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(text, text, (one, other) => {
      for (const pattern of [COMMENT, idPattern(one), placeholderPattern()]) {
        matchesOf(pattern, other);
        expect(matchesOf(pattern, one)).toEqual([...one.matchAll(pattern)]);
      }
    }),
    { seed: 31, numRuns: 500 },
  );
});
