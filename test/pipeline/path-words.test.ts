import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionNumber } from '../../src/cache/question.ts';
import { wordOfPath } from '../../src/model/path-word.ts';
import { addPathWords } from '../../src/pipeline/path-words.ts';

function numbersIn(text: string): Set<number> {
  const numbers = new Set<number>();
  addPathWords(text, numbers);
  return numbers;
}

const isFound = (path: string, text: string): boolean =>
  numbersIn(text).has(questionNumber('named', wordOfPath(path) ?? ''));

describe('the words of a path', () => {
  it.each([
    ['docs/tides.md', 'tides.md'],
    ['docs/high tides.md', 'tides.md'],
    ['LICENSE', 'license'],
    ['src/@scope', '@scope'],
    ['app/[slug]/Page.TSX', 'page.tsx'],
    ['.github', '.github'],
    ['app/[slug]', undefined],
    ['文書', undefined],
    ['a/文書.md', '.md'],
  ])('%s: %s', (path, word) => {
    expect(wordOfPath(path)).toBe(word);
  });

  it.each(['[a](Docs/TIDES.md)', '![a](tides.md#x)', '`docs/tides.md:10`', 'see tides.md', 'a [tides.md] b'])(
    'are found in %s',
    (text) => {
      expect(isFound('docs/tides.md', text)).toBe(true);
    },
  );

  it.each([
    '[a](LICENSE)',
    '[a](<license>)',
    '[a]: LICENSE',
    '[a]:\n> LICENSE',
    '`x/LICENSE`',
    '`license/`',
    '<!-- planproof: check path a>b; check path LICENSE-->',
  ])('without a full stop are found in %s', (text) => {
    expect(isFound('LICENSE', text)).toBe(true);
  });

  it.each(['The LICENSE is here.', '**LICENSE**', '(LICENSE)', ': LICENSE'])(
    'without a full stop are none in %s',
    (text) => {
      expect(isFound('LICENSE', text)).toBe(false);
    },
  );

  it('are found wherever links lead (seed 3)', () => {
    const name = fc.stringMatching(/^[ -~]{1,12}$/).filter((text) => !/[()<>\\/[\]`]/.test(text));
    const links = fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), fc.lorem(), (names, words) => {
      const path = names.join('/');
      fc.pre(wordOfPath(path) !== undefined);
      expect(isFound(path, `${words} [a](${path}) ${words}`)).toBe(true);
      expect(isFound(path, `${words}\n\n[a]:\n  <${path}>\n`)).toBe(true);
    });
    fc.assert(links, { seed: 3, numRuns: 500 });
  });
});
