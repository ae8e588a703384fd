import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where git keeps what belongs to one worktree, and what all worktrees of a clone share: the same but in linked ones. */
export interface GitDirectory {
  /** Absolute path of the worktree's own directory. */
  readonly own: string;
  /** Absolute path of the directory that all worktrees of the clone share. */
  readonly common: string;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The path in a pointer file of git, without the line end that closes it. */
function pointerIn(file: string, prefix: string): string | undefined {
  const text = textOf(file);
  return text?.startsWith(prefix) ? text.slice(prefix.length).replace(/[\r\n]+$/, '') : undefined;
}

/**
 * Reads where the git directory of a worktree is, without a git process: `.git` is the directory, or in a linked
 * worktree or a submodule a file that names it.
 *
 * @param top absolute path of the top of the worktree
 * @returns undefined outside git, or where the directory named does not exist
 */
export function gitDirectory(top: string): GitDirectory | undefined {
  const dotGit = join(top, '.git');
  const pointer = isFolder(dotGit) ? dotGit : pointerIn(dotGit, 'gitdir: ');
  if (pointer === undefined) return undefined;
  const own = resolve(top, pointer);
  const common = resolve(own, pointerIn(join(own, 'commondir'), '') ?? '.');
  return isFolder(own) && isFolder(common) ? { own, common } : undefined;
}
