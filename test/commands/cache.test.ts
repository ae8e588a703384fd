import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLedger, Store } from '../../src/cache/store.ts';
import { adr, plan } from '../helpers/documents.ts';
import { type Files, Repository, temporaryFolder } from '../helpers/repository.ts';

const ADR = 'dev_ops/adrs/ADR-001-count-in-memory.md';
const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';
const BOARD = 'dev_ops/kanban/board.json';
const CACHE = '.git/planproof/cache';
const FILES: Files = {
  [ADR]: adr(),
  [PLAN]: plan({ related: '[ADR-001]' }),
  [BOARD]: '{ "version": 1, "items": [] }\n',
};

function committed(files: Files = FILES): Repository {
  const repository = new Repository(files);
  repository.commit();
  return repository;
}

interface Kind {
  readonly kind: string;
  readonly state: string;
  readonly size: number;
  readonly written: string;
  readonly documents: number | null;
  readonly open: number | null;
  readonly boards: number | null;
  readonly withFindings: number | null;
  readonly changes: number | null;
}

function stats(repository: Repository, ...where: string[]): { folder: string | null; size: number; caches: Kind[] } {
  const { code, stdout, stderr } = repository.run([...where, 'cache', 'stats', '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** What is remembered of the working tree. */
function worktree(repository: Repository): Kind | undefined {
  return stats(repository).caches.find(({ kind }) => kind === 'worktree');
}

const held = (repository: Repository): (number | null | undefined)[] => {
  const kind = worktree(repository);
  return [kind?.documents, kind?.boards, kind?.withFindings, kind?.changes];
};

/** Writes a byte over one of a file. */
function damage(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] as number) ^ 0xff;
  writeFileSync(file, bytes);
}

describe('cache stats', () => {
  it('says that nothing is there, and makes nothing', () => {
    const repository = committed();
    expect(repository.run(['cache', 'stats'])).toEqual({
      code: 0,
      stdout: `${CACHE}: Nothing is remembered yet\n`,
      stderr: '',
    });
    expect(stats(repository)).toEqual({ folder: join(repository.folder, CACHE), size: 0, caches: [] });
    expect(repository.has('.git/planproof')).toBe(false);
  });

  it('says what two kinds of runs have left, for people', () => {
    const repository = committed();
    repository.run(['lint']);
    repository.run(['lint', '--staged']);
    const { code, stdout } = repository.run(['cache', 'stats']);
    expect(code).toBe(0);
    expect(stdout.replace(/\d+ k?B/g, 'SIZE').replace(/\d{4}-[0-9T:.-]+Z/g, 'TIME')).toBe(`${CACHE}: SIZE
worktree  up to date: the next run judges only what may have changed
          2 documents, 1 board, 0 with findings; 0 changes since the base
          SIZE, written TIME
staged    up to date: the next run judges only what may have changed
          2 documents (2 not judged yet), 1 board, 0 with findings; 0 changes since the base
          SIZE, written TIME
`);
  });

  it('counts what no change has touched yet, until all is asked for', () => {
    const repository = committed();
    const open = (...args: string[]): (number | null | undefined)[] => {
      repository.run(['lint', '--staged', ...args]);
      return stats(repository).caches.map((kind) => kind.open);
    };
    expect(open()).toEqual([2]);
    repository.write({ [PLAN]: plan({ title: 'Another' }) });
    repository.git('add', '-A');
    expect(open()).toEqual([1]);
    repository.git('rm', '-q', '--cached', PLAN);
    expect(open()).toEqual([1]);
    repository.git('rm', '-q', '--cached', ADR);
    repository.git('add', PLAN);
    expect(open()).toEqual([0]);
    repository.git('reset', '-q');
    expect(open('--all')).toEqual([0]);
    repository.run(['cache', 'clear']);
    expect(open('--all')).toEqual([0]);
  });

  it('counts as the files on disk, and follows what changes', () => {
    const repository = committed();
    repository.run(['lint']);
    const before = Date.now();
    expect(held(repository)).toEqual([2, 1, 0, 0]);
    repository.write({ [PLAN]: plan({ related: '[ADR-002]' }), 'dev_ops/adrs/ADR-003-c.md': adr('ADR-003', 'c') });
    repository.run(['lint']);
    expect(held(repository)).toEqual([3, 1, 1, 2]);
    repository.remove(ADR);
    repository.remove(BOARD);
    repository.run(['lint']);
    expect(held(repository).slice(0, 3)).toEqual([2, 0, 1]);
    repository.write({ [BOARD]: FILES[BOARD] as string });
    repository.run(['lint']);
    expect(held(repository).slice(0, 3)).toEqual([2, 1, 1]);
    const { size, caches } = stats(repository);
    const files = readdirSync(join(repository.folder, CACHE));
    expect(files).toEqual(['worktree.base', 'worktree.changes']);
    const bytes = files.reduce((sum, name) => sum + readFileSync(join(repository.folder, CACHE, name)).length, 0);
    expect([size, caches[0]?.size]).toEqual([bytes, bytes]);
    expect(Date.parse(caches[0]?.written ?? '')).toBeGreaterThan(before - 2000);
  });

  it('tells what was made with other settings, and counts it all the same', () => {
    const repository = committed();
    repository.run(['lint']);
    repository.write({ 'planproof.config.json': '{ "rules": { "placeholder": "off" } }\n' });
    expect(worktree(repository)).toMatchObject({ state: 'outdated', documents: 2 });
    expect(repository.run(['cache', 'stats']).stdout).toContain(
      'worktree  of another build of planproof, or of other settings: will be made anew\n          2 documents',
    );
    repository.run(['lint']);
    expect(worktree(repository)?.state).toBe('current');
  });

  it('the staged kind goes by the settings in the git index, not by those on disk', () => {
    const repository = committed({ ...FILES, 'planproof.config.json': '{}\n' });
    repository.run(['lint', '--staged']);
    repository.write({ 'planproof.config.json': '{ "rules": { "placeholder": "off" } }\n' });
    expect(stats(repository).caches.map(({ kind, state }) => [kind, state])).toEqual([['staged', 'current']]);
    repository.git('add', '-A');
    expect(stats(repository).caches.map(({ kind, state }) => [kind, state])).toEqual([['staged', 'outdated']]);
  });

  it('tells what another build has made', () => {
    const repository = committed();
    repository.run(['lint']);
    const folder = join(repository.folder, CACHE);
    const { base } = readLedger(folder, 'worktree');
    const units = base.allAsked().map((asked, nth) => {
      return { path: base.path(nth), hash: base.hash(nth), record: base.record(nth), asked };
    });
    if (!base.index) throw new Error('the git index of the base cannot be read');
    const store = new Store(folder, 'worktree', undefined, 'of another build');
    store.saveBase({ notes: base.notes, index: base.index, units });
    expect(worktree(repository)).toMatchObject({ state: 'outdated', documents: 2, boards: 1, changes: 0 });
    repository.run(['lint']);
    expect(worktree(repository)?.state).toBe('current');
  });

  it.each([700, 1100])('is written anew once where the git index has %i files otherwise than it notes', (length) => {
    const others = Array.from({ length }, (_, nth) => [`files/${nth}.txt`, `${nth}\n`] as const);
    const repository = committed({ ...FILES, ...Object.fromEntries(others) });
    const stamp = (): string => readLedger(join(repository.folder, CACHE), 'staged').base.notes.stamp;
    const run = (): string => {
      const { code, stdout } = repository.run(['lint', '--staged']);
      expect([code, stdout]).toEqual([0, 'No new findings in 2 documents.\n']);
      return stamp();
    };
    const first = run();
    expect(run()).toBe(first);
    const past = new Date(0);
    for (const [path] of others) utimesSync(join(repository.folder, path), past, past);
    repository.git('update-index', '--refresh');
    const second = run();
    expect(second).not.toBe(first);
    expect(run()).toBe(second);
    repository.write({ [PLAN]: plan({ related: '[ADR-002]' }) });
    repository.git('add', '-A');
    expect(repository.run(['lint', '--staged']).code).toBe(1);
    expect(stamp()).toBe(second);
  });

  it.each([
    ['empty', (file: string) => writeFileSync(file, '')],
    ['not ours', (file: string) => writeFileSync(file, 'something else, of some length')],
    ['damaged at its beginning', (file: string) => damage(file, 0)],
    ['damaged in its header', (file: string) => damage(file, 9)],
  ])('tells what cannot be read: %s', (_, harm) => {
    const repository = committed();
    repository.run(['lint']);
    harm(join(repository.folder, CACHE, 'worktree.base'));
    expect(worktree(repository)).toMatchObject({ state: 'unreadable', documents: null, withFindings: null });
    expect(repository.run(['cache', 'stats']).stdout).toMatch(
      /\nworktree {2}cannot be read: will be made anew\n {10}\d+ k?B, written [^\n]*\n$/,
    );
    expect(repository.run(['lint']).code).toBe(0);
    expect(worktree(repository)).toMatchObject({ state: 'current', documents: 2 });
  });

  it('tells that nothing is used where only git can read its index', () => {
    const repository = committed();
    repository.run(['lint']);
    repository.git('update-index', '--split-index');
    expect(worktree(repository)).toMatchObject({ state: 'unused', documents: 2 });
  });

  it('looks at the cache of the worktree it stands in, from any folder', () => {
    const repository = committed();
    repository.run(['lint']);
    expect(stats(repository, '--cwd', 'dev_ops/plans').folder).toBe(join(repository.folder, CACHE));
    expect(repository.run(['cache', 'stats'], { cwd: 'dev_ops' }).stdout).toContain(`${repository.folder}/${CACHE}: `);
    const linked = join(temporaryFolder(), 'linked');
    repository.git('worktree', 'add', '-q', linked);
    const own = `${repository.folder}/.git/worktrees/linked/planproof/cache`;
    expect(repository.run(['--cwd', linked, 'cache', 'stats']).stdout).toBe(`${own}: Nothing is remembered yet\n`);
    expect(repository.run(['--cwd', linked, 'lint']).code).toBe(0);
    expect(repository.run(['--cwd', linked, 'cache', 'stats']).stdout).toContain('2 documents, 1 board');
    const cleared = repository.run(['--cwd', linked, 'cache', 'clear']);
    expect(cleared.stdout).toContain(`${own} removed`);
    const shared = join(repository.folder, CACHE);
    expect(cleared.stderr).toBe(
      `planproof: The next lint here begins with what the clone's first worktree has learnt, in ${shared}.\n`,
    );
    expect(worktree(repository)?.state).toBe('current');
  });

  describe('of a linked worktree', () => {
    /** A worktree beside one whose documents have all been judged: its own first run would leave them for later. */
    function withLinked(): { repository: Repository; linked: string; own: string } {
      const repository = committed();
      repository.run(['lint', '--staged', '--all']);
      const linked = join(temporaryFolder(), 'linked');
      repository.git('worktree', 'add', '-q', linked);
      return { repository, linked, own: `${repository.folder}/.git/worktrees/linked/planproof/cache` };
    }
    const open = (repository: Repository, linked: string): (number | null | undefined)[] =>
      stats(repository, '--cwd', linked).caches.map((kind) => kind.open);
    const judgeLinked = (repository: Repository, linked: string): unknown[] => {
      writeFileSync(join(linked, PLAN), plan({ related: '[ADR-002]' }));
      repository.git('-C', linked, 'add', '-A');
      const [known, anew] = [[], ['--no-cache']].map((more) => {
        return repository.run(['--cwd', linked, 'lint', '--staged', '--format', 'json', ...more]);
      });
      expect(known).toEqual(anew);
      return JSON.parse(known?.stdout ?? '').findings.map(({ rule }: { rule: string }) => rule);
    };

    it('begins with what the first one has learnt, and goes on by itself', () => {
      const { repository, linked, own } = withLinked();
      const first = readLedger(join(repository.folder, CACHE), 'staged').base.notes.stamp;
      expect(judgeLinked(repository, linked)).toEqual(['relation-exists']);
      expect(open(repository, linked)).toEqual([0]);
      const { stamp } = readLedger(own, 'staged').base.notes;
      expect(stamp).not.toBe(first);
      expect(judgeLinked(repository, linked)).toEqual(['relation-exists']);
      expect(readLedger(own, 'staged').base.notes.stamp).toBe(stamp);
      expect(readLedger(join(repository.folder, CACHE), 'staged').base.notes.stamp).toBe(first);
    });

    it('begins with what the first one has learnt since its base', () => {
      const repository = committed();
      repository.run(['lint', '--staged']);
      repository.write({ [PLAN]: plan({ title: 'Another', related: '[ADR-001]' }) });
      repository.git('add', '-A');
      repository.run(['lint', '--staged']);
      repository.commit();
      const linked = join(temporaryFolder(), 'linked');
      repository.git('worktree', 'add', '-q', linked);
      expect(repository.run(['--cwd', linked, 'lint', '--staged']).code).toBe(0);
      expect(open(repository, linked)).toEqual([1]);
      expect(judgeLinked(repository, linked)).toEqual(['relation-exists']);
    });

    it('begins anew where the first one knows other settings', () => {
      const { repository, linked } = withLinked();
      writeFileSync(join(linked, 'planproof.config.json'), '{ "rules": { "placeholder": "off" } }\n');
      repository.git('-C', linked, 'add', '-A');
      repository.git('-C', linked, 'commit', '-q', '-m', 'Other settings');
      expect(judgeLinked(repository, linked)).toEqual(['relation-exists']);
      expect(open(repository, linked)).toEqual([1]);
    });

    it('is made anew where that of the first one is damaged', () => {
      const { repository, linked } = withLinked();
      const file = join(repository.folder, CACHE, 'staged.base');
      const bytes = readFileSync(file);
      bytes.fill(0xff, bytes.length / 2);
      writeFileSync(file, bytes);
      for (let nth = 0; nth < 3; nth += 1) expect(judgeLinked(repository, linked)).toEqual(['relation-exists']);
      expect(open(repository, linked)).toEqual([1]);
    });
  });

  it('a config that cannot be read is a mistake; one that can is not needed to clear', () => {
    const repository = committed();
    repository.run(['lint']);
    repository.write({ 'planproof.config.json': 'broken' });
    const { code, stderr } = repository.run(['cache', 'stats']);
    expect(code).toBe(2);
    expect(stderr).toContain('planproof.config.json:1:1');
    expect(repository.run(['cache', 'clear']).code).toBe(0);
    expect(repository.has(CACHE)).toBe(false);
  });
});

describe('cache clear', () => {
  it('removes the folder and says how much that frees; then there is nothing', () => {
    const repository = committed();
    repository.run(['lint']);
    repository.run(['lint', '--staged']);
    repository.write({ '.git/planproof/cache/older/file': 'x'.repeat(5000) });
    const { size } = stats(repository);
    expect(size).toBeGreaterThan(5000);
    expect(repository.run(['cache', 'clear'])).toEqual({
      code: 0,
      stdout: `${CACHE} removed: ${Math.round(size / 1000)} kB freed\n`,
      stderr: '',
    });
    expect(readdirSync(join(repository.folder, '.git/planproof'))).toEqual([]);
    expect(repository.run(['cache', 'clear'])).toEqual({
      code: 0,
      stdout: `${CACHE}: nothing to remove\n`,
      stderr: '',
    });
  });

  it('prints JSON for programs', () => {
    const repository = committed();
    repository.run(['lint']);
    const { folder, size } = stats(repository);
    const clear = (): unknown => JSON.parse(repository.run(['cache', 'clear', '--json']).stdout);
    expect(clear()).toEqual({ folder, removed: true, freed: size });
    expect(clear()).toEqual({ folder, removed: false, freed: 0 });
  });

  it('leaves what else lies in the git directory, and the next run gives the same report', () => {
    const repository = committed({ ...FILES, [PLAN]: plan({ related: '[ADR-002]' }) });
    const first = repository.run(['lint']);
    repository.write({ '.git/planproof/note': 'mine' });
    repository.run(['cache', 'clear']);
    expect(repository.read('.git/planproof/note')).toBe('mine');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(repository.run(['lint'])).toEqual(first);
    expect(first.code).toBe(1);
  });

  it.each([
    ['a folder', true],
    ['nothing', false],
  ])('removes a link in its place, and does not follow it: to %s', (_, exists) => {
    const repository = committed();
    const elsewhere = join(temporaryFolder(), 'elsewhere');
    if (exists) mkdirSync(elsewhere);
    if (exists) writeFileSync(join(elsewhere, 'kept'), 'mine');
    mkdirSync(join(repository.folder, '.git/planproof'));
    symlinkSync(elsewhere, join(repository.folder, CACHE));
    expect(repository.run(['cache', 'clear'])).toEqual({
      code: 0,
      stdout: `${CACHE} removed: 0 B freed\n`,
      stderr: '',
    });
    expect(readdirSync(join(repository.folder, '.git/planproof'))).toEqual([]);
    if (exists) expect(readFileSync(join(elsewhere, 'kept'), 'utf8')).toBe('mine');
  });

  it('a link inside is removed, and not what it leads to', () => {
    const repository = committed();
    repository.run(['lint']);
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, 'kept'), 'x'.repeat(100_000));
    symlinkSync(elsewhere, join(repository.folder, CACHE, 'link'));
    expect(stats(repository).size).toBeLessThan(100_000);
    expect(repository.run(['cache', 'clear']).code).toBe(0);
    expect(repository.has(CACHE)).toBe(false);
    expect(readFileSync(join(elsewhere, 'kept'), 'utf8')).toHaveLength(100_000);
  });

  it('removes nothing behind a link above it', () => {
    const repository = committed();
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, 'cache'));
    writeFileSync(join(elsewhere, 'cache', 'kept'), 'mine');
    symlinkSync(elsewhere, join(repository.folder, '.git/planproof'));
    const { code, stderr } = repository.run(['cache', 'clear']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `planproof: ${repository.folder}/.git/planproof is a link, and nothing is removed behind it\n  Remove by hand what it leads to.\n`,
    );
    expect(readFileSync(join(elsewhere, 'cache', 'kept'), 'utf8')).toBe('mine');
  });

  it('removes a file in its place', () => {
    const repository = committed();
    repository.write({ [CACHE]: 'odd' });
    expect(repository.run(['cache', 'stats']).stdout).toBe(`${CACHE}: Nothing is remembered yet\n`);
    expect(repository.run(['cache', 'clear']).stdout).toBe(`${CACHE} removed: 3 B freed\n`);
    expect(repository.has(CACHE)).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0)('says what it may not remove', () => {
    const repository = committed();
    repository.run(['lint']);
    const folder = join(repository.folder, CACHE);
    chmodSync(folder, 0o555);
    const { code, stderr } = repository.run(['cache', 'clear']);
    chmodSync(folder, 0o755);
    expect(code).toBe(2);
    expect(stderr).toContain(`planproof: Cannot remove ${folder}: `);
  });
});

