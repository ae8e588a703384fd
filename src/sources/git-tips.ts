import { statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { git, tryGit } from './git.ts';

/** Where a branch, or a worktree that is on none, stands. */
export interface Tip {
  /** What stands there, for messages. */
  readonly name: string;
  /** Hash of the commit. */
  readonly commit: string;
}

/**
 * The tips of all local and remote-tracking branches.
 *
 * @throws UserError when git cannot read one of them
 */
export function branchTips(top: string, environment: NodeJS.ProcessEnv): Tip[] {
  const args = ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads', 'refs/remotes'];
  const warn = (text: string): void => {
    const broken = /ignoring broken ref (\S+)/.exec(text)?.[1];
    if (broken !== undefined)
      throw new UserError(`The branch ${broken} is damaged`, 'git fsck shows what is wrong with it.');
  };
  const output = git(top, args, environment, '', { warn });
  return output
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }));
}

/** A worktree of a clone. */
export interface Worktree {
  /** Absolute path; undefined when it has no files here: it is bare, or was deleted. */
  readonly top: string | undefined;
  /** Undefined before the first commit. */
  readonly head: Tip | undefined;
}

/** Whether a folder is a worktree still; one that may be there and cannot be seen is an error. */
function isWorktree(path: string): boolean {
  try {
    return statSync(join(path, '.git'), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw new UserError(
      `The worktree ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      'git worktree list shows all worktrees, git worktree prune forgets those that are gone.',
    );
  }
}

function parseWorktree(lines: readonly string[]): Worktree {
  const value = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
  const path = value('worktree') ?? '';
  const commit = value('HEAD');
  return {
    top: !lines.includes('bare') && isWorktree(path) ? path : undefined,
    head: commit === undefined || /^0*$/.test(commit) ? undefined : { name: `HEAD of ${path}`, commit },
  };
}

/** All worktrees of a clone, the one at hand and the main one too. */
export function worktrees(top: string, environment: NodeJS.ProcessEnv): Worktree[] {
  const args = ['worktree', 'list', '--porcelain'];
  // git before 2.36 has no -z here.
  const listed = tryGit(top, [...args, '-z'], environment);
  const end = listed === undefined ? '\n' : '\0';
  return (listed ?? git(top, args, environment).toString('utf8'))
    .split(`${end}${end}`)
    .map((record) => record.split(end).filter((line) => line !== ''))
    .filter((lines) => lines.length > 0)
    .map(parseWorktree);
}
