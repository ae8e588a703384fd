import { lstatSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gitDirectory } from '../sources/git-directory.ts';

/**
 * Where caches lie that may tell of a worktree: its own, then that of the clone's first worktree. Both are in the git directory,
 * where no commit can put a file.
 *
 * @param top absolute path of the top of the repository
 * @returns none outside git
 */
export function cacheFolders(top: string): string[] {
  const git = gitDirectory(top);
  const directories = git ? [git.own, git.common] : [];
  return [...new Set(directories)].map((one) => join(one, 'planproof', 'cache'));
}

/** Where the cache of a worktree lies; undefined outside git. */
export function cacheFolder(top: string): string | undefined {
  return cacheFolders(top)[0];
}

/** A file of a cache. */
export interface CacheFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** When it was written. */
  readonly modified: Date;
}

/** The files of a cache; none where there is no folder. */
export function cacheFiles(folder: string): CacheFile[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        const { size, mtime } = lstatSync(file);
        return { name: relative(folder, file), size, modified: mtime };
      });
  } catch {
    return [];
  }
}

/**
 * Removes a cache and nothing else: of a link that lies in its place, the link.
 *
 * @returns how many bytes that frees; undefined where there is nothing
 * @throws what removing throws
 */
export function clearCache(folder: string): number | undefined {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (!there) return undefined;
  if (!there.isDirectory()) {
    unlinkSync(folder);
    return there.isFile() ? there.size : 0;
  }
  const freed = cacheFiles(folder).reduce((sum, { size }) => sum + size, 0);
  rmSync(folder, { recursive: true, force: true });
  return freed;
}
