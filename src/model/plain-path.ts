import { posix } from 'node:path';

/** A part of a path that stands for no name of its own. */
const NO_NAME = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** `posix.normalize`, which takes its time, where it has something to do; most paths have one form already. */
export function normalized(path: string): string {
  return NO_NAME.test(path) ? posix.normalize(path) : path;
}

/** A path in its one form, without a slash at the end: how files and folders are looked up. */
export function plainPath(path: string): string {
  const one = normalized(path);
  return one.length > 1 && one.endsWith('/') ? one.slice(0, -1) : one;
}
