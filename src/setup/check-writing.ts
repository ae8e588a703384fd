import { UserError } from '../model/user-error.ts';
import { readJournal } from '../writing/journal.ts';
import { look } from '../writing/lock-file.ts';
import { hasJournal, writingPlaces } from '../writing/places.ts';
import { type Check, fail, ok, warn } from './checkup.ts';
import { commandAtTop, type Project } from './project.ts';

/** What an interrupted run left, and who writes just now. */
export function checkWriting(project: Project): Check[] {
  const { journal, lock } = writingPlaces(project.top);
  const next = commandAtTop(project, 'list');
  const seen = look(lock);
  const isHeld = seen !== undefined && !seen.isGone;
  if (isHeld) {
    const who = seen.holder === undefined ? 'somebody' : `process ${seen.holder.pid}, since ${seen.holder.since}`;
    return [warn('writing', `${who} writes here just now`, `If that is wrong, delete ${lock}`)];
  }
  if (!hasJournal(journal)) {
    // The next one that writes takes the lock over by itself.
    return [
      ok(
        'writing',
        seen === undefined
          ? 'nobody is writing, nothing was interrupted'
          : 'a lock was left behind; it holds nobody up',
      ),
    ];
  }
  try {
    readJournal(journal);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [fail('writing', error.message, error.help)];
  }
  return [warn('writing', 'a run was interrupted: the next command finishes or undoes it', next)];
}
