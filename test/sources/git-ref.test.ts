import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitRef } from '../../src/sources/git-ref.ts';
import type { Source } from '../../src/sources/source.ts';
import { GitLog, importBranches } from '../helpers/history.ts';
import { environment, type Files, Repository, temporaryFolder } from '../helpers/repository.ts';

const text = (source: Source, path: string): string | undefined => {
  const bytes = source.read(path);
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : undefined;
};

const committed = (files: Files): Repository => {
  const repository = new Repository(files);
  repository.commit();
  return repository;
};

const at = (repository: Repository, ref = 'main') => gitRef(repository.folder, ref, environment());

describe('the files of a commit', () => {
  it('are listed and read as they were committed, whatever lies in the working tree', () => {
    const repository = committed({ 'a/b.md': 'old', 'a/c.md': 'c', 'ab/x.md': 'x', 'd.md': 'd' });
    repository.write({ 'a/b.md': 'new', 'a/new.md': 'x' });
    const source = at(repository);
    expect(source.commit).toBe(repository.git('rev-parse', 'HEAD').trim());
    expect(source.list(['a'])).toEqual(['a/b.md', 'a/c.md']);
    expect(source.list([''])).toEqual(['a/b.md', 'a/c.md', 'ab/x.md', 'd.md']);
    expect(source.list(['nothing'])).toEqual([]);
    expect(['a/b.md', 'd.md', 'a/new.md', 'a'].map((path) => text(source, path))).toEqual([
      'old',
      'd',
      undefined,
      undefined,
    ]);
  });

  it('are those of a relative path too, from where the process is', () => {
    const repository = committed({ 'a.md': 'a' });
    expect(gitRef(relative(process.cwd(), repository.folder), 'main', environment()).list([''])).toEqual(['a.md']);
  });

  it('exist with the folders above them, and nothing else does', () => {
    const source = at(committed({ 'a/b/c.md': '' }));
    for (const path of ['a/b/c.md', 'a/b', 'a', 'a/', '', '.', './a/../a/b'])
      expect(source.exists(path), path).toBe(true);
    for (const path of ['a/b/c', 'b', 'a/b/c.md/d', '..', '../a', 'A']) expect(source.exists(path), path).toBe(false);
  });

  it('have names of every kind', () => {
    const names = ['a b.md', 'q"uo\'te.md', 'new\nline.md', 'tab\t.md', 'back\\slash.md', '-x.md', '日本.md'];
    const forms = ['caf\u00e9.md', 'cafe\u0301.md'];
    const repository = new Repository(
      Object.fromEntries([...names, ...forms].map((name) => [`d/${name}`, `<${name}>`])),
    );
    repository.commit();
    const source = at(repository);
    const paths = [...names, ...forms].map((name) => `d/${name}`);
    expect(source.list(['d'])).toEqual([...paths].sort());
    for (const path of paths) expect(text(source, path)).toBe(`<${path.slice(2)}>`);
  });

  it.skipIf(process.platform !== 'linux')('with a name that is no UTF-8 are listed and read all the same', () => {
    const repository = new Repository();
    mkdirSync(join(repository.folder, 'd'));
    writeFileSync(
      Buffer.concat([Buffer.from(join(repository.folder, 'd/x')), Buffer.from([0xff, 0x2e, 0x6d, 0x64])]),
      'y',
    );
    repository.commit();
    const source = at(repository);
    expect(source.list(['d'])).toEqual(['d/x\ufffd.md']);
    expect(text(source, 'd/x\ufffd.md')).toBe('y');
  });

  it('that are symbolic links are not read, as in the working tree; a submodule is no file', () => {
    const repository = new Repository({ 'd/a.md': 'a' });
    repository.link('a.md', 'd/link.md');
    repository.git('add', '-A');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},d/sub`);
    repository.git('commit', '-q', '-m', 'x');
    const source = at(repository);
    expect(source.list(['d'])).toEqual(['d/a.md', 'd/link.md']);
    expect(source.read('d/link.md')).toEqual({
      unreadable: 'Unexpected symbolic link, expected a regular file: planproof follows none',
    });
    expect([source.read('d/sub'), source.exists('d/sub')]).toEqual([undefined, true]);
  });

  it('are read in any order and however large, the same bytes each time', () => {
    const large = (fill: number): Buffer => Buffer.alloc(9 * 2 ** 20, fill);
    const source = at(
      committed({ 'd/1.md': large(1), 'd/2.md': large(2), 'd/3.md': large(3), 'd/4.md': large(1), 'e.txt': 'e' }),
    );
    source.list(['']);
    for (const [name, fill] of [
      [3, 3],
      [1, 1],
      [2, 2],
      [4, 1],
      [2, 2],
      [1, 1],
    ] as const) {
      expect(Buffer.compare(source.read(`d/${name}.md`) as Uint8Array, large(fill))).toBe(0);
      expect(text(source, 'e.txt')).toBe('e');
    }
  });

  it('of any kind of bytes come as they are', () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0, 0xff, 0x0a, 0x0a]);
    const repository = new Repository({ '.gitattributes': '* -text\n', 'x.bin': bytes });
    repository.commit();
    repository.write({ '.gitattributes': '* text eol=crlf filter=bad\n' });
    repository.git('config', 'filter.bad.smudge', 'touch smudged');
    expect(Buffer.compare(at(repository).read('x.bin') as Uint8Array, bytes)).toBe(0);
    expect(repository.has('smudged')).toBe(false);
  });

  it('cost a handful of processes, also 3,000 of them', () => {
    const repository = new Repository();
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`d/${n}.md`, `text ${n}`]));
    importBranches(repository, [{ ref: 'refs/heads/many', files }]);
    const log = new GitLog(temporaryFolder());
    const source = gitRef(repository.folder, 'many', { ...environment(), ...log.environment });
    const paths = source.list(['d']);
    expect(paths.map((path) => text(source, path))).toEqual(paths.map((path) => files[path]));
    expect(log.take().calls.map((call) => call.split(' ', 2).join(' '))).toEqual([
      'cat-file --batch-check',
      'ls-tree -r',
      'cat-file --batch-check',
      'cat-file --batch',
    ]);
  });

  it('are found in packs, by a hash, a short hash, a tag, a remote branch and an expression', () => {
    const repository = committed({ 'a.md': '1' });
    const first = repository.git('rev-parse', 'HEAD').trim();
    repository.git('tag', '-a', 'v1', '-m', 'x');
    repository.git('update-ref', 'refs/remotes/origin/x', first);
    repository.write({ 'a.md': '2' });
    repository.commit();
    repository.git('gc', '-q');
    for (const ref of [first, first.slice(0, 10), 'v1', 'origin/x', 'HEAD~1', 'main^', 'refs/tags/v1'])
      expect([ref, at(repository, ref).commit, text(at(repository, ref), 'a.md')]).toEqual([ref, first, '1']);
  });

  it('are found where hashes are of SHA-256', () => {
    const repository = new Repository({}, { git: false });
    repository.git('init', '-q', '-b', 'main', '--object-format=sha256');
    repository.write({ 'd/a.md': 'a' });
    repository.commit();
    const source = at(repository);
    expect(source.commit).toMatch(/^[0-9a-f]{64}$/);
    expect([source.list(['d']), text(source, 'd/a.md')]).toEqual([['d/a.md'], 'a']);
  });

  it('are those of this repository, whatever a hook of another one has set', () => {
    const repository = committed({ 'a.md': 'mine' });
    const other = committed({ 'a.md': 'theirs' });
    const hook = {
      ...environment(),
      GIT_DIR: join(other.folder, '.git'),
      GIT_INDEX_FILE: join(other.folder, '.git', 'index'),
      GIT_WORK_TREE: other.folder,
      GIT_LITERAL_PATHSPECS: '1',
    };
    expect(text(gitRef(repository.folder, 'main', hook), 'a.md')).toBe('mine');
  });
});
