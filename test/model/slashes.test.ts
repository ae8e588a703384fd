import { relative, resolve, sep } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathFrom } from '../../src/model/slashes.ts';

describe('the path from a folder', () => {
  it.each([
    ['/top', '/top', ''],
    ['/top', '/top/a/b.md', 'a/b.md'],
    ['/top', '/top/a/', 'a'],
    ['/top', '/topper/a', '../topper/a'],
    ['/top', '/top/../a', '../a'],
    ['/top', '/top/a/../../b', '../b'],
    ['/top', '/top/a..b', 'a..b'],
    ['/', '/a', 'a'],
    ['/top/a', '/top', '..'],
  ])('%s to %s: %s', (folder, path, expected) => {
    expect(pathFrom(resolve(folder), path)).toBe(expected);
  });

  it('is what Node says, with slashes (seed 6)', () => {
    const name = fc.constantFrom('a', 'b', 'ab', '..', '.', 'a..b', ' ', 'é');
    const path = fc.array(name, { maxLength: 5 }).map((names) => resolve(sep, ...names));
    const same = fc.property(path, path, (folder, other) => {
      expect(pathFrom(folder, other)).toBe(relative(folder, other).split(sep).join('/'));
    });
    fc.assert(same, { seed: 6, numRuns: 2000 });
  });
});
