import { describe, expect, it } from 'vitest';
import { linkedBy } from '../../src/sources/source.ts';

describe('linkedBy', () => {
  const isLinked = linkedBy((path) => path === 'docs/latest');

  it.each(['docs/latest', 'docs/latest/', 'docs/latest/a/b.md', './docs/../docs/latest/a.md'])(
    'is behind: %s',
    (path) => {
      expect(isLinked(path)).toBe(true);
    },
  );

  it.each(['docs', 'docs/latest.md', 'a/docs/latest', '.', '', '..', '../docs/latest', '/', '/docs/latest', '//docs'])(
    'is not: %j',
    (path) => {
      expect(isLinked(path)).toBe(false);
    },
  );
});
