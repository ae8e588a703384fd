/*
 * A lock is a file that names its holder. Why two never hold the same one:
 *
 * 1. A claim is an exclusive create of a complete file, which fails where the name is taken. So a lock changes hands
 *    only over its removal.
 * 2. A lock with token t is removed by its holder, or by whoever holds the guard of t (a lock of its own) and, holding
 *    it, has seen t in the file.
 * 3. A holder is not judged gone while it lives (see `isGone`; of another machine: while it holds for less than ten
 *    minutes). So nobody but the guard's holder removes a lock that is judged gone, and between its look and its removal
 *    the file cannot change: what it removes is t.
 * 4. The guard is held by one at most, by these same sentences: its own holder may be gone, then the guard's guard
 *    decides, and so on. The chain is finite, for each link of it takes a process that died there.
 * 5. A token is never drawn twice. Whoever comes late with the guard of t finds another token, or none, and removes
 *    nothing.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, lstatSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './failure.ts';
import { contentOf, isBusy, lacksLinks, NO_FILE, pause, remove } from './files.ts';
import { type Holder, isGone, parseHolder, thisProcess } from './holder.ts';

/** A lock file as it was seen. */
export interface SeenLock {
  /** Undefined where the file is torn. */
  readonly holder: Holder | undefined;
  readonly isGone: boolean;
}

/** Looks who holds a lock; undefined when it is free. */
export function look(file: string): SeenLock | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const text = textOf(file);
  if (text === 'gone') return undefined;
  if (text === 'busy') return { holder: undefined, isGone: false };
  const holder = parseHolder(text);
  return { holder, isGone: isGone(holder, Date.now() - stat.mtimeMs) };
}

function textOf(file: string): string | 'gone' | 'busy' {
  try {
    const content = contentOf(file);
    if (content === undefined) return 'gone';
    return content === NO_FILE ? '' : Buffer.from(content).toString('utf8');
  } catch (error) {
    if (isBusy(error)) return 'busy';
    throw error;
  }
}

const holds = (file: string, token: string): boolean => look(file)?.holder?.token === token;

/**
 * Claims a lock if it is free.
 *
 * @param token drawn for this claim alone
 * @throws the error of the system call when its folder cannot be written
 */
function claim(file: string, token: string): boolean {
  const temporary = `${file}.${token}.tmp`;
  const text = JSON.stringify(thisProcess(token));
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    return linkTo(temporary, file) ?? claimWithoutLink(file, token, text);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Whether a file could be given a second name; undefined where files have but one. */
function linkTo(temporary: string, file: string): boolean | undefined {
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    const code = codeOf(error) ?? '';
    // A network file system may have done it and lost the answer; a run that stood still may have been swept away.
    if (code === 'EEXIST') return lstatSync(temporary, { throwIfNoEntry: false })?.nlink === 2;
    if (code === 'ENOENT') return false;
    if (lacksLinks(error)) return undefined;
    throw error;
  }
}

/**
 * Where there are no hard links, the file is there before it is complete, and one that stands still in between may be
 * taken for torn. Whoever removes a torn file makes its guard first and looks then; we complete the file first and look
 * for the guard then: at least one of the two sees the other.
 */
function claimWithoutLink(file: string, token: string, text: string): boolean {
  try {
    const handle = openSync(file, 'wx');
    try {
      writeFileSync(handle, text);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || isBusy(error)) return false;
    throw error;
  }
  const guard = guardOf(file, undefined);
  for (let seen = look(guard); seen !== undefined; seen = look(guard)) {
    if (seen.isGone) retire(guard, seen);
    pause(10);
  }
  return holds(file, token);
}

/** Gives a lock back, if it is still ours. One that cannot be removed is anybody's once this process is gone. */
export function release(file: string, token: string): void {
  try {
    if (holds(file, token)) remove(file);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  }
}

/** The lock that allows to remove another. A token names one lock alone, so the name need not tell which. */
function guardOf(file: string, holder: Holder | undefined): string {
  if (holder === undefined) return `${file}.torn`;
  const lock = basename(file).replace(/(?:\.[0-9a-f-]{36}|\.torn)+$/, '');
  return join(dirname(file), `${lock}.${holder.token}`);
}

/**
 * Removes a lock whose holder is gone, or leaves that to a living process that is about to do it.
 *
 * @param seen the lock as it was judged
 */
function retire(file: string, seen: SeenLock): void {
  const guard = guardOf(file, seen.holder);
  const token = randomUUID();
  while (!claim(guard, token)) {
    const other = look(guard);
    if (other?.isGone) retire(guard, other);
    else if (other !== undefined) return;
  }
  try {
    const now = look(file);
    if (now?.isGone && now.holder?.token === seen.holder?.token) remove(file);
  } finally {
    release(guard, token);
  }
}

/** Claims a lock, from a holder that is gone too. @returns its token; undefined when somebody holds it */
export function tryAcquire(file: string): string | undefined {
  const seen = look(file);
  if (seen !== undefined && !seen.isGone) return undefined;
  if (seen !== undefined) retire(file, seen);
  const token = randomUUID();
  mkdirSync(dirname(file), { recursive: true });
  if (look(file) !== undefined || !claim(file, token)) return undefined;
  sweep(file);
  return token;
}

/** Removes what processes left beside a lock that died while they claimed it or took it over. */
function sweep(file: string): void {
  const prefix = `${basename(file)}.`;
  for (const name of readdirSync(dirname(file)).filter((one) => one.startsWith(prefix))) {
    const stray = join(dirname(file), name);
    const seen = look(stray);
    if (!seen?.isGone) continue;
    // What a dead process wrote beside a lock is nobody else's business; a guard is a lock.
    if (/\.[0-9a-f-]{36}\.tmp$/.test(name)) rmSync(stray, { force: true });
    else if (/\.(?:[0-9a-f-]{36}|torn)$/.test(name)) retire(stray, seen);
  }
}
