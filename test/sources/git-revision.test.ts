import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/user-error.ts';
import { gitRef } from '../../src/sources/git-ref.ts';
import { mergeBase } from '../../src/sources/git-revision.ts';
import { environment, Repository } from '../helpers/repository.ts';

/** Two lines: what is wrong, and what to do. */
function refusal(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return [error.message, error.help ?? ''];
    throw error;
  }
  throw new Error('It was not refused.');
}

/** A repository of three commits on `main`, with `a.md` holding 1, 2 and 3. */
function three(): Repository {
  const repository = new Repository();
  for (const content of ['1', '2', '3']) {
    repository.write({ 'a.md': content });
    repository.commit();
  }
  return repository;
}

/** A clone of a repository. */
function clone(of: Repository, ...options: readonly string[]): Repository {
  const repository = new Repository({}, { git: false });
  repository.git('clone', '-q', ...options, pathToFileURL(of.folder).href, '.');
  return repository;
}

const at = (repository: Repository, ref: string) => gitRef(repository.folder, ref, environment());

describe('a ref that names nothing', () => {
  it.each([
    ['nothing', 'git branch --all lists what there is.'],
    ['', 'git branch --all lists what there is.'],
    ['--help', 'git branch --all lists what there is.'],
    ['a\nb', 'git branch --all lists what there is.'],
    ['main:a.md', 'git branch --all lists what there is.'],
    ['main^{tree}', 'git branch --all lists what there is.'],
  ])('%j is refused', (ref, help) => {
    expect(refusal(() => at(three(), ref))).toEqual([
      `Unknown commit \`${ref}\`, expected a branch, a tag or a hash`,
      help,
    ]);
  });

  it.each([
    ['origin/next', 'git fetch origin next:refs/remotes/origin/next fetches it.'],
    ['origin/a/b-c', 'git fetch origin a/b-c:refs/remotes/origin/a/b-c fetches it.'],
    ['next', 'git fetch origin next:next fetches it.'],
    [
      '0123456789abcdef0123456789abcdef01234567',
      'git fetch origin 0123456789abcdef0123456789abcdef01234567 fetches it.',
    ],
    ['next; rm -rf .', 'git fetch --all fetches all.'],
    ['origin/-x', 'git fetch --all fetches all.'],
  ])('%j in a clone is refused with the command that fetches it', (ref, help) => {
    expect(refusal(() => at(clone(three()), ref))[1]).toBe(help);
  });

  it('comes when that command is run', () => {
    const origin = three();
    origin.git('branch', 'next', 'HEAD~1');
    const repository = clone(origin, '--single-branch', '--branch', 'main');
    const [, help = ''] = refusal(() => at(repository, 'origin/next'));
    repository.git(...help.replace(/^git | fetches it\.$/g, '').split(' '));
    expect(at(repository, 'origin/next').commit).toBe(origin.git('rev-parse', 'next').trim());
  });

  it('in a shallow clone may lie further back', () => {
    const repository = clone(three(), '--depth=1');
    expect(refusal(() => at(repository, 'HEAD~2'))).toEqual([
      'Unknown commit `HEAD~2`, expected a branch, a tag or a hash',
      'git fetch --all fetches all. This clone is shallow: git fetch --deepen=100, or --unshallow, fetches older commits.',
    ]);
    expect(at(repository, 'origin/main').list([''])).toEqual(['a.md']);
  });
});

describe('a ref', () => {
  it('named like an option is a ref', () => {
    const repository = three();
    const old = repository.git('rev-parse', 'HEAD~2').trim();
    for (const name of ['--batch-all-objects', '-h', '--output=x'])
      repository.git('update-ref', `refs/heads/${name}`, old);
    for (const ref of ['--batch-all-objects', '-h', '--output=x', 'heads/-h'])
      expect([ref, at(repository, ref).commit]).toEqual([ref, old]);
    expect(repository.has('x')).toBe(false);
  });

  it('outside git, in a damaged repository or without git is refused in words', () => {
    const outside = new Repository({}, { git: false });
    expect(refusal(() => at(outside, 'main'))).toEqual([`No git repository at ${outside.folder}`, '']);
    const damaged = three();
    const tree = damaged.git('rev-parse', 'HEAD^{tree}').trim();
    rmSync(join(damaged.folder, '.git', 'objects', tree.slice(0, 2), tree.slice(2)));
    expect(refusal(() => at(damaged, 'main'))).toEqual(['git ls-tree failed: not a tree object', '']);
    expect(refusal(() => gitRef(damaged.folder, 'main', { ...environment(), PATH: '/nowhere' }))).toEqual([
      'git cannot be run',
      'This folder is a git repository: install git, and put it on the PATH.',
    ]);
    const foreign = { ...environment(), GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    expect(refusal(() => gitRef(damaged.folder, 'main', foreign))).toEqual([
      'git does not read this repository, because it belongs to another user',
      `If you trust it: git config --global --add safe.directory ${damaged.folder}`,
    ]);
  });

  it('of a partial clone leads to what was left on the server: said, and not fetched', () => {
    const origin = three();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const repository = clone(origin, '--filter=blob:none', '--no-checkout');
    const source = at(repository, 'main');
    expect(source.list([''])).toEqual(['a.md']);
    expect(refusal(() => source.read('a.md'))).toEqual([
      'This partial clone lacks an object that is needed here',
      'git fetch --refetch --filter=blob:limit=10m fetches it.',
    ]);
    repository.git('fetch', '-q', '--no-auto-maintenance', '--refetch', '--filter=blob:limit=10m');
    expect(Buffer.from(source.read('a.md') as Uint8Array).toString()).toBe('3');
  });
});

describe('the common ancestor', () => {
  it('is the best one; undefined between histories with nothing in common', () => {
    const repository = three();
    const fork = repository.git('rev-parse', 'HEAD~1').trim();
    repository.git('checkout', '-q', '-b', 'side', fork);
    repository.write({ 'b.md': '' });
    repository.commit();
    repository.git('checkout', '-q', '--orphan', 'alone');
    repository.commit();
    const base = (a: string, b: string) => mergeBase(repository.folder, a, b, environment());
    expect([base('main', 'side'), base('main', fork), base('main', 'alone')]).toEqual([fork, fork, undefined]);
    expect(refusal(() => base('main', '--all'))[0]).toBe('Unknown commit `--all`, expected a branch, a tag or a hash');
  });

  it('of a shallow clone cannot be told', () => {
    const origin = three();
    origin.git('branch', 'old', 'HEAD~1');
    const repository = clone(origin, '--depth=1', '--no-single-branch');
    expect(refusal(() => mergeBase(repository.folder, 'HEAD', 'origin/old', environment()))).toEqual([
      'Unknown common ancestor of `HEAD` and `origin/old`: this clone is shallow',
      'git fetch --deepen=100, or --unshallow, fetches older commits.',
    ]);
  });
});
