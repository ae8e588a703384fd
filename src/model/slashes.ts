import { relative, sep } from 'node:path';

/** A path of this system, with slashes. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/**
 * The path of a file or folder from a folder, with slashes; empty for the folder itself. Node's own answer, which this is, takes
 * longer where the one lies in the other.
 *
 * @param folder absolute, as `resolve` gives it
 * @param path absolute
 */
export function pathFrom(folder: string, path: string): string {
  if (path === folder) return '';
  const isBelow = path.startsWith(folder) && path.startsWith(sep, folder.length);
  const isPlain = isBelow && !path.endsWith(sep) && !path.includes('..');
  return isPlain ? slashed(path.slice(folder.length + 1)) : slashed(relative(folder, path));
}
