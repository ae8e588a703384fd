import { spawn, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { CLI, environment, type Outcome, type Repository } from './repository.ts';

/** A command in a repository that it changes. Lint is clean before and after. */
export interface Scene {
  readonly name: string;
  readonly argv: readonly string[];
  /** What it tells on standard error; nothing if absent. */
  readonly says?: RegExp;
  /** What lint exits with before it has run; 0 if absent. */
  readonly before?: number;
  build(): Repository;
}

/** What the preloaded script does to the command. */
export interface Faults {
  /** The call at which it happens, from 1. */
  readonly at?: number;
  /** The process dies; dies with half of the bytes written; the call fails; it fails and so does all that needs space. */
  readonly effect?: 'kill' | 'tear' | 'fail' | 'full';
  /** Of the failing call. */
  readonly code?: string;
  /** The moment that the command takes for now, ISO 8601. */
  readonly clock?: string;
  /** File that gets a line a call: moment in milliseconds, function, first argument. */
  readonly log?: string;
  /** Functions that always fail with EPERM. */
  readonly without?: readonly string[];
}

const PRELOAD = pathToFileURL(fileURLToPath(new URL('faults.mjs', import.meta.url))).href;
const CLOCK = '2026-03-01T12:00:00.000Z';

const commandLine = (argv: readonly string[]): string[] => ['--import', PRELOAD, CLI, ...argv];
const settings = (faults: Faults): NodeJS.ProcessEnv =>
  environment({ PLANPROOF_TEST_FAULTS: JSON.stringify({ clock: CLOCK, ...faults }) });

/** Runs the real command with faults. */
export function runWith(faults: Faults, repository: Repository, argv: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, commandLine(argv), {
    cwd: repository.folder,
    env: settings(faults),
    encoding: 'utf8',
    input: '',
  });
  return { code: status, stdout, stderr };
}

/** Runs the real command and kills it after some milliseconds. @returns whether it was killed before it ended */
export function killAfter(milliseconds: number, repository: Repository, argv: readonly string[]): Promise<boolean> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, commandLine(argv), {
      cwd: repository.folder,
      env: settings({}),
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('error', fail);
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      done(signal === 'SIGKILL');
    });
  });
}

/** The content of all files but git's, by path. */
export type Snapshot = Readonly<Record<string, string>>;

/** Takes down mode and content of all files, `folder` for folders, and where links lead. */
export function snapshot(repository: Repository): Snapshot {
  const paths = readdirSync(repository.folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path !== '.git' && !/^\.git[\\/]/.test(path),
  );
  const read = (path: string): string => {
    const file = join(repository.folder, path);
    const stat = lstatSync(file);
    if (stat.isSymbolicLink()) return `link to ${readlinkSync(file)}`;
    return stat.isDirectory() ? 'folder' : `${(stat.mode & 0o777).toString(8)} ${readFileSync(file, 'latin1')}`;
  };
  return Object.fromEntries(paths.sort().map((path) => [path, read(path)]));
}

/** What writers left in the git directory. */
export function leftovers(repository: Repository): string[] {
  const folder = join(repository.folder, '.git', 'planproof');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Lets some seconds pass: a file that was torn under a name of its own is nobody's only then. */
function passSeconds(repository: Repository): void {
  const then = new Date(Date.now() - 10_000);
  for (const name of leftovers(repository)) utimesSync(join(repository.folder, '.git', 'planproof', name), then, then);
}

/** What a scene is before and after its command, and the calls that make the one of the other. */
export interface Course {
  readonly scene: Scene;
  readonly old: Snapshot;
  readonly new: Snapshot;
  /** The functions called, each with its first argument. */
  readonly calls: readonly string[];
  /** Milliseconds from the start of the process to the first call, the last call, and its end. */
  readonly times: { readonly first: number; readonly last: number; readonly end: number };
}

/** Plays a scene without a fault. */
export function play(scene: Scene): Course {
  const repository = scene.build();
  const old = snapshot(repository);
  const log = join(repository.folder, '.git', 'calls');
  const begin = Date.now();
  const outcome = runWith({ log }, repository, scene.argv);
  const end = Date.now() - begin;
  expect(outcome.code).toBe(0);
  expect(outcome.stderr).toMatch(scene.says ?? /^$/);
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const moments = lines.map((line) => Number(line.split(' ', 1)[0]) - begin);
  return {
    scene,
    old,
    new: snapshot(repository),
    calls: lines.map((line) => line.slice(line.indexOf(' ') + 1)),
    times: { first: moments[0] as number, last: moments.at(-1) as number, end },
  };
}

/** The number, from 1, of the call that commits a run: from then on its files change. */
export function commitOf({ calls }: Course): number {
  return calls.findLastIndex((call) => /^renameSync .*journal\.json\.tmp$/.test(call)) + 1;
}

/** How far a run had come. */
export type Phase = 'not begun' | 'locked' | 'preparing' | 'committed' | 'done';

/** Tells from what lies there how far a killed run had come. */
function phaseOf(repository: Repository, course: Course): Phase {
  const journal = join(repository.folder, '.git', 'planproof', 'journal.json');
  if (existsSync(journal)) return (JSON.parse(readFileSync(journal, 'utf8')) as { phase: Phase }).phase;
  if (isDeepStrictEqual(snapshot(repository), course.new)) return 'done';
  return leftovers(repository).length > 0 ? 'locked' : 'not begun';
}

const TEMPORARY = /(?:^|[\\/])\.planproof-[0-9a-f-]{36}\.tmp$/;

/** Every file is the old or the new one; what else is there are temporary files. */
function checkFiles(now: Snapshot, course: Course): void {
  for (const path of Object.keys({ ...now, ...course.old, ...course.new })) {
    if (TEMPORARY.test(path)) continue;
    expect([course.old[path], course.new[path]], path).toContain(now[path]);
  }
}

const NOTICES: Readonly<Record<Phase, RegExp>> = {
  'not begun': /^$/,
  locked: /^$/,
  preparing: /^planproof: An interrupted run had changed nothing; its temporary files are removed\.\n$/,
  committed: /^planproof: An interrupted run is (?:finished|undone): .+\.\n$/,
  done: /^$/,
};

/**
 * What must hold after a run was killed: every file old or new at once, all of them old or all of them new after the
 * next command, which says what it recovered; nothing left over, and nobody locked out.
 *
 * @returns how far the run had come
 */
export function checkAfterKill(repository: Repository, course: Course): Phase {
  const phase = phaseOf(repository, course);
  checkFiles(snapshot(repository), course);
  const lint = repository.run(['lint']);
  expect(lint.stderr).toMatch(NOTICES[phase]);
  expect([0, course.scene.before ?? 0]).toContain(lint.code);
  checkWhole(repository, course, phase);
  return phase;
}

/** All files are old or all are new, as the phase asks, and the next writer finds the way free and leaves nothing. */
export function checkWhole(repository: Repository, course: Course, phase: Phase): void {
  const now = snapshot(repository);
  expect(now).toEqual(phase === 'committed' || phase === 'done' ? course.new : course.old);
  passSeconds(repository);
  expect(repository.run(['create', 'adr', '--title', 'Afterwards'])).toMatchObject({ code: 0, stderr: '' });
  expect(leftovers(repository)).toEqual([]);
  const { code, stderr } = repository.run(['lint']);
  expect(stderr).toBe('');
  expect([0, course.scene.before ?? 0]).toContain(code);
}
