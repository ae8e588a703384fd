import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { blobHash } from '../../src/sources/blob-hash.ts';
import { gitDirectory } from '../../src/sources/git-directory.ts';
import { headCommit, treeOfNewCommit } from '../../src/sources/head-commit.ts';
import { indexDifferences } from '../../src/sources/index-differences.ts';
import { IndexFile, readIndexFile } from '../../src/sources/index-file.ts';
import type { IndexEntry } from '../../src/sources/index-format.ts';
import { randomFrom } from '../helpers/random.ts';
import { environment, Repository } from '../helpers/repository.ts';

const SEED = Number(process.env['INDEX_SEED'] ?? 20260630);
const RUNS = Number(process.env['INDEX_RUNS'] ?? 15);

type Listed = readonly (readonly [path: string, entry: { readonly mode: string; readonly hash: string }])[];

function feed(repository: Repository, args: readonly string[], input: string): string {
  return execFileSync('git', args, { cwd: repository.folder, env: environment(), input, encoding: 'utf8' });
}

/** A git index with these entries and no others; git takes names of whatever length here, and objects that there are none of. */
function fill(repository: Repository, entries: Listed, version: number): IndexFile {
  repository.git('read-tree', '--empty');
  const lines = entries.map(([path, { mode, hash }]) => `${mode} ${hash}\t${path}\0`).join('');
  feed(repository, ['update-index', '-z', '--index-info'], lines);
  repository.git('update-index', '--index-version', String(version), '--force-write-index');
  return open(repository);
}

function open(repository: Repository): IndexFile {
  const index = readIndexFile(join(repository.folder, '.git', 'index'));
  if (!index) throw new Error('The index was not read');
  return index;
}

function tryToRead(bytes: Buffer, model?: IndexFile): IndexFile | undefined {
  try {
    return new IndexFile(bytes, model);
  } catch {
    return undefined;
  }
}

function listed(repository: Repository): IndexEntry[] {
  return repository
    .git('ls-files', '--stage', '-z')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [mode = '', hash = ''] = line.split(' ');
      return { mode, hash, path: line.slice(line.indexOf('\t') + 1) };
    });
}

const entriesOf = (index: IndexFile): IndexEntry[] => Array.from({ length: index.count }, (_, nth) => index.entry(nth));

/** The versions as they lie there: git writes version 3 only where an entry needs it. */
const bytesOf = ({ folder }: Repository): Buffer => readFileSync(join(folder, '.git', 'index'));
const versionOf = (repository: Repository): number => bytesOf(repository).readUInt32BE(4);

const part = fc.constantFrom(
  'a',
  'b',
  'ab',
  'a-b',
  'a.b',
  'a0',
  'A',
  'é',
  '日本',
  '😀',
  '\ufffd',
  ' ',
  '~',
  'x'.repeat(130),
);
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const hash = fc.constantFrom('1', '2', 'a', 'f').map((digit) => digit.repeat(40));
const entry = fc.record({ mode: fc.constantFrom('100644', '100755', '120000', '160000'), hash });

