import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { created, type FileChange, moved } from '../../src/writing/change.ts';
import { writeChanges } from '../../src/writing/write-changes.ts';
import { snapshot } from '../helpers/killing.ts';
import { Repository } from '../helpers/repository.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const edit = (path: string, before: string, after: string): FileChange => ({
  path,
  before: bytes(before),
  after: bytes(after),
});
const removal = (path: string, before: string): FileChange => ({ path, before: bytes(before), after: undefined });
const mode = (repository: Repository, path: string): number => statSync(join(repository.folder, path)).mode & 0o7777;

/** What writing says, and a check that it changed nothing and left nothing. */
function refusal(repository: Repository, changes: readonly FileChange[]): string {
  const before = snapshot(repository);
  let message = 'written';
  try {
    writeChanges(repository.folder, changes);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(snapshot(repository)).toEqual(before);
  expect(existsSync(join(repository.folder, '.git', 'planproof', 'journal.json'))).toBe(false);
  return message;
}

describe('writeChanges', () => {
  it('edits, makes, removes and moves files, with the folders they need', () => {
    const repository = new Repository({
      'a/edit.md': 'one\r\n',
      'b/gone.md': 'two',
      'c/d/from.md': 'three',
      'c/stays': '',
    });
    writeChanges(repository.folder, [
      created('e/f/new.md', '\uFEFFfour\r\n'),
      edit('a/edit.md', 'one\r\n', 'ONE\r\n'),
      removal('b/gone.md', 'two'),
      ...moved('c/d/from.md', 'e/to.md', bytes('three'), bytes('THREE')),
    ]);
    expect(Object.entries(snapshot(repository)).map(([path, content]) => `${path}: ${content}`)).toEqual([
      'a: folder',
      'a/edit.md: 644 ONE\r\n',
      'c: folder',
      'c/stays: 644 ',
      'e: folder',
      'e/f: folder',
      `e/f/new.md: 644 ${Buffer.from('\uFEFFfour\r\n').toString('latin1')}`,
      'e/to.md: 644 THREE',
    ]);
    expect(readdirSync(join(repository.folder, '.git', 'planproof'))).toEqual([]);
  });

  it('keeps the mode of an edited and of a moved file', () => {
    const repository = new Repository({ 'a.sh': 'a', 'b.sh': 'b' });
    chmodSync(join(repository.folder, 'a.sh'), 0o750);
    chmodSync(join(repository.folder, 'b.sh'), 0o600);
    writeChanges(repository.folder, [edit('a.sh', 'a', 'A'), ...moved('b.sh', 'c.sh', bytes('b'))]);
    expect([mode(repository, 'a.sh'), mode(repository, 'c.sh')]).toEqual([0o750, 0o600]);
  });

  it('leaves a file alone that would not change, and writes nothing then', () => {
    const repository = new Repository({ 'a.md': 'a' });
    const inode = statSync(join(repository.folder, 'a.md')).ino;
    writeChanges(repository.folder, [edit('a.md', 'a', 'a')]);
    writeChanges(repository.folder, []);
    expect(statSync(join(repository.folder, 'a.md')).ino).toBe(inode);
    expect(existsSync(join(repository.folder, '.git', 'planproof'))).toBe(false);
  });

  it('keeps a folder that a move emptied when something else lies in it', () => {
    const repository = new Repository({ 'a/from.md': 'a', 'a/.keep': '' });
    writeChanges(repository.folder, moved('a/from.md', 'b/to.md', bytes('a')));
    expect(repository.has('a/.keep')).toBe(true);
  });

  it('refuses a second change of one file: the caller is wrong', () => {
    const repository = new Repository({ 'a.md': 'a' });
    expect(refusal(repository, [edit('a.md', 'a', 'b'), removal('a.md', 'a')])).toBe('Two changes of one file');
  });

  it.each([
    ['../a.md', '../a.md does not lie in the repository, nothing written'],
    ['/etc/a.md', '/etc/a.md does not lie in the repository, nothing written'],
    ['a/../b.md', 'a/../b.md does not lie in the repository, nothing written'],
    ['a//b.md', 'a//b.md does not lie in the repository, nothing written'],
    ['.', '. does not lie in the repository, nothing written'],
    ['', ' does not lie in the repository, nothing written'],
    ['a\0.md', 'a\0.md does not lie in the repository, nothing written'],
    ['.git/hooks/pre-commit', '.git/hooks/pre-commit lies in the git directory, nothing written'],
    ['a/.GIT/config', 'a/.GIT/config lies in the git directory, nothing written'],
    ['file/b.md', 'Cannot write file/b.md: a folder on its path is a file, nothing written'],
    ['file', 'file exists already, nothing written'],
    ['folder', 'folder exists already, nothing written'],
  ])('refuses a new file at %j, and makes none of the others', (path, message) => {
    const repository = new Repository({ file: '', 'folder/x': '' });
    expect(refusal(repository, [created('first.md', 'a'), created(path, 'b')])).toBe(message);
  });

  it.each([
    ['other bytes', edit('a.md', 'b', 'c')],
    ['no file', edit('none.md', 'b', 'c')],
    ['a folder', edit('folder', 'b', 'c')],
    ['other bytes to remove', removal('a.md', 'b')],
  ])('refuses to write over what is not as it was read: %s', (_what, change) => {
    const repository = new Repository({ 'a.md': 'a', 'folder/x': '', 'first.md': '1' });
    const changes = [edit('first.md', '1', '2'), change];
    expect(refusal(repository, changes)).toBe(`${change.path} has changed meanwhile, nothing written`);
  });

  it('follows no symbolic link out of the repository, nor to another file, nor into the git directory', () => {
    const outside = mkdtempSync(join(tmpdir(), 'planproof-outside-'));
    onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
    const repository = new Repository({ 'real.md': 'a', 'folder/b.md': 'b' });
    repository.link('real.md', 'link.md');
    repository.link('nowhere.md', 'dangling.md');
    repository.link(outside, 'out');
    repository.link('.git', 'git');
    repository.link('folder', 'inner');
    expect(refusal(repository, [edit('link.md', 'a', 'b')])).toBe('link.md is a symbolic link, nothing written');
    expect(refusal(repository, [created('dangling.md', 'b')])).toBe('dangling.md is a symbolic link, nothing written');
    const behind = 'lies behind a symbolic link';
    expect(refusal(repository, [created('out/deep/a.md', 'b')])).toBe(
      `out/deep/a.md ${behind} that leads out of the repository, nothing written`,
    );
    expect(refusal(repository, [created('git/hooks/pre-commit', 'b')])).toBe(
      `git/hooks/pre-commit ${behind} into the git directory, nothing written`,
    );
    expect(readdirSync(outside)).toEqual([]);
    writeChanges(repository.folder, [edit('inner/b.md', 'b', 'B')]);
    expect(repository.read('folder/b.md')).toBe('B');
  });

  it('works outside git, and where the git directory is named by a file', () => {
    const plain = new Repository({}, { git: false });
    writeChanges(plain.folder, [created('a.md', 'a')]);
    expect(readdirSync(plain.folder)).toEqual(['a.md']);
    const linked = new Repository({}, { git: false });
    mkdirSync(join(linked.folder, 'elsewhere'));
    linked.write({ '.git': 'gitdir: elsewhere\r\n' });
    writeChanges(linked.folder, [created('a.md', 'a')]);
    expect(readFileSync(join(linked.folder, 'a.md'), 'utf8')).toBe('a');
    expect(readdirSync(join(linked.folder, 'elsewhere', 'planproof'))).toEqual([]);
  });
});
