import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { pathFrom } from '../model/slashes.ts';
import { UserError } from '../model/user-error.ts';

const isOutside = (path: string): boolean => path === '..' || path.startsWith('../') || isAbsolute(path);
const isGits = (path: string): boolean => path.split('/').some((part) => part.toLowerCase() === '.git');

/** Whether a path is written as one below the top: relative, with `/`, and without detours. */
export function isPlainPath(path: string): boolean {
  if (path === '' || path.includes('\0')) return false;
  const base = join(sep, 'top');
  return pathFrom(base, join(base, path)) === path && !isOutside(path);
}

/** The nearest folder above a path that is there. */
function existingAbove(path: string, top: string): string {
  let folder = dirname(path);
  while (folder !== top && !lstatSync(folder, { throwIfNoEntry: false })) folder = dirname(folder);
  return folder;
}

/**
 * The absolute path of a file that may be written.
 *
 * @param path relative to the top, with `/`
 * @throws UserError when it lies outside the top, through symbolic links too, or in git's own directory
 */
export function insideTop(top: string, path: string): string {
  if (!isPlainPath(path)) throw new UserError(`${path} does not lie in the repository`);
  if (isGits(path)) throw new UserError(`${path} lies in the git directory`);
  const file = join(top, path);
  const real = pathFrom(realpathSync(top), realpathSync(existingAbove(file, top)));
  if (isOutside(real)) throw new UserError(`${path} lies behind a symbolic link that leads out of the repository`);
  if (isGits(real)) throw new UserError(`${path} lies behind a symbolic link into the git directory`);
  return file;
}
