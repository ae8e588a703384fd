import { git, pathspecs, zeroSeparated } from './git.ts';
import { MODE } from './git-objects.ts';
import type { TrackedFile } from './git-trees.ts';

/** What git knows of the files of a worktree. */
export interface WorktreeFiles {
  /** The git index; a path with a merge conflict comes once a stage. */
  readonly tracked: readonly TrackedFile[];
  /** Files that git neither tracks nor ignores. */
  readonly untracked: readonly string[];
}

const TRACKED = /^[A-Z] ([0-7]+) ([0-9a-f]+) [0-3]\t([\s\S]*)$/;

/**
 * The files of a worktree below some folders.
 *
 * @param top absolute path of the top of the worktree
 * @throws UserError when git cannot tell
 */
export function worktreeFiles(top: string, folders: readonly string[], environment: NodeJS.ProcessEnv): WorktreeFiles {
  const args = ['ls-files', '-z', '-t', '--stage', '--others', '--exclude-standard', '--', ...pathspecs(folders)];
  const tracked: TrackedFile[] = [];
  const untracked: string[] = [];
  for (const line of zeroSeparated(git(top, args, environment))) {
    const [, mode, hash, path] = TRACKED.exec(line) ?? [];
    if (mode === undefined) untracked.push(line.replace(/^\? /, ''));
    else if (mode !== MODE.submodule) tracked.push({ mode, hash: hash as string, path: path as string });
  }
  return { tracked, untracked };
}
