import ignore, { type Ignore } from 'ignore';
import { pathFrom } from '../model/slashes.ts';
import { isBelow } from './locate.ts';
import type { Workspace } from './workspace.ts';

/** A pattern of one name, in printable ASCII without backslashes, that starts with letters as they are. */
const ONE_NAME = /^([\w.~@%+=,-]+)[!-.0-[\]-~]*\/?$/;

/** How the name of a file or folder begins, behind a slash, for a pattern to match; any may if undefined. */
function startOf(pattern: string): string | undefined {
  const start = ONE_NAME.exec(pattern)?.[1];
  return start === undefined ? undefined : `/${start.toLowerCase()}`;
}

/** Tells which files the config does not count as documents. */
export function ignorer({ config, top }: Pick<Workspace, 'config' | 'top'>): (path: string) => boolean {
  const base = pathFrom(top, config.folder);
  const starts = config.ignore.map(startOf);
  let patterns: Ignore | undefined;
  /** False for most paths, which the library, slow to make its first answer, need not be asked about. */
  const mayMatch = (path: string): boolean => {
    const names = `/${path.toLowerCase()}`;
    return starts.some((start) => start === undefined || names.includes(start));
  };
  return (path) => {
    const own = base === '' ? path : path.slice(base.length + 1);
    if (!isBelow(path, base) || own === '' || !mayMatch(own)) return false;
    patterns ??= ignore().add([...config.ignore]);
    return patterns.ignores(own);
  };
}
