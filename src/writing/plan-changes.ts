import { randomUUID } from 'node:crypto';
import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import { join, posix } from 'node:path';
import { UserError } from '../model/user-error.ts';
import type { FileChange } from './change.ts';
import { changedMeanwhile, type Entry, hashOf, writing } from './entry.ts';
import { contentOf, hasExactName, NO_FILE } from './files.ts';
import { insideTop } from './inside.ts';

/** An entry, and what its file will hold. */
export interface PlannedEntry {
  readonly entry: Entry;
  /** Undefined when the file goes. */
  readonly content: Uint8Array | undefined;
  /** Path of the file whose owner the written one gets. */
  readonly model: string | undefined;
}

/** Changes that may be made. */
export interface ChangePlan {
  /** In the order in which they are made. */
  readonly planned: readonly PlannedEntry[];
  /** Folders to be made, each before those in it; relative to the top. */
  readonly folders: readonly string[];
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Where case makes no difference a file may take on a name that differs in case only from its own. */
function isOwnOldName(file: string, path: string, changes: readonly FileChange[]): boolean {
  const isTwin = (one: FileChange): boolean =>
    one.path !== path && one.after === undefined && one.path.toLowerCase() === path.toLowerCase();
  return changes.some(isTwin) && !hasExactName(file);
}

/** Refuses what must not be written, or is not as it was read. @returns what is known of the file */
function check(top: string, change: FileChange, changes: readonly FileChange[]): Stats | undefined {
  const { path, before, after } = change;
  const file = insideTop(top, path);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink()) throw new UserError(`${path} is a symbolic link`, 'planproof follows none.');
  if (before === undefined) {
    if (stat !== undefined && !isOwnOldName(file, path, changes)) throw changedMeanwhile(change);
    return stat;
  }
  const now = contentOf(file);
  if (now === undefined || now === NO_FILE || !isSame(now, before)) throw changedMeanwhile(change);
  // A rename would replace a file that is protected against writing.
  if (after !== undefined) accessSync(file, constants.W_OK);
  return stat;
}

function modeOf(top: string, { before, path, modeOf: from }: FileChange): number | undefined {
  const model = before === undefined ? from : path;
  const stat = model === undefined ? undefined : lstatSync(insideTop(top, model), { throwIfNoEntry: false });
  return stat && stat.mode & 0o7777;
}

function plan(top: string, change: FileChange, changes: readonly FileChange[]): PlannedEntry {
  const { path, before, after } = change;
  check(top, change, changes);
  const entry: Entry = {
    path,
    before,
    after: after && hashOf(after),
    temporary: `.planproof-${randomUUID()}.tmp`,
    mode: modeOf(top, change),
  };
  return { entry, content: after, model: before === undefined ? change.modeOf : path };
}

/** The folders above the new files that are not there yet. */
function missingFolders(top: string, changes: readonly FileChange[]): string[] {
  const missing = new Set<string>();
  for (const { path, before } of changes) {
    if (before !== undefined) continue;
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      if (lstatSync(join(top, folder), { throwIfNoEntry: false })) break;
      missing.add(folder);
    }
  }
  return [...missing].sort((a, b) => a.length - b.length);
}

/** Files that go make room for the new ones, whose names may differ from theirs in case only. */
const rank = ({ before, after }: FileChange): number => (after === undefined ? 1 : before === undefined ? 2 : 0);

/**
 * Checks changes, and settles how they are made.
 *
 * @param top absolute path of the top of the repository
 * @throws UserError when one of them must not be made, or its file is not as it was read
 */
export function planChanges(top: string, changes: readonly FileChange[]): ChangePlan {
  const wanted = changes.filter(({ before, after }) => before !== after && !(before && after && isSame(before, after)));
  if (new Set(wanted.map(({ path }) => path)).size < wanted.length) throw new Error('Two changes of one file');
  const ordered = [...wanted].sort((a, b) => rank(a) - rank(b));
  return {
    planned: ordered.map((change) => writing(change.path, () => plan(top, change, ordered))),
    folders: missingFolders(top, ordered),
  };
}
