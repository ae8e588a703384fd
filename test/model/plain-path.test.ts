import { posix } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joined, normalized, plainPath } from '../../src/model/plain-path.ts';

const name = fc.constantFrom('a', 'docs', 'PLAN-1.md', '..b', 'c..', '...', '.d');
const piece = fc.oneof(name, fc.constantFrom('', '.', '..', '../..'));
const path = fc
  .tuple(fc.array(piece, { maxLength: 6 }), fc.constantFrom('', '/'))
  .map(([pieces, end]) => pieces.join('/') + end);
const folder = fc
  .tuple(fc.array(fc.constant('..'), { maxLength: 2 }), fc.array(name, { maxLength: 4 }))
  .map(([up, names]) => [...up, ...names].map((one) => `${one}/`).join(''));

describe('the one form of a path', () => {
  it('is that of Node, with and without a folder in front (seed 7)', () => {
    fc.assert(
      fc.property(folder, path, (from, written) => {
        expect(normalized(written)).toBe(posix.normalize(written));
        expect(joined(from, written)).toBe(posix.normalize(from + written));
      }),
      { seed: 7, numRuns: 5000 },
    );
  });

  it.each([
    ['docs/plans/', '../adrs/ADR-1.md', 'docs/adrs/ADR-1.md'],
    ['docs/plans/', '../../README.md', 'README.md'],
    ['docs/', '../../out.md', '../out.md'],
    ['docs/', '../', './'],
    ['docs/', '..//x', 'x'],
    ['', '', '.'],
  ])('%j and %j are %j', (from, written, expected) => {
    expect(joined(from, written)).toBe(expected);
  });

  it('has no slash at the end where files are looked up', () => {
    expect(plainPath('docs/./plans/')).toBe('docs/plans');
    expect(plainPath('/')).toBe('/');
  });
});
