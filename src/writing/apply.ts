import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { backward, dropTemporary, type Entry, forward, writing } from './entry.ts';
import { removeIfEmpty, syncFolder } from './files.ts';
import { insideTop } from './inside.ts';
import { type Journal, removeJournal } from './journal.ts';

function syncFolders(top: string, entries: readonly Entry[]): void {
  const folders = new Set(entries.map(({ path }) => dirname(insideTop(top, path))));
  // The name of a folder made lies in the folder above it.
  for (const folder of [...folders]) folders.add(dirname(folder));
  for (const folder of folders) syncFolder(folder);
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
export function finish(top: string, file: string, { entries }: Journal): void {
  for (const entry of entries) {
    writing(entry.path, () => {
      forward(top, entry);
      dropTemporary(top, entry);
    });
  }
  writing(file, () => {
    removeEmptied(top, entries);
    syncFolders(top, entries);
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
    syncFolders(top, entries);
    removeJournal(file);
  });
  return left.reverse();
}
