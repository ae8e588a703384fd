import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Holder } from '../../src/writing/holder.ts';
import { exclusively, type Patience } from '../../src/writing/lock.ts';
import { runWith } from '../helpers/killing.ts';
import { Repository } from '../helpers/repository.ts';
import { plainScripts } from '../helpers/scripts.ts';

const IMPATIENT: Patience = { noticeAfter: 0, giveUpAfter: 150 };
const lockOf = (repository: Repository): string => join(repository.folder, '.git', 'planproof', 'lock');

/** This process as the holder of a lock. */
async function self(): Promise<Holder> {
  const repository = new Repository();
  return exclusively(repository.folder, fail, () => JSON.parse(readFileSync(lockOf(repository), 'utf8')) as Holder);
}

function fail(notice: string): never {
  throw new Error(`unexpected notice: ${notice}`);
}

const deadProcess = (): number => spawnSync(process.execPath, ['--version']).pid;

/** Puts a lock file there, so many seconds old. */
function putLock(file: string, content: Partial<Holder> | string, seconds = 0): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const then = new Date(Date.now() - seconds * 1000);
  utimesSync(file, then, then);
}

/** Whether a lock that lies there is taken over at once, and nothing is left of it. */
async function isTakenOver(repository: Repository): Promise<boolean> {
  const notices: string[] = [];
  const result = await exclusively(
    repository.folder,
    (notice) => notices.push(notice),
    () => 'in',
    IMPATIENT,
  ).catch((error: Error) => error.message);
  if (result !== 'in') {
    expect(result).toMatch(/^Another planproof writes here \(.+\), nothing written$/);
    return false;
  }
  expect(notices).toEqual([]);
  expect(readdirSync(dirname(lockOf(repository)))).toEqual([]);
  return true;
}

describe('a lock that somebody left', () => {
  const judge = async (content: Partial<Holder> | string, seconds = 0): Promise<boolean> => {
    const repository = new Repository();
    putLock(lockOf(repository), content, seconds);
    return isTakenOver(repository);
  };

  it('holds while its process lives, however old it is', async () => {
    const holder = await self();
    expect(await judge(holder)).toBe(false);
    expect(await judge(holder, 86_400)).toBe(false);
  });

  it('is taken over when its process is dead', async () => {
    expect(await judge({ ...(await self()), pid: deadProcess() })).toBe(true);
  });

  it.runIf(existsSync('/proc/self/stat'))('is taken over when its process id belongs to another process', async () => {
    expect(await judge({ ...(await self()), start: '1' })).toBe(true);
  });

  it('of another machine holds for ten minutes', async () => {
    const foreign = { ...(await self()), host: 'elsewhere', pid: deadProcess() };
    expect(await judge(foreign)).toBe(false);
    expect(await judge(foreign, 590)).toBe(false);
    expect(await judge(foreign, 610)).toBe(true);
  });

  it.each(['', '{', 'null', '[]', '{"token":"../../x","pid":1,"host":"h","since":"s"}', '\0\0\0'])(
    'that is torn (%j) may be one that is being written, for some seconds',
    async (content) => {
      expect(await judge(content)).toBe(false);
      expect(await judge(content, 10)).toBe(true);
    },
  );

  it('is taken over from one who died taking it over', async () => {
    const repository = new Repository();
    const dead = { ...(await self()), pid: deadProcess() };
    const tokens = ['a', 'b', 'c'].map((letter) => letter.repeat(36)) as [string, string, string];
    putLock(lockOf(repository), { ...dead, token: tokens[0] });
    putLock(`${lockOf(repository)}.${tokens[0]}`, { ...dead, token: tokens[1] });
    putLock(`${lockOf(repository)}.${tokens[1]}`, { ...dead, token: tokens[2] });
    putLock(`${lockOf(repository)}.${tokens[2]}.tmp`, '{', 10);
    expect(await isTakenOver(repository)).toBe(true);
  });

  it('waits for one who lives and takes it over', async () => {
    const repository = new Repository();
    const living = await self();
    putLock(lockOf(repository), { ...living, pid: deadProcess(), token: 'a'.repeat(36) });
    putLock(`${lockOf(repository)}.${'a'.repeat(36)}`, living);
    expect(await isTakenOver(repository)).toBe(false);
  });
});

