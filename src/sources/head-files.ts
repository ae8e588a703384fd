import { plainPath } from '../model/plain-path.ts';
import type { FileState } from './file-state.ts';
import { git, zeroSeparated } from './git.ts';
import { Blobs } from './git-blobs.ts';
import { MODE } from './git-objects.ts';
import { LINK } from './regular-file.ts';
import { linkedBy, type Source, type Unreadable } from './source.ts';
import { isInIndex, type PlainGit, pathsBelow } from './staged-files.ts';

/** Files as a commit has them, by path; null where it has none. */
export type CommitFiles = ReadonlyMap<string, FileState>;

/** What a commit has otherwise than the git index: one process, which passes over all folders that are the same. */
export function filesOfCommit(
  top: string,
  commit: string,
  { file }: PlainGit,
  environment: NodeJS.ProcessEnv,
): Map<string, FileState> {
  const args = ['diff-index', '--cached', '--raw', '-z', '--no-renames', '--no-abbrev', commit];
  const parts = zeroSeparated(git(top, args, environment, '', { index: file }));
  const files = new Map<string, FileState>();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [mode = '', , hash = ''] = (parts[at] as string).slice(1).split(' ');
    files.set(parts[at + 1] as string, /^0+$/.test(mode) ? null : [mode, hash]);
  }
  return files;
}

const isFile = (state: FileState): state is NonNullable<FileState> => state !== null && state[0] !== MODE.submodule;
const isIn = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/**
 * The files of a commit, as the git index with some files otherwise.
 *
 * @param base the source of the index
 * @param files all that the commit has otherwise
 */
export function commitFiles(
  top: string,
  base: Source,
  { index }: PlainGit,
  files: CommitFiles,
  environment: NodeJS.ProcessEnv,
): Source {
  const blobs = new Blobs(top, environment);
  // Only documents are read one after the other.
  const documents = [...files]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .filter(([path]) => path.endsWith('.md'));
  blobs.expect(() => documents.flatMap(([, state]) => (isFile(state) ? [state[1]] : [])));
  const own = (folder: string): string[] =>
    [...files].flatMap(([path, state]) => (isFile(state) && isIn(path, folder) ? [path] : []));
  const hasFolder = (folder: string): boolean => {
    if (!index.hasFolder(folder)) return false;
    return folder === '.' || pathsBelow(index, [folder]).some((path) => !files.has(path));
  };
  const read = (state: FileState): Uint8Array | Unreadable | undefined => {
    if (!isFile(state)) return undefined;
    return state[0] === MODE.link ? { unreadable: LINK } : blobs.read(state[1]);
  };
  return {
    list: (folders) => {
      const kept = base.list(folders).filter((path) => !files.has(path));
      return [...new Set([...kept, ...folders.flatMap(own)])].sort();
    },
    read: (path) => {
      const state = files.get(path);
      return state === undefined ? base.read(path) : read(state);
    },
    exists: (path) => {
      const inside = plainPath(path);
      const state = files.get(inside);
      if (state !== undefined && state !== null) return true;
      if ([...files].some(([other, one]) => one !== null && isIn(other, inside))) return true;
      if (state === undefined && index.find(inside) !== undefined) return isInIndex(index, inside);
      return hasFolder(inside);
    },
    isLinked: linkedBy((path) => {
      const state = files.get(path);
      return (state === undefined ? index.find(path)?.mode : state?.[0]) === MODE.link;
    }),
    hasCommit: base.hasCommit,
  };
}
