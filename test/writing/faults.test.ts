import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { recoverIfIdle } from '../../src/writing/recover.ts';
import { type Course, commitOf, leftovers, play, runWith, type Scene, snapshot } from '../helpers/killing.ts';
import { CLI, environment, type Outcome, Repository } from '../helpers/repository.ts';
import { CREATE, LINK, SCENES } from '../helpers/scenes.ts';

// A command is run anew for each of its calls, on a machine that may have other things to do too.
vi.setConfig({ testTimeout: 300_000 });

/** What the next command says that it recovered. */
function recovery(repository: Repository): string[] {
  const notices: string[] = [];
  recoverIfIdle(repository.folder, (notice) => notices.push(notice));
  return notices;
}

/** Nothing was changed, nothing is left, and the next command finds nothing to recover. */
function checkUnchanged(repository: Repository, course: Pick<Course, 'old'>): void {
  expect(snapshot(repository)).toEqual(course.old);
  expect(recovery(repository)).toEqual([]);
  expect(leftovers(repository).filter((name) => name.startsWith('journal'))).toEqual([]);
}

describe.each(SCENES)('a call that fails: $name', (scene: Scene) => {
  it('anywhere gives exit code 2 in one line and nothing changed, or does no harm', () => {
    const course = play(scene);
    const codes = new Set<number | null>();
    for (let at = 1; at <= course.calls.length; at++) {
      const repository = scene.build();
      const { code, stdout, stderr } = runWith({ at, effect: 'fail', code: 'ENOSPC' }, repository, scene.argv);
      codes.add(code);
      const call = `call ${at}: ${course.calls[at - 1]}`;
      if (code === 0) {
        // All is done but to make sure that the journal is gone, and to give back the lock: a dead process does that too.
        // A folder that others still use is not removed anyway.
        if (!course.calls[at - 1]?.startsWith('rmdirSync '))
          expect(at, call).toBeGreaterThanOrEqual(course.calls.length - 1);
        expect(snapshot(repository)).toEqual(course.new);
        continue;
      }
      expect([code, stdout], call).toEqual([2, '']);
      expect(stderr, call).toMatch(/^planproof: Cannot write [^\n]+: no space left, nothing (?:written|changed)\n$/);
      checkUnchanged(repository, course);
    }
    expect([...codes]).toEqual([2, 0]);
  });

  it('and goes on failing: what cannot be taken back at once is made whole by the next command', () => {
    const course = play(scene);
    const first = commitOf(course);
    const ends = new Set<string>();
    for (let at = first; at < course.calls.length - 1; at++) {
      const repository = scene.build();
      const { code, stderr } = runWith({ at, effect: 'full', code: 'ENOSPC' }, repository, scene.argv);
      expect(code).toBe(2);
      const isBack = stderr.endsWith(': no space left, nothing written\n');
      if (!isBack)
        expect(stderr).toMatch(
          /^planproof: .+; taking it back failed: .+: no space left\n {2}The next planproof command finishes or undoes it\.\n$/,
        );
      ends.add(isBack ? 'back' : 'later');
      const notices = recovery(repository);
      if (isBack) expect(notices).toEqual([]);
      else expect(notices).toEqual([expect.stringMatching(/^An interrupted run is (?:undone|finished): /)]);
      const isFinished = notices[0]?.includes('finished') === true;
      expect(snapshot(repository)).toEqual(isFinished ? course.new : course.old);
    }
    expect(ends).toContain('back');
  });
});

