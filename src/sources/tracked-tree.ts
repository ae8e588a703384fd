import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { git, pathspecs, zeroSeparated } from './git.ts';
import type { IndexFile } from './index-file.ts';
import { readRegular } from './regular-file.ts';
import type { Source, Unreadable } from './source.ts';
import { type PlainGit, pathsBelow } from './staged-files.ts';
import { absolutePath } from './working-tree.ts';

/** What differs from the git index below some folders. */
export interface Departures {
  /** Files with other contents, or whose contents git has not compared. */
  readonly changed: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  /** Files that git neither tracks nor ignores. */
  readonly untracked: ReadonlySet<string>;
}

/**
 * Asks git what differs from its index, which it finds out in a fraction of the time that it takes to look at each file from here.
 *
 * @param top absolute path of the top of the repository
 */
function departures(top: string, folders: readonly string[], environment: NodeJS.ProcessEnv): Departures {
  const flags = ['-z', '-t', '--modified', '--deleted', '--others', '--exclude-standard'];
  const lines = zeroSeparated(git(top, ['ls-files', ...flags, '--', ...pathspecs(folders)], environment));
  const tagged = (tag: string): Set<string> =>
    new Set(lines.flatMap((line) => (line.startsWith(`${tag} `) ? [line.slice(2)] : [])));
  const gone = tagged('R');
  const changed = tagged('C');
  for (const path of gone) changed.delete(path);
  return { changed, gone, untracked: tagged('?') };
}

/**
 * Tracked files that are not as a git index has them, or gone.
 *
 * @param file the index file, as GIT_INDEX_FILE has it; undefined for the worktree's own
 */
export function modifiedFiles(
  top: string,
  folders: readonly string[],
  environment: NodeJS.ProcessEnv,
  file?: string,
): string[] {
  const args = ['ls-files', '-z', '--modified', '--deleted', '--', ...pathspecs(folders)];
  return zeroSeparated(git(top, args, environment, '', { index: file }));
}

/** The files as they lie in the folders of a repository, and what of them is not as its index has it. */
export interface TrackedTree {
  readonly source: Source;
  readonly index: IndexFile;
  /** What differs from the index below folders; git is asked once for the same folders. */
  departures(folders: readonly string[]): Departures;
  /** Reads a file whose contents are looked at now and judged later: the source gives the same bytes again. */
  hold(path: string): Uint8Array | Unreadable | undefined;
}

/** So many bytes are held at the most. */
const HELD_BYTES = 16 * 2 ** 20;

/**
 * The files of a working tree by its git index: the same as those of `workingTree`, with the one process that also tells which
 * of them have changed.
 *
 * @param base the source of the working tree
 */
export function trackedTree(
  top: string,
  { index }: PlainGit,
  base: Source,
  environment: NodeJS.ProcessEnv,
): TrackedTree {
  let asked: { readonly folders: string; readonly answer: Departures } | undefined;
  const ask = (folders: readonly string[]): Departures => {
    const name = folders.join('\0');
    if (asked?.folders !== name)
      asked = { folders: name, answer: withUnwatched(departures(top, folders, environment)) };
    return asked.answer;
  };
  /** What git does not look at may be other than git says: it is read here, as long as it is there. */
  const withUnwatched = (found: Departures): Departures => {
    const paths = index.notes.unwatched.map((nth) => index.path(nth)).filter((path) => !found.gone.has(path));
    const isThere = (path: string): boolean => lstatSync(join(top, path), { throwIfNoEntry: false }) !== undefined;
    const changed = new Set([...found.changed, ...paths.filter(isThere)]);
    const gone = new Set([...found.gone, ...paths.filter((path) => !isThere(path))]);
    return { ...found, changed, gone };
  };
  const held = new Map<string, Uint8Array>();
  let heldBytes = 0;
  const read = (path: string): Uint8Array | Unreadable | undefined =>
    held.get(path) ?? readRegular(absolutePath(top, path));
  const hold = (path: string): Uint8Array | Unreadable | undefined => {
    const bytes = read(path);
    if (!(bytes instanceof Uint8Array) || heldBytes + bytes.length > HELD_BYTES) return bytes;
    held.set(path, bytes);
    heldBytes += bytes.length;
    return bytes;
  };
  const list = (folders: readonly string[]): string[] => {
    const tracked = pathsBelow(index, folders);
    return [...new Set([...tracked, ...ask(folders).untracked])].sort();
  };
  return {
    index,
    departures: ask,
    hold,
    source: { ...base, list, read },
  };
}
