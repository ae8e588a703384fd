import { describe, expect, it } from 'vitest';
import { gitRef } from '../../src/sources/git-ref.ts';
import { mergeBase } from '../../src/sources/git-revision.ts';
import { environment, Repository } from '../helpers/repository.ts';

const text = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('utf8');

describe('the files of a commit', () => {
  it('are listed and read as they were committed, whatever lies in the working tree', () => {
    const repository = new Repository({ 'a/b.md': 'old', 'a/c.md': 'c', 'd.md': 'd' });
    repository.commit();
    repository.write({ 'a/b.md': 'new', 'a/new.md': 'x' });
    const source = gitRef(repository.folder, 'main', environment());
    expect(source.commit).toBe(repository.git('rev-parse', 'HEAD').trim());
    expect(source.list(['a'])).toEqual(['a/b.md', 'a/c.md']);
    expect(source.list([''])).toEqual(['a/b.md', 'a/c.md', 'd.md']);
    expect(text(source.read('a/b.md'))).toBe('old');
    expect(text(source.read('d.md'))).toBe('d');
    expect(source.read('a/new.md')).toBeUndefined();
    expect(['a', 'a/', '', '.', './a/b.md', 'a/x', '../a', 'b.md'].map((path) => source.exists(path))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(mergeBase(repository.folder, 'HEAD', 'main', environment())).toBe(source.commit);
  });
});