describe('exclusively', () => {
  it('tells whom it waits for, and gives up with the file to delete', async () => {
    const repository = new Repository();
    const holder = { ...(await self()), since: '2026-01-31T10:00:00.000Z' };
    putLock(lockOf(repository), holder);
    const notices: string[] = [];
    const host = holder.host.split(' ', 1)[0];
    const who = `process ${holder.pid} on ${host}, since 2026-01-31T10:00:00.000Z`;
    await expect(
      exclusively(
        repository.folder,
        (notice) => notices.push(notice),
        () => fail('work'),
        IMPATIENT,
      ),
    ).rejects.toMatchObject({
      message: `Another planproof writes here (${who}), nothing written`,
      help: `If that is wrong, delete ${lockOf(repository)}`,
    });
    expect(notices).toEqual([`Waiting for another planproof that writes here (${who}).`]);
    expect(JSON.parse(readFileSync(lockOf(repository), 'utf8'))).toEqual(holder);
  });

  it('gives the lock back when the work throws', async () => {
    const repository = new Repository();
    const work = (): never => {
      expect(existsSync(lockOf(repository))).toBe(true);
      throw new Error('work');
    };
    await expect(exclusively(repository.folder, fail, work)).rejects.toThrow('work');
    expect(await isTakenOver(repository)).toBe(true);
  });

  it('leaves alone a lock that is no longer its own', async () => {
    const repository = new Repository();
    const other = { ...(await self()), token: 'd'.repeat(36) };
    await exclusively(repository.folder, fail, () => putLock(lockOf(repository), other));
    expect(JSON.parse(readFileSync(lockOf(repository), 'utf8'))).toEqual(other);
  });

  it('holds over all worktrees of a clone, and outside git in the root', async () => {
    const repository = new Repository({ 'a.txt': 'a' });
    repository.commit();
    repository.git('worktree', 'add', '-q', 'linked');
    await exclusively(join(repository.folder, 'linked'), fail, async () => {
      expect(await isTakenOver(repository)).toBe(false);
    });
    const plain = new Repository({}, { git: false });
    await exclusively(plain.folder, fail, () => expect(readdirSync(plain.folder)).toEqual(['.planproof.lock']));
    expect(readdirSync(plain.folder)).toEqual([]);
  });
});

const CONTENDER = `
import { readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { exclusively } from './writing/lock.js';
const [top, rounds, dies] = [process.argv[2], Number(process.argv[3]), process.argv[4] === 'dies'];
while (!existsSync(top + '/go')) await sleep(5);
for (let round = 0; round < rounds; round++) {
  await exclusively(top, () => {}, async () => {
    if (dies) process.kill(process.pid, 'SIGKILL');
    // Two inside would meet here, and one of them would overwrite what the other adds.
    writeFileSync(top + '/inside', '', { flag: 'wx' });
    const lines = readFileSync(top + '/lines', 'utf8');
    await sleep(Math.random() * 4);
    writeFileSync(top + '/lines', lines + process.pid + '\\n');
    rmSync(top + '/inside');
  });
}
`;

/** Lets processes contend for the lock, some of which die holding it. @returns the lines that the others wrote */
async function contend(repository: Repository, living: number, rounds: number, dying: number): Promise<string[]> {
  const scripts = plainScripts(['writing', 'sources', 'model']);
  const script = join(scripts, 'contender.js');
  writeFileSync(script, CONTENDER);
  repository.write({ lines: '' });
  const ends = Array.from({ length: living + dying }, (_, index) => {
    const args = [script, repository.folder, String(rounds), index < dying ? 'dies' : 'lives'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    return new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
  });
  repository.write({ go: '' });
  const codes = await Promise.all(ends);
  expect(codes).toEqual([...Array(dying).fill('SIGKILL'), ...Array(living).fill(0)]);
  return repository.read('lines').trimEnd().split('\n');
}

describe('many processes', () => {
  it('take over a stale lock one after the other, also from those who die holding it', async () => {
    const repository = new Repository();
    putLock(lockOf(repository), { ...(await self()), pid: deadProcess() });
    const lines = await contend(repository, 12, 5, 8);
    expect(lines).toHaveLength(60);
    expect(new Set(lines).size).toBe(12);
    expect(await isTakenOver(repository)).toBe(true);
  });

  it('take over a torn lock one after the other', async () => {
    const repository = new Repository();
    putLock(lockOf(repository), '{"tok', 10);
    expect(await contend(repository, 12, 2, 0)).toHaveLength(24);
    expect(await isTakenOver(repository)).toBe(true);
  });
});

describe('where there are no hard links', () => {
  it('a command writes all the same, and leaves nothing', () => {
    const repository = new Repository();
    const outcome = runWith({ without: ['linkSync'] }, repository, ['create', 'adr', '--title', 'Tokens']);
    expect(outcome).toEqual({ code: 0, stdout: 'dev_ops/adrs/ADR-001-tokens.md\n', stderr: '' });
    expect(repository.report()).toEqual([]);
    expect(readdirSync(join(repository.folder, 'dev_ops', 'adrs'))).toEqual(['ADR-001-tokens.md']);
    expect(readdirSync(dirname(lockOf(repository)))).toEqual([]);
  });
});
