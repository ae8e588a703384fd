import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { insertYaml } from '../../src/setup/yaml-insert.ts';

describe('a value put into YAML', () => {
  it.each([
    ['', 'a:\n  b:\n    k: 1\n'],
    ['# only this\n', '# only this\n\na:\n  b:\n    k: 1\n'],
    ['x: 1\n', 'x: 1\na:\n  b:\n    k: 1\n'],
    ['x: 1\n\ny: 2\n', 'x: 1\n\ny: 2\n\na:\n  b:\n    k: 1\n'],
    ['a:\n    b:\n        c: 1 # one\nx: 1', 'a:\n    b:\n        c: 1 # one\n        k: 1\nx: 1'],
    ['a:\r\n  z: 1\r\n', 'a:\r\n  z: 1\r\n  b:\r\n    k: 1\r\n'],
    ['a: {b: {c: 1}}\n', 'a: { b: { c: 1, k: 1 } }\n'],
    ['a:\n  b:\n    c: |\n      text\n\n# end\n', 'a:\n  b:\n    c: |\n      text\n    k: 1\n\n# end\n'],
    ['a:\n  b:\n    c: !ref [x]\n', 'a:\n  b:\n    c: !ref [x]\n    k: 1\n'],
  ])('%j becomes %j', (text, expected) => expect(insertYaml(text, { path: ['a', 'b'], key: 'k' }, 1)).toBe(expected));

  it.each([
    ['a:\n- 1\n- 2 # two\n', 'a:\n- 1\n- 2 # two\n- k: 1\n  l: 2\n'],
    ['a:\n  - 1\nb: 1\n', 'a:\n  - 1\n  - k: 1\n    l: 2\nb: 1\n'],
    ['a: []\n', 'a: [ { k: 1, l: 2 } ]\n'],
    ['b: 1\n', 'b: 1\na:\n  - k: 1\n    l: 2\n'],
  ])('in a list: %j becomes %j', (text, expected) =>
    expect(insertYaml(text, { path: ['a'] }, { k: 1, l: 2 })).toBe(expected),
  );

  it.each([
    ['a key without a value, whose comment would get lost', 'a:\n  b: # nothing yet\nx: 1\n'],
    ['a key that stands twice', 'x: 1\nx: 2\n'],
    ['broken YAML', 'a: [\n'],
    ['two documents', 'a: 1\n---\nb: 1\n'],
    ['a key that is taken', 'a:\n  b:\n    k: 2\n'],
    ['a text where a mapping should be', 'a: text\n'],
    ['a list where a mapping should be', 'a:\n  - b\n'],
    ['deep nesting', `a: ${'['.repeat(100)}${']'.repeat(100)}\n`],
    [
      'an alias bomb',
      `x: &x [1]\n${Array.from({ length: 9 }, (_, i) => `y${i}: &y${i} [${Array(9).fill(i === 0 ? '*x' : `*y${i - 1}`)}]`).join('\n')}\n`,
    ],
  ])('is refused for %s', (_, text) => expect(insertYaml(text, { path: ['a', 'b'], key: 'k' }, 1)).toBeUndefined());

  it('leaves every line of a file in blocks as it was', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant('two\nlines\n'));
    const inner = fc.dictionary(word, leaf, { minKeys: 1, maxKeys: 4 });
    const data = fc.dictionary(word, fc.oneof(leaf, inner, fc.array(leaf, { minLength: 1, maxLength: 3 })), {
      minKeys: 1,
      maxKeys: 5,
    });
    fc.assert(
      fc.property(data, fc.integer({ min: 1, max: 4 }), fc.boolean(), (content, indent, hasComments) => {
        const plain = stringify(content, { indent });
        const text = hasComments ? `# head\n${plain.replace(/^(\w+):$/gm, '$1: # why')}# end\n` : plain;
        const changed = insertYaml(text, { path: ['NEW', 'X'], key: 'K' }, { run: 'v' });
        expect(parse(changed as string)).toEqual({ ...parse(text), NEW: { X: { K: { run: 'v' } } } });
        const left = (changed as string).split('\n');
        for (const line of text.split('\n')) {
          const at = left.indexOf(line);
          expect(at, `${JSON.stringify(line)} in ${JSON.stringify(changed)}`).not.toBe(-1);
          left.splice(0, at + 1);
        }
      }),
      { seed: 20260131, numRuns: 300 },
    );
  });
});