describe.skipIf(process.platform === 'win32')('a full disk, as a limit on the size of files', () => {
  // Blocks of 512 bytes in a POSIX shell.
  const limited = (blocks: number, repository: Repository, argv: readonly string[]): Outcome => {
    const { status, stdout, stderr } = spawnSync(
      'sh',
      ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', process.execPath, CLI, ...argv],
      { cwd: repository.folder, env: environment(), encoding: 'utf8' },
    );
    return { code: status, stdout, stderr };
  };

  it('stops the document itself', () => {
    const repository = new Repository({ 'readme.txt': '' });
    const old = snapshot(repository);
    expect(limited(1, repository, ['create', 'plan', '--title', 'Rate limit'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'planproof: Cannot write dev_ops/plans/PLAN-001-rate-limit.md: no space left, nothing written\n',
    });
    checkUnchanged(repository, { old });
    expect(leftovers(repository)).toEqual([]);
    expect(repository.run(['create', 'plan', '--title', 'Rate limit']).code).toBe(0);
  });

  it('stops the journal, and the lock', () => {
    const repository = LINK.build();
    const old = snapshot(repository);
    const place = join(repository.folder, '.git', 'planproof');
    expect(limited(1, repository, LINK.argv)).toEqual({
      code: 2,
      stdout: '',
      stderr: `planproof: Cannot write ${join(place, 'journal.json')}: no space left, nothing written\n`,
    });
    expect(limited(0, repository, LINK.argv)).toEqual({
      code: 2,
      stdout: '',
      stderr: `planproof: Cannot write ${join(place, 'lock')}: no space left, nothing changed\n`,
    });
    checkUnchanged(repository, { old });
    expect(leftovers(repository)).toEqual([]);
  });
});

const NOBODY = 65534;

/** How to run as a user whom permissions bind: as oneself, or as nobody if one is root; undefined where neither works. */
function asNobody(): readonly string[] | undefined {
  if (getuid === undefined) return undefined;
  if (getuid() !== 0) return [];
  const prefix = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const { status } = spawnSync('env', [...prefix, process.execPath, CLI, '--version'], { env: environment() });
  return status === 0 ? prefix : undefined;
}

const prefix = asNobody();

// Root may write everywhere: where the tests run as root and cannot become somebody else, nothing can be seen here.
describe.skipIf(prefix === undefined)('no permission', () => {
  /** A scene that belongs to the user who runs the command. */
  const build = (scene: Scene): Repository => {
    const repository = scene.build();
    if (getuid?.() === 0) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, repository.folder]);
    return repository;
  };
  const run = (repository: Repository, argv: readonly string[]): Outcome => {
    const { status, stdout, stderr } = spawnSync('env', [...(prefix ?? []), process.execPath, CLI, ...argv], {
      cwd: repository.folder,
      env: environment(),
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  };
  /** Takes a permission away until the test is over. */
  const protect = (repository: Repository, path: string, mode: number): void => {
    const place = join(repository.folder, path);
    chmodSync(place, mode);
    onTestFinished(() => {
      if (existsSync(place)) chmodSync(place, 0o755);
    });
  };
  const refused = (path: string, suffix = 'nothing written'): Outcome => ({
    code: 2,
    stdout: '',
    stderr: `planproof: Cannot write ${path}: no permission, ${suffix}\n`,
  });

  it('the same user may write where nothing is protected', () => {
    expect(run(build(CREATE), CREATE.argv)).toMatchObject({ code: 0, stderr: '' });
  });

  it('to write in a folder: neither of two files is changed', () => {
    const repository = build(LINK);
    protect(repository, 'dev_ops/plans', 0o555);
    const old = snapshot(repository);
    expect(run(repository, LINK.argv)).toEqual(refused('dev_ops/plans/PLAN-001-rate-limit.md'));
    checkUnchanged(repository, { old });
  });

  it('to make a folder', () => {
    const repository = build(CREATE);
    protect(repository, 'dev_ops', 0o555);
    const old = snapshot(repository);
    expect(run(repository, CREATE.argv)).toEqual(refused('dev_ops/plans'));
    checkUnchanged(repository, { old });
  });

  it('to write a file, though its folder may be written', () => {
    const repository = build(LINK);
    protect(repository, 'dev_ops/kanban/board.json', 0o444);
    const old = snapshot(repository);
    expect(run(repository, LINK.argv)).toEqual(refused('dev_ops/kanban/board.json'));
    checkUnchanged(repository, { old });
  });

  it('to lock: nothing is written, and reading goes on', () => {
    const repository = build(LINK);
    protect(repository, '.git', 0o555);
    const old = snapshot(repository);
    expect(run(repository, LINK.argv)).toEqual(
      refused(join(repository.folder, '.git', 'planproof', 'lock'), 'nothing changed'),
    );
    expect(run(repository, ['lint'])).toMatchObject({ code: 0, stderr: '' });
    expect(snapshot(repository)).toEqual(old);
  });

  it('to recover: a command that reads says so and goes on', () => {
    const repository = LINK.build();
    runWith({ at: commitOf(play(LINK)) + 1, effect: 'kill' }, repository, LINK.argv);
    if (getuid?.() === 0) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, repository.folder]);
    protect(repository, '.git/planproof', 0o555);
    expect(run(repository, ['lint'])).toMatchObject({
      code: 0,
      stderr: 'planproof: Cannot recover an interrupted run: no permission.\n',
    });
    expect(leftovers(repository)).toContain('journal.json');
  });
});

describe('a path that cannot be', () => {
  it('because the folder is a file', () => {
    const repository = CREATE.build();
    mkdirSync(join(repository.folder, 'dev_ops'), { recursive: true });
    writeFileSync(join(repository.folder, 'dev_ops/plans'), '');
    const old = snapshot(repository);
    expect(repository.run(CREATE.argv)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'planproof: Cannot write dev_ops/plans/PLAN-001-rate-limit.md: a folder on its path is a file, nothing written\n',
    });
    checkUnchanged(repository, { old });
    rmSync(join(repository.folder, 'dev_ops/plans'));
    expect(repository.run(CREATE.argv).code).toBe(0);
  });
});
