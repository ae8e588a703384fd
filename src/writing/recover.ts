import { UserError } from '../model/user-error.ts';
import { discard, finish, undo } from './apply.ts';
import { isReady, stateOf } from './entry.ts';
import { reasonOf } from './failure.ts';
import { DamagedJournal, type Journal, readJournal, removeJournal } from './journal.ts';
import { release, tryAcquire } from './lock-file.ts';
import { hasJournal, writingPlaces } from './places.ts';

const list = (paths: readonly string[]): string => paths.join(', ');

/** Whether a run can be brought to its end: no file was touched since, and what is missing lies ready. */
function canFinish(top: string, { entries }: Journal): boolean {
  return entries.every((entry) => {
    const state = stateOf(top, entry);
    return state === 'new' || (state === 'old' && isReady(top, entry));
  });
}

/** Undoes a run but for files that were edited since. @returns what to tell people */
function undoing(top: string, file: string, journal: Journal): string {
  const left = undo(top, file, journal);
  const taken = journal.entries.map(({ path }) => path).filter((path) => !left.includes(path));
  const edited = left.length === 0 ? '' : `; edited since, and left as it is: ${list(left)}`;
  return `An interrupted run is undone: ${list(taken) || 'nothing was left to undo'}${edited}.`;
}

function recovered(top: string, file: string, journal: Journal): string {
  if (journal.phase === 'preparing') {
    discard(top, file, journal);
    return 'An interrupted run had changed nothing; its temporary files are removed.';
  }
  if (!canFinish(top, journal)) return undoing(top, file, journal);
  finish(top, file, journal);
  return `An interrupted run is finished: ${list(journal.entries.map(({ path }) => path))}.`;
}

/**
 * Finishes or undoes what an interrupted run left. To be called while the lock is held.
 *
 * @param top absolute path of the top of the repository
 * @param notify is told what was done
 * @throws UserError when the journal is damaged, or a file cannot be written: the journal stays then
 */
export function recover(top: string, notify: (notice: string) => void): void {
  const file = writingPlaces(top).journal;
  if (!hasJournal(file)) return;
  try {
    const journal = readJournal(file);
    // A run that died before its journal was complete had done nothing else.
    if (journal === undefined) removeJournal(file);
    else notify(recovered(top, file, journal));
  } catch (error) {
    if (error instanceof DamagedJournal) throw error;
    const reason = error instanceof UserError ? error.message : reasonOf(error);
    throw new UserError(`Cannot recover an interrupted run: ${reason}`, `What it was about to write is in ${file}`);
  }
}

/**
 * Recovers what an interrupted run left, unless somebody writes right now: then nothing is interrupted. For commands
 * that only read; where nothing can be written they go on with a notice.
 *
 * @throws DamagedJournal
 */
export function recoverIfIdle(top: string, notify: (notice: string) => void): void {
  const { lock, journal } = writingPlaces(top);
  if (!hasJournal(journal)) return;
  try {
    const token = tryAcquire(lock);
    if (token === undefined) return;
    try {
      recover(top, notify);
    } finally {
      release(lock, token);
    }
  } catch (error) {
    if (error instanceof DamagedJournal) throw error;
    notify(error instanceof UserError ? `${error.message}.` : `Cannot recover an interrupted run: ${reasonOf(error)}.`);
  }
}