/** Paths of which none is the folder of another. */
function withoutClashes(entries: Listed): Listed {
  const kept: [string, { mode: string; hash: string }][] = [];
  for (const [name, one] of entries)
    if (!kept.some(([other]) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`))) kept.push([name, one]);
  return kept;
}
const tree: fc.Arbitrary<Listed> = fc
  .uniqueArray(fc.tuple(path, entry), { maxLength: 30, selector: ([name]) => name })
  .map(withoutClashes);
const version = fc.constantFrom(2, 4);

/** Each path that one of two lists has otherwise than the other, looked up one by one. */
function plainDifferences(before: readonly IndexEntry[], after: readonly IndexEntry[]): unknown[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [one.path, one])));
  const paths = [...new Set([...before, ...after].map((one) => one.path))];
  return paths
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((name) => ({ path: name, before: old?.get(name), after: now?.get(name) }))
    .filter(({ before: a, after: b }) => a?.hash !== b?.hash || a?.mode !== b?.mode);
}

function expectLookups(index: IndexFile, entries: readonly IndexEntry[], more: readonly string[]): void {
  for (const one of entries) expect(index.find(one.path)).toEqual(one);
  const folders = entries.flatMap(({ path: name }) => (name.includes('/') ? [dirname(name)] : []));
  for (const name of [...folders, ...more]) {
    const below = entries.filter((one) => one.path.startsWith(`${name}/`));
    expect(index.hasFolder(name)).toBe(below.length > 0);
    const [first, end] = index.below(name);
    expect(entriesOf(index).slice(first, end)).toEqual(below);
    expect(index.find(name)).toEqual(entries.find((one) => one.path === name));
  }
}

describe('an index file', () => {
  it(`has what git lists, in every version (seed ${SEED})`, () => {
    const repository = new Repository();
    const property = fc.property(tree, version, fc.array(path, { maxLength: 5 }), (entries, wanted, more) => {
      const index = fill(repository, entries, wanted);
      const expected = listed(repository);
      expect(entriesOf(index)).toEqual(expected);
      expectLookups(index, expected, more);
    });
    fc.assert(property, { seed: SEED, numRuns: RUNS });
  });

  it(`differs from another one where a comparison of all entries says so (seed ${SEED})`, () => {
    const repository = new Repository();
    const changes = fc.array(fc.tuple(fc.nat(), fc.option(entry)), { maxLength: 4 });
    const property = fc.property(tree, tree, changes, version, version, (entries, others, changed, from, to) => {
      const before = fill(repository, entries, from);
      const old = listed(repository);
      const edited = new Map(entries);
      for (const [nth, one] of changed) {
        const name = entries[nth % (entries.length || 1)]?.[0];
        if (name === undefined) continue;
        if (one) edited.set(name, one);
        else edited.delete(name);
      }
      for (const after of [withoutClashes([...edited, ...others.slice(0, 3)]), others]) {
        const index = fill(repository, [...new Map(after)], to);
        expect(indexDifferences(before, index)).toEqual(plainDifferences(old, listed(repository)));
        expect(indexDifferences(index, before)).toEqual(plainDifferences(listed(repository), old));
        expect(indexDifferences(index, new IndexFile(bytesOf(repository)))).toEqual([]);
        // Read by what it has in common with another one, it is the same.
        const modelled = new IndexFile(bytesOf(repository), before);
        expect(entriesOf(modelled)).toEqual(listed(repository));
        expect(indexDifferences(before, modelled)).toEqual(plainDifferences(old, listed(repository)));
      }
    });
    fc.assert(property, { seed: SEED, numRuns: RUNS });
  });

  describe('that is much like another one', () => {
    const name = (nth: number): string => `folder-${nth % 7}/document-${nth}.md`;
    const entries: Listed = Array.from({ length: 1200 }, (_, nth) => [
      name(nth),
      { mode: '100644', hash: '1'.repeat(40) },
    ]);
    const other = { mode: '100644', hash: 'a'.repeat(40) };
    const file = ({ folder }: Repository): string => join(folder, '.git', 'index');

    /** Reads the index of a repository by that of another state, and compares it with what git lists. */
    function expectSame(repository: Repository, model: IndexFile, old: readonly IndexEntry[]): IndexFile {
      const index = readIndexFile(file(repository), model) as IndexFile;
      const now = listed(repository);
      expect(indexDifferences(model, index)).toEqual(plainDifferences(old, now));
      expect(entriesOf(index)).toEqual(now);
      for (const one of now.filter((_, nth) => nth % 47 === 0)) expect(index.find(one.path)).toEqual(one);
      for (const folder of ['folder-3', 'folder-30', 'none']) {
        const below = now.filter(({ path: there }) => there.startsWith(`${folder}/`));
        const [first, end] = index.below(folder);
        expect([index.hasFolder(folder), entriesOf(index).slice(first, end)]).toEqual([below.length > 0, below]);
      }
      expect(index.plain).toEqual(bytesOf(repository));
      const whole = new IndexFile(bytesOf(repository));
      expect(index.notes).toEqual(whole.notes);
      expect([...index.starts.whole()]).toEqual([...whole.starts.whole()]);
      return index;
    }

    it.each<[string, readonly number[]]>([
      ['is the same', []],
      ['differs at the start', [0]],
      ['differs at the end', [1199]],
      ['differs at some places', [17, 18, 600]],
    ])('is told by it where it %s', (_name, changed) => {
      const repository = new Repository();
      const model = fill(repository, entries, 2);
      const old = listed(repository);
      fill(
        repository,
        entries.map(([path, one], nth) => [path, changed.includes(nth) ? other : one]),
        2,
      );
      expect(expectSame(repository, model, old).model).toBe(model);
    });

    const place = fc.oneof(fc.nat(1199), fc.constantFrom(0, 1, 1198, 1199));
    const step = fc.tuple(fc.constantFrom('come', 'go', 'change', 'attributes'), place);
    const stepBy: Record<string, (now: Map<string, { mode: string; hash: string }>, nth: number) => void> = {
      come: (now, nth) => now.set(`${name(nth)}-${'x'.repeat(nth % 300)}`, other),
      go: (now, nth) => now.delete(name(nth)),
      change: (now, nth) => now.set(name(nth), other),
      attributes: (now, nth) => now.set(`folder-${nth % 7}/${nth}/.gitattributes`, other),
    };

    it(`is told by it whatever came, went and changed (seed ${SEED})`, () => {
      const repository = new Repository();
      // The model has something to note, of which some stays.
      const before: Listed = [
        ...entries,
        ...['folder-1', 'folder-5'].map((one) => [`${one}/.gitattributes`, other] as const),
      ];
      const unwatch = (numbers: readonly number[], now: ReadonlyMap<string, unknown>): string[] => {
        const names = [...new Set(numbers.map(name))].filter((one) => now.has(one));
        if (names.length > 0) repository.git('update-index', '--skip-worktree', ...names);
        return names.sort();
      };
      fill(repository, before, 2);
      unwatch([5, 600], new Map(before));
      const model = open(repository);
      const old = listed(repository);
      const steps = fc.array(step, { maxLength: 12 });
      const property = fc.property(steps, fc.array(place, { maxLength: 2 }), (taken, more) => {
        const now = new Map(before);
        for (const [kind, nth] of taken) stepBy[kind]?.(now, nth);
        fill(repository, [...now], 2);
        const names = unwatch([5, 600, ...more], now);
        const index = expectSame(repository, model, old);
        expect(index.notes.unwatched.map((nth) => index.path(nth)).sort()).toEqual(names);
      });
      fc.assert(property, { seed: SEED, numRuns: RUNS });
    });

    it('is told as a whole where it differs at a thousand places', () => {
      const repository = new Repository();
      const model = fill(repository, entries, 2);
      const old = listed(repository);
      for (const count of [1000, 1001]) {
        fill(
          repository,
          entries.map(([path, one], nth) => [path, nth < count ? other : one]),
          2,
        );
        const index = expectSame(repository, model, old);
        expect([index.model, index.unlike]).toEqual(count === 1000 ? [model, undefined] : [undefined, model]);
      }
    });
  });

  it.each([2, 4])('has names that are longer than its field for the length, in version %i', (wanted) => {
    const repository = new Repository();
    const lengths = [1, 4094, 4095, 4096, 5000, 9000];
    const entries = lengths.map(
      (length) =>
        [`${length}/`.padEnd(length, 'n').slice(0, length), { mode: '100644', hash: 'a'.repeat(40) }] as const,
    );
    const index = fill(repository, entries, wanted);
    expect(versionOf(repository)).toBe(wanted);
    expect(entriesOf(index)).toEqual(listed(repository));
    expectLookups(index, listed(repository), []);
  });

  it('is read in version 3, which has longer entries', () => {
    const repository = new Repository({ a: 'a', 'b/c': 'c', 'b/d': 'd' });
    repository.git('add', '-A');
    repository.git('update-index', '--skip-worktree', 'b/c');
    const index = open(repository);
    expect(versionOf(repository)).toBe(3);
    expect(entriesOf(index)).toEqual(listed(repository));
  });

  it.each<[string, (repository: Repository) => void]>([
    ['announces files', (repository) => repository.git('add', '-N', 'new')],
    ['is split', (repository) => repository.git('update-index', '--split-index')],
    [
      'is in a conflict',
      (repository) => void feed(repository, ['update-index', '--index-info'], `100644 ${'a'.repeat(40)} 1\tx\n`),
    ],
  ])('is left to git when it %s', (_name, change) => {
    const repository = new Repository({ a: 'a' });
    repository.git('add', '-A');
    repository.write({ new: 'new' });
    change(repository);
    expect(readIndexFile(join(repository.folder, '.git', 'index'))).toBeUndefined();
  });

  it(`is read to an end where its bytes are damaged (seed ${SEED})`, () => {
    const repository = new Repository({ a: 'a', 'b/c': 'c', 'b/d': 'd' });
    for (const wanted of ['2', '4']) {
      repository.git('add', '-A');
      repository.git('update-index', '--index-version', wanted);
      const bytes = readFileSync(join(repository.folder, '.git', 'index'));
      const model = new IndexFile(bytes);
      const random = randomFrom(SEED);
      for (let length = 0; length <= bytes.length * 2; length += 1) {
        const damaged = Buffer.from(bytes.subarray(0, length));
        if (damaged.length > 0) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
        tryToRead(damaged);
        tryToRead(damaged, model);
      }
      const endless = Buffer.from(bytes.subarray(0, -30));
      endless.writeUInt32BE(0xffff_fff0, 8);
      expect(tryToRead(endless)).toBeUndefined();
    }
  });

  it('knows the tree that a commit of it has', () => {
    const repository = new Repository({ a: 'a', 'b/c': 'c' });
    repository.commit();
    expect(open(repository).tree).toBe(repository.git('rev-parse', 'HEAD^{tree}').trim());
    repository.write({ 'b/c': 'other' });
    repository.git('add', '-A');
    expect(open(repository).tree).toBeUndefined();
    expect(repository.git('write-tree').trim()).toBe(open(repository).tree);
  });
});

describe('the name of a blob', () => {
  it('is the one that git gives', () => {
    const repository = new Repository();
    const random = randomFrom(SEED);
    const sizes = [...Array.from({ length: 201 }, (_, size) => size), 65_500, 65_536, 65_600, 1_000_003];
    const paths = sizes.map((size) => `files/${size}`);
    mkdirSync(join(repository.folder, 'files'));
    const texts = sizes.map((size) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256)));
    for (const [nth, name] of paths.entries()) writeFileSync(join(repository.folder, name), texts[nth] as Uint8Array);
    const names = feed(repository, ['hash-object', '--no-filters', '--stdin-paths'], `${paths.join('\n')}\n`);
    expect(texts.map(blobHash)).toEqual(names.trim().split('\n'));
  });

  it('is the same from the own code, which hashes the first texts only', async () => {
    const random = randomFrom(SEED);
    const short = Array.from({ length: 50 }, (_, nth) => Array.from({ length: 4 }, (_, more) => nth * 4 + more));
    for (const sizes of [...short, [1000, 1001, 1002, 1003], [4095], [7100]]) {
      vi.resetModules();
      const own = await import('../../src/sources/blob-hash.ts');
      for (const size of sizes) {
        const text = Uint8Array.from({ length: size }, () => Math.floor(random() * 256));
        expect(own.blobHash(text), `${size} bytes`).toBe(blobHash(text));
      }
    }
  });
});

describe('the commit that HEAD names', () => {
  const read = (repository: Repository, folder = repository.folder): (string | undefined)[] => {
    const directory = gitDirectory(folder);
    const head = directory && headCommit(directory);
    return [head, head && directory && treeOfNewCommit(directory, head)];
  };
  const asked = (repository: Repository, ...at: string[]): string[] =>
    repository
      .git(...at, 'rev-parse', 'HEAD', 'HEAD^{tree}')
      .trim()
      .split('\n');

  it('is none before the first commit', () => {
    expect(read(new Repository())).toEqual([undefined, undefined]);
  });

  it('is the one that git names: on a branch, without one, packed, in a linked worktree', () => {
    const repository = new Repository({ a: 'a' });
    repository.commit();
    expect(read(repository)).toEqual(asked(repository));
    repository.git('checkout', '-q', '-b', 'some/branch');
    repository.write({ a: 'b' });
    repository.commit();
    expect(read(repository)).toEqual(asked(repository));
    repository.git('pack-refs', '--all');
    expect(read(repository)).toEqual(asked(repository));
    repository.git('checkout', '-q', 'main');
    expect(read(repository)).toEqual(asked(repository));
    repository.git('checkout', '-q', '--detach', 'some/branch');
    expect(read(repository)).toEqual(asked(repository));
    repository.git('worktree', 'add', '-q', 'linked', 'main');
    const linked = join(repository.folder, 'linked');
    expect(read(repository, linked)).toEqual(asked(repository, '-C', 'linked'));
  });

  it('has a tree that only git tells once it is packed, or may be replaced', () => {
    const repository = new Repository({ a: 'a' });
    repository.commit();
    const [commit, tree] = asked(repository);
    expect(read(repository)).toEqual([commit, tree]);
    repository.git('gc', '-q');
    expect(read(repository)).toEqual([commit, undefined]);
    repository.write({ a: 'b' });
    repository.commit();
    const [second] = asked(repository);
    repository.git('replace', second as string, commit as string);
    expect(read(repository)).toEqual([second, undefined]);
  });
});
