import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { discard, finish, undo } from './apply.ts';
import type { FileChange } from './change.ts';
import { temporaryOf, writing } from './entry.ts';
import { codeOf } from './failure.ts';
import { writeNew } from './files.ts';
import { type Journal, saveJournal } from './journal.ts';
import { hasJournal, writingPlaces } from './places.ts';
import { type ChangePlan, planChanges } from './plan-changes.ts';

function makeFolders(top: string, folders: readonly string[]): void {
  for (const folder of folders) {
    writing(folder, () => {
      try {
        mkdirSync(join(top, folder));
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    });
  }
}

function writeTemporaries(top: string, { planned }: ChangePlan): void {
  for (const { entry, content, model } of planned) {
    if (content === undefined) continue;
    const like = model === undefined ? undefined : join(top, model);
    writing(entry.path, () => writeNew(temporaryOf(top, entry), content, { mode: entry.mode, like }));
  }
}

/** Does something; if it fails, it is taken back, and the error says so. */
function orElse(work: () => void, takeBack: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    try {
      takeBack();
    } catch (second) {
      if (!(second instanceof UserError)) throw second;
      throw new UserError(
        `${error.message}; taking it back failed: ${second.message}`,
        'The next planproof command finishes or undoes it.',
      );
    }
    throw new UserError(`${error.message}, nothing written`, error.help);
  }
}

/**
 * Makes all changes or none, even when the process is killed or the power fails: what is missing then is done by the
 * next command. To be called while the lock is held.
 *
 * @param top absolute path of the top of the repository
 * @throws UserError when a file is not as it was read, or cannot be written: then nothing has changed
 */
export function writeChanges(top: string, changes: readonly FileChange[]): void {
  const file = writingPlaces(top).journal;
  if (hasJournal(file)) throw new UserError('An interrupted run is not recovered yet, nothing written');
  let made: ChangePlan = { planned: [], folders: [] };
  orElse(
    () => {
      made = planChanges(top, changes);
    },
    () => {},
  );
  if (made.planned.length === 0) return;
  const journal: Journal = {
    phase: 'preparing',
    entries: made.planned.map(({ entry }) => entry),
    folders: made.folders,
  };
  const committed: Journal = { ...journal, phase: 'committed' };
  orElse(
    () => {
      writing(file, () => saveJournal(file, journal));
      makeFolders(top, made.folders);
      writeTemporaries(top, made);
      writing(file, () => saveJournal(file, committed));
    },
    () => discard(top, file, journal),
  );
  orElse(
    () => finish(top, file, committed),
    () => void undo(top, file, committed),
  );
}