describe('cache', () => {
  it('outside git there is none', () => {
    const repository = new Repository(FILES, { git: false });
    const notice = 'planproof: Nothing is remembered outside git: each run judges all documents.\n';
    for (const name of ['stats', 'clear'])
      expect(repository.run(['cache', name])).toEqual({ code: 0, stdout: '', stderr: notice });
    const json = (name: string): unknown => JSON.parse(repository.run(['cache', name, '--json']).stdout);
    expect(json('stats')).toEqual({ folder: null, size: 0, caches: [] });
    expect(json('clear')).toEqual({ folder: null, removed: false, freed: 0 });
  });

  it('knows no other command below it, and names the near one', () => {
    const repository = committed();
    const outcome = repository.run(['cache', 'cleer']);
    expect(outcome).toEqual({
      code: 2,
      stdout: '',
      stderr: "planproof: unknown command 'cleer'\n(Did you mean clear?)\n  planproof cache --help shows how.\n",
    });
    expect(repository.run(['cache', 'clear', 'all']).code).toBe(2);
    const bare = repository.run(['cache']);
    expect(bare.code).toBe(2);
    expect(bare.stderr).toContain('$ planproof cache stats');
    const help = repository.run(['cache', 'clear', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Examples:\n  $ planproof cache clear\n');
  });
});
