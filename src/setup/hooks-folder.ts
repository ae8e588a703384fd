import { isAbsolute, resolve } from 'node:path';
import { pathFrom } from '../model/slashes.ts';
import { tryGit } from '../sources/git.ts';
import { gitDirectory } from '../sources/git-directory.ts';

/** Where git looks for hooks in one worktree. */
export interface HooksFolder {
  /** Absolute. */
  readonly path: string;
  /** The value of core.hooksPath; undefined when it is not set. */
  readonly setting: string | undefined;
  /** Whose setting it is: `local` and `worktree` are of this clone, `global` and `system` of a person or a machine. */
  readonly scope: string | undefined;
  /** Relative to the top of the worktree, with `/`; undefined when it lies elsewhere. */
  readonly inside: string | undefined;
}

/** The value of core.hooksPath in force and its scope. Our own git commands set it too, on the command line. */
function hooksPath(top: string, environment: NodeJS.ProcessEnv): { scope: string; value: string } | undefined {
  const args = ['config', '-z', '--show-scope', '--type=path', '--get-all', 'core.hooksPath'];
  const parts = tryGit(top, args, environment)?.split('\0') ?? [];
  const found: { scope: string; value: string }[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2)
    found.push({ scope: parts[at] as string, value: parts[at + 1] as string });
  return found.findLast(({ scope }) => scope !== 'command');
}

/** The path relative to the top; undefined outside it, and in git's own directory. */
function insideOf(top: string, path: string): string | undefined {
  const inside = pathFrom(top, path);
  const isOutside = inside === '' || inside === '..' || inside.startsWith('../') || isAbsolute(inside);
  return isOutside || /^\.git(?:\/|$)/.test(inside) ? undefined : inside;
}

/** Finds the folder of the hooks in force in a worktree. */
export function hooksFolder(top: string, environment: NodeJS.ProcessEnv): HooksFolder {
  const { value, scope } = hooksPath(top, environment) ?? {};
  // A relative setting counts from the folder that hooks run in, which is the top of each worktree.
  const path =
    value === undefined ? resolve(gitDirectory(top)?.common ?? resolve(top, '.git'), 'hooks') : resolve(top, value);
  return { path, setting: value, scope, inside: insideOf(top, path) };
}
