import fc from 'fast-check';
import ignore from 'ignore';
import { expect, it } from 'vitest';
import { ignorer } from '../../src/pipeline/ignorer.ts';
import type { Workspace } from '../../src/pipeline/workspace.ts';

function ignores(patterns: readonly string[], path: string, folder = '/top'): boolean {
  return ignorer({ config: { ignore: patterns, folder }, top: '/top' } as unknown as Workspace)(path);
}

it('ignores what git would, whatever the case of letters', () => {
  const patterns = ['README.md', '_*.md', 'old/', 'a?.md'];
  for (const path of ['docs/README.md', 'docs/readme.md', 'docs/_x.md', '_x.md', 'old/a.md', 'b/old/c.md', 'ab.md'])
    expect([path, ignores(patterns, path)]).toEqual([path, true]);
  for (const path of ['docs/MY_README.md', 'docs/x_y.md', 'older/a.md', 'old', 'abc.md', 'dev_ops/a.mdx'])
    expect([path, ignores(patterns, path)]).toEqual([path, false]);
});

it('patterns are those of the folder of the config', () => {
  expect(ignores(['/a.md'], 'docs/a.md', '/top/docs')).toBe(true);
  expect(ignores(['/a.md'], 'a.md', '/top/docs')).toBe(false);
});

it('asks the library wherever it could say yes', () => {
  const letters = fc.constantFrom(
    'a',
    'B',
    '_',
    '.',
    '-',
    '*',
    '?',
    '[',
    ']',
    '/',
    '!',
    '#',
    '\\',
    ' ',
    'ſ',
    'K',
    'é',
    '**',
  );
  const pattern = fc.array(letters, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const name = fc
    .array(fc.constantFrom('a', 'A', 'b', 'B', '_', '.', '-', ' ', 's', 'k', 'ſ', 'K', 'é'), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.join(''))
    .filter((text) => !/^\.+$/.test(text));
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 4 }), path, (patterns, at) => {
      expect(ignores(patterns, at)).toBe(ignore().add(patterns).ignores(at));
    }),
    { seed: 20261129, numRuns: 2000 },
  );
});
