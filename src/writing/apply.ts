import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { backward, dropTemporary, type Entry, forward, writing } from './entry.ts';
import { removeIfEmpty, syncFolder } from './files.ts';
import { insideTop } from './inside.ts';
import { type Journal, removeJournal } from './journal.ts';

/** The folders in which a name has come or gone: those of the files, and those above a folder that was made. */
function syncFolders(top: string, { entries, folders }: Pick<Journal, 'entries' | 'folders'>): void {
  const changed = [...entries.map(({ path }) => path), ...folders].map((path) => dirname(join(top, path)));
  for (const folder of new Set(changed)) syncFolder(folder);
}

/** Removes the folders that files left empty when they went. */
function removeEmptied(top: string, entries: readonly Entry[]): void {
  for (const { path, after } of entries) {
    if (after !== undefined) continue;
    let folder = posix.dirname(path);
    while (folder !== '.' && removeIfEmpty(join(top, folder))) folder = posix.dirname(folder);
  }
}

/**
 * Makes all entries true that are not yet, the last act of a run.
 *
 * @param file absolute path of the journal, which is removed last
 * @throws UserError when one cannot be made
 */
export function finish(top: string, file: string, { entries, folders }: Journal): void {
  for (const entry of entries) {
    writing(entry.path, () => {
      forward(top, entry);
      dropTemporary(top, entry);
    });
  }
  writing(file, () => {
    removeEmptied(top, entries);
    syncFolders(top, { entries, folders });
    removeJournal(file);
  });
}

/** Removes temporary files and the folders made for them; the files themselves stay. */
export function discard(top: string, file: string, { entries, folders }: Journal): void {
  for (const entry of entries) writing(entry.path, () => dropTemporary(top, entry));
  removeMade(top, folders);
  writing(file, () => removeJournal(file));
}

function removeMade(top: string, folders: readonly string[]): void {
  for (const folder of [...folders].reverse()) if (existsSync(join(top, folder))) removeIfEmpty(insideTop(top, folder));
}

/**
 * Takes all entries back, but for files that somebody else changed since.
 *
 * @returns the paths of those
 */
export function undo(top: string, file: string, { entries, folders }: Journal): string[] {
  // First of all: this makes room on a full disk.
  for (const entry of entries) writing(entry.path, () => dropTemporary(top, entry));
  const left: string[] = [];
  for (const entry of [...entries].reverse())
    if (writing(entry.path, () => backward(top, entry)) === 'other') left.push(entry.path);
  removeMade(top, folders);
  writing(file, () => {
    syncFolders(top, { entries, folders });
    removeJournal(file);
  });
  return left.reverse();
}
