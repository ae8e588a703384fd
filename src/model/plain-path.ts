import { posix } from 'node:path';

/** Whether a path may have a part that stands for no name of its own. */
const mayHaveOther = (path: string): boolean =>
  path === '' || path.endsWith('/') || path.endsWith('.') || path.includes('./') || path.includes('//');

/** `posix.normalize`, which takes its time, where it has something to do; most paths have one form already. */
export function normalized(path: string): string {
  return mayHaveOther(path) ? posix.normalize(path) : path;
}

const UP = '../';

/**
 * `posix.normalize` of both, quicker for what most links say: some folders up, then names.
 *
 * @param folder in its one form, with a slash at the end; empty for the top
 */
export function joined(folder: string, path: string): string {
  let base = folder;
  let start = 0;
  for (; base !== '' && path.startsWith(UP, start) && !base.endsWith(UP); start += UP.length)
    base = base.slice(0, base.lastIndexOf('/', base.length - 2) + 1);
  const rest = path.slice(start);
  return base === '' && (rest === '' || rest.startsWith('/'))
    ? posix.normalize(folder + path)
    : normalized(base + rest);
}

/** A path in its one form, without a slash at the end: how files and folders are looked up. */
export function plainPath(path: string): string {
  const one = normalized(path);
  return one.length > 1 && one.endsWith('/') ? one.slice(0, -1) : one;
}
