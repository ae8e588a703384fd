import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { reasonOf } from './failure.ts';
import { contentOf, giveName, NO_FILE, remove, removeIfThere, replaceWith, writeNew } from './files.ts';
import { insideTop } from './inside.ts';

/** What becomes of one file, with all that it takes to finish or to undo it after a crash. */
export interface Entry {
  /** Relative to the top, with `/`. */
  readonly path: string;
  /** What the file held; undefined when there was none. */
  readonly before: Uint8Array | undefined;
  /** The hash of what it will hold; undefined when it goes. */
  readonly after: string | undefined;
  /** Name of the temporary file beside it. */
  readonly temporary: string;
  /** Mode of the file, before and after; undefined for a new file without a model. */
  readonly mode: number | undefined;
}

/** How a file stands to the entry about it: as before, as after, or as neither, so that somebody else changed it. */
export type State = 'old' | 'new' | 'other';

/** The hash that an entry keeps of a content. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Absolute path of the temporary file of an entry. */
export function temporaryOf(top: string, { path, temporary }: Entry): string {
  return join(dirname(insideTop(top, path)), temporary);
}

/** Judges how a file stands to its entry. */
export function stateOf(top: string, { path, before, after }: Entry): State {
  const now = contentOf(insideTop(top, path));
  if (now === NO_FILE) return 'other';
  if (now === undefined) return before === undefined ? 'old' : after === undefined ? 'new' : 'other';
  if (before !== undefined && Buffer.compare(now, before) === 0) return 'old';
  return hashOf(now) === after ? 'new' : 'other';
}

/** Whether the content that an entry wants lies ready in its temporary file. */
export function isReady(top: string, entry: Entry): boolean {
  if (entry.after === undefined) return true;
  const content = contentOf(temporaryOf(top, entry));
  return content !== undefined && content !== NO_FILE && hashOf(content) === entry.after;
}

/**
 * Makes an entry true if it is not yet; then its temporary file is ready.
 *
 * @throws UserError when the file is neither as before nor as after
 */
export function forward(top: string, entry: Entry): void {
  const file = insideTop(top, entry.path);
  const state = stateOf(top, entry);
  if (state === 'new') return;
  if (state === 'other') throw changedMeanwhile(entry);
  if (entry.after === undefined) remove(file);
  else if (entry.before === undefined) giveName(temporaryOf(top, entry), file);
  else replaceWith(temporaryOf(top, entry), file);
}

/** The file is not what it was when somebody decided what to make of it. */
export function changedMeanwhile({ path, before }: Pick<Entry, 'path' | 'before'>): UserError {
  return before === undefined
    ? new UserError(`${path} exists already`)
    : new UserError(`${path} has changed meanwhile`, 'Run the command again.');
}

/**
 * Takes an entry back; its temporary file is gone. A file that somebody else changed since is left alone.
 *
 * @returns how the file stood
 */
export function backward(top: string, entry: Entry): State {
  const state = stateOf(top, entry);
  if (state !== 'new') return state;
  const file = insideTop(top, entry.path);
  if (entry.before === undefined) {
    remove(file);
    return state;
  }
  mkdirSync(dirname(file), { recursive: true });
  const temporary = temporaryOf(top, entry);
  writeNew(temporary, entry.before, { mode: entry.mode, like: file });
  if (entry.after === undefined) giveName(temporary, file);
  else replaceWith(temporary, file);
  return state;
}

/** Removes the temporary file of an entry. */
export function dropTemporary(top: string, entry: Entry): void {
  removeIfThere(temporaryOf(top, entry));
}

/** Does something to a file; a failed system call becomes a sentence about it. */
export function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`Cannot write ${path}: ${reasonOf(error)}`);
  }
}
