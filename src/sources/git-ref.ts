import { plainPath } from '../model/plain-path.ts';
import { foldersOf } from './folders.ts';
import { git, hasCommit, zeroSeparated } from './git.ts';
import { Blobs } from './git-blobs.ts';
import { MODE } from './git-objects.ts';
import { resolveCommit } from './git-revision.ts';
import { LINK } from './regular-file.ts';
import { type ExpectingSource, linkedBy } from './source.ts';

/** A file that git has under a path. */
export interface Entry {
  readonly mode: string;
  readonly hash: string;
  /** Why there is no one content to read, in a sentence for a finding. */
  readonly unreadable?: string;
}

function listTree(top: string, commit: string, environment: NodeJS.ProcessEnv): Map<string, Entry> {
  const output = git(top, ['ls-tree', '-r', '-z', '--full-tree', commit], environment);
  return new Map(
    zeroSeparated(output).map((line): [string, Entry] => {
      const tab = line.indexOf('\t');
      const [mode = '', , hash = ''] = line.slice(0, tab).split(' ');
      return [line.slice(tab + 1), { mode, hash }];
    }),
  );
}

const inFolder = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** Files whose contents are git's objects. */
export interface ObjectSource extends ExpectingSource {
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A commit as a source of documents. */
export interface CommitSource extends ObjectSource {
  /** Its hash. */
  readonly commit: string;
}

/**
 * The files of a commit. Nothing is checked out: they are read from git's objects, some thousands with one process.
 *
 * @param top absolute path of the top of the repository
 * @param ref a branch, tag, hash or whatever git takes for a commit
 * @throws UserError when there is no such commit, with the command that fetches it
 */
export function gitRef(top: string, ref: string, environment: NodeJS.ProcessEnv): CommitSource {
  const commit = resolveCommit(top, ref, environment);
  return { ...objectSource(top, listTree(top, commit, environment), environment), commit };
}

/** Files whose contents are git's objects. */
export function objectSource(
  top: string,
  entries: ReadonlyMap<string, Entry>,
  environment: NodeJS.ProcessEnv,
): ObjectSource {
  const blobs = new Blobs(top, environment);
  const isFile = (path: string): boolean => entries.get(path)?.mode !== MODE.submodule;
  let folders: Set<string> | undefined;
  return {
    entries,
    list(wanted) {
      const found = [...entries.keys()].filter((path) => isFile(path) && wanted.some((one) => inFolder(path, one)));
      const sorted = found.sort();
      // Only documents are read one after the other.
      const documents = sorted.filter((path) => path.endsWith('.md'));
      blobs.expect(() => documents.flatMap((path) => entries.get(path)?.hash ?? []));
      return sorted;
    },
    read(path) {
      const entry = entries.get(path);
      if (!entry || entry.mode === MODE.submodule) return undefined;
      if (entry.unreadable !== undefined) return { unreadable: entry.unreadable };
      return entry.mode === MODE.link ? { unreadable: LINK } : blobs.read(entry.hash);
    },
    expect: (paths) => blobs.expect(() => paths.flatMap((path) => entries.get(path)?.hash ?? [])),
    exists(path) {
      const inside = plainPath(path);
      folders ??= foldersOf(entries.keys());
      return entries.has(inside) || folders.has(inside);
    },
    isLinked: linkedBy((path) => entries.get(path)?.mode === MODE.link),
    hasCommit: (hash) => hasCommit(top, hash, environment),
  };
}
