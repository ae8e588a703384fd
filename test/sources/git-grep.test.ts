import { describe, expect, it } from 'vitest';
import { gitGrep } from '../../src/sources/git.ts';
import { environment, type Files, PROJECT, Repository } from '../helpers/repository.ts';

/** The lines that patterns match, as `path: line`. */
function found(files: Files, patterns: string | readonly string[], folders: readonly string[]): string[] | undefined {
  const repository = new Repository(files);
  repository.git('add', '-A');
  const lines = gitGrep(repository.folder, [patterns].flat(), folders, environment());
  return lines
    ?.split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace('\0', ': '));
}

const canSearch = gitGrep(PROJECT, ['planproof'], ['docs'], environment()) !== undefined;

describe.skipIf(!canSearch || process.platform === 'win32')('gitGrep', () => {
  it('looks through the Markdown files below folders, whatever signs are in their names', () => {
    const files = {
      'd[o]c*s/a.md': 'x\n',
      'd[o]c*s/b/c.md': 'x\n',
      'd[o]c*s/a.txt': 'x\n',
      'docs/a.md': 'x\n',
      'a?\\b/é.md': 'x\n',
      'top.md': 'x\n',
    };
    expect(found(files, 'x', ['d[o]c*s', 'a?\\b'])).toEqual(['a?\\b/é.md: x', 'd[o]c*s/a.md: x', 'd[o]c*s/b/c.md: x']);
    expect(found(files, 'x', [''])).toHaveLength(5);
  });

  it('takes bytes for signs, and a line feed alone for the end of a line', () => {
    const files = {
      'a/a.md': 'x\rid: 1\nid: 2\n',
      'a/b.md': Buffer.from([0x69, 0x64, 0xff, 0x00, 0x0a]),
      'a/c.md': 'é\n',
    };
    expect(found(files, '^id:', ['a'])).toEqual(['a/a.md: id: 2']);
    expect(found(files, String.raw`\xff\x00$`, ['a'])).toHaveLength(1);
    expect(found(files, String.raw`^\xc3\xa9$`, ['a'])).toEqual(['a/c.md: é']);
  });

  it('tells a line once that several patterns match, and takes each by itself', () => {
    const files = { 'a/a.md': 'xy\ny\rz\nz\n', 'a/b.md': 'X\n' };
    expect(found(files, ['x', 'y$', '^z'], ['a'])).toEqual(['a/a.md: xy', 'a/a.md: z']);
    expect(found(files, ['(?i:x)', '^z'], ['a'])).toEqual(['a/a.md: xy', 'a/a.md: z', 'a/b.md: X']);
  });

  it('says nothing where nothing is found, and where the pattern is none', () => {
    expect(found({ 'a/a.md': 'x\n' }, 'y', ['a'])).toEqual([]);
    expect(found({ 'a/a.md': 'x\n' }, ['x', '('], ['a'])).toBeUndefined();
  });
});
