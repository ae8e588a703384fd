import { execFileSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChanges } from '../../src/model/line-diff.ts';
import { SourceText } from '../../src/model/source-text.ts';
import { created, edited, type FileChange, moved } from '../../src/writing/change.ts';
import { unifiedDiff } from '../../src/writing/unified-diff.ts';
import { environment, Repository } from '../helpers/repository.ts';

const SEED = 20260630;

const replaced = (path: string, before: string, after: string): FileChange => ({
  path,
  before: Buffer.from(before),
  after: Buffer.from(after),
});

/** Applies a diff with git, in a repository that holds what was before. */
function apply(changes: readonly FileChange[]): Repository {
  const before = changes.flatMap(({ path, before }) => (before === undefined ? [] : [[path, before] as const]));
  const repository = new Repository(Object.fromEntries(before));
  const options = { cwd: repository.folder, env: environment(), input: unifiedDiff(changes) };
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], options);
  return repository;
}

function expectApplied(changes: readonly FileChange[]): void {
  const repository = apply(changes);
  for (const { path, after } of changes) {
    expect(repository.has(path), path).toBe(after !== undefined);
    if (after !== undefined) expect(repository.read(path)).toBe(Buffer.from(after).toString());
  }
}

describe('the unified diff', () => {
  it('shows what git shows', () => {
    const before = `${Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n')}\n`;
    const after = before.replace('line 4\n', 'line four\n').replace('line 25\n', '').concat('end');
    const repository = new Repository({ 'a b.md': before, 'c.md': 'same\nold\n' });
    repository.git('add', '-A');
    repository.write({ 'a b.md': after });
    repository.git('mv', 'c.md', 'd.md');
    repository.write({ 'd.md': 'same\nnew\n', 'new.md': 'x\n' });
    repository.git('add', '-N', '.');
    const shown = repository
      .git('diff', '--no-renames')
      .replace(/^index .*\n/gm, '')
      .replace(/(?<=^@@ .* @@) .*/gm, '');
    const own = unifiedDiff([
      replaced('a b.md', before, after),
      { path: 'c.md', before: Buffer.from('same\nold\n'), after: undefined },
      created('new.md', 'x\n'),
    ]);
    expect(own.split('diff --git')[1]).toBe(shown.split('diff --git')[1]);
    expect(shown).toContain(own.split('diff --git a/new.md')[1]);
  });

  it('shows a move as git does, with and without other text', () => {
    const text = Buffer.from('a\nb\nc\n');
    expect(unifiedDiff(moved('x/a.md', 'y/b.md', text))).toBe(
      'diff --git a/x/a.md b/y/b.md\nsimilarity index 100%\nrename from x/a.md\nrename to y/b.md\n',
    );
    expect(unifiedDiff(moved('a.md', 'b.md', text, Buffer.from('a\nB\nc\n')))).toBe(
      'diff --git a/a.md b/b.md\nsimilarity index 66%\nrename from a.md\nrename to b.md\n--- a/a.md\n+++ b/b.md\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n',
    );
  });

  it('is empty where nothing changes', () => {
    expect(unifiedDiff([replaced('a.md', 'x', 'x')])).toBe('');
    expect(unifiedDiff([])).toBe('');
  });

  it.each<[string, FileChange[]]>([
    ['CRLF and no final line end', [replaced('a.md', 'a\r\nb\r\nc', 'a\r\nB\r\nc')]],
    ['a final line end more', [replaced('a.md', 'a\nb', 'a\nb\n')]],
    ['a final line end less', [replaced('a.md', 'a\nb\n', 'a\nb')]],
    ['lone carriage returns and a byte order mark', [replaced('a.md', '\uFEFFa\rb\nc\n', '\uFEFFa\rb\nC\n')]],
    ['an empty file', [replaced('a.md', '', 'a\n'), replaced('b.md', 'b', '')]],
    [
      'a new file and one that goes',
      [created('x y/ä.md', 'new'), { path: 'b.md', before: Buffer.from('b\n'), after: undefined }],
    ],
    [
      'names with quotes, tabs and spaces',
      [replaced('a "b"\t\\c.md', 'a\n', 'b\n'), replaced('d  e .md', 'a\n', 'b\n')],
    ],
    ['a move into a new folder', moved('a b.md', 'c/ä "d".md', Buffer.from('a\nb\nc\n'), Buffer.from('a\nb\nd\n'))],
  ])('can be applied: %s', (_what, changes) => {
    expectApplied(changes);
  });

  it('can be applied where the mode is another', () => {
    const repository = new Repository({ 'a.md': 'a\n' });
    chmodSync(join(repository.folder, 'a.md'), 0o755);
    const source = new SourceText(Buffer.from('a\n'));
    const input = unifiedDiff([edited('a.md', source, [{ start: 0, end: 1, text: 'b' }])]);
    execFileSync('git', ['apply', '-'], { cwd: repository.folder, env: environment(), input });
    expect(repository.read('a.md')).toBe('b\n');
    expect(statSync(join(repository.folder, 'a.md')).mode & 0o777).toBe(0o755);
  });

  it('can be applied to anything', () => {
    const line = fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', '-- x\n', '++ y\n', '\\ z\n', '@@\n');
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', 'end'))
      .map(([lines, end]) => lines.join('') + end);
    fc.assert(
      fc.property(text, text, (before, after) => expectApplied([replaced('a.md', before, after)])),
      { seed: SEED, numRuns: 40 },
    );
  });
});

describe('the changes of lines', () => {
  it('turn the one into the other, in order, and name no line that is equal at their ends', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e1', 'e2', 'e3'), { maxLength: 60 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const result: string[] = [];
        let at = 0;
        for (const { from, to } of lineChanges(before, after)) {
          expect(from[0]).toBeGreaterThanOrEqual(at);
          result.push(...before.slice(at, from[0]), ...after.slice(...to));
          at = from[1];
        }
        expect([...result, ...before.slice(at)]).toEqual(after);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it('are few where few lines differ, however many there are', () => {
    const before = Array.from({ length: 40_000 }, (_, at) => `line ${at}`);
    const after = before.map((line, at) => (at % 4 === 0 ? `${line}!` : line));
    expect(lineChanges(before, after)).toHaveLength(10_000);
    expect(
      lineChanges(
        new Array(30_000).fill('x').flatMap((x, i) => [x, `${i % 7}`]),
        new Array(30_000).fill('y'),
      ).length,
    ).toBeGreaterThan(0);
  });

  it('are a shortest way where no line occurs once', () => {
    expect(
      lineChanges([...'abcabba'], [...'cbabac']).reduce(
        (sum, { from, to }) => sum + from[1] - from[0] + to[1] - to[0],
        0,
      ),
    ).toBe(5);
  });
});
