import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { normalized } from '../model/plain-path.ts';
import { git, hasCommit, pathspecs, zeroSeparated } from './git.ts';
import { leftOutBy } from './left-out.ts';
import { readRegular } from './regular-file.ts';
import type { Source } from './source.ts';

/** What git knows and what it does not ignore; a file deleted but still known is left out when it is read. */
function listWithGit(top: string, folders: readonly string[], environment: NodeJS.ProcessEnv): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...pathspecs(folders)];
  // A path with a merge conflict comes once a stage.
  return [...new Set(zeroSeparated(git(top, args, environment)))];
}

/** The absolute path of a path from the top, without a look at each sign of it as `join` takes. */
export function absolutePath(top: string, path: string): string {
  return `${top}/${path}`;
}

/** Files outside git: those that no .gitignore between the top and the file names. */
async function listWithGlob(top: string): Promise<(folders: readonly string[]) => string[]> {
  const [{ globSync }, { default: ignore }] = await Promise.all([import('tinyglobby'), import('ignore')]);
  const options = { cwd: top, dot: true, followSymbolicLinks: false, ignore: ['**/node_modules/**', '**/.git/**'] };
  const rules = globSync('**/.gitignore', options).map((path) => ({
    folder: path.slice(0, -'.gitignore'.length),
    ignored: ignore().add(readFileSync(join(top, path), 'utf8')),
  }));
  const isIgnored = (path: string): boolean =>
    rules.some(
      ({ folder, ignored }) => path.startsWith(folder) && path !== folder && ignored.ignores(path.slice(folder.length)),
    );
  return (folders) =>
    folders
      .flatMap((folder) => globSync(folder === '' ? '**' : `${escapeGlob(folder)}/**`, options))
      .filter((path) => !isIgnored(path));
}

const escapeGlob = (path: string): string => path.replace(/[\\*?[\]{}()!@+|]/g, '\\$&');

/**
 * The files as they lie in the folders: in a git repository those that git tracks or would track, elsewhere those that
 * no .gitignore names.
 *
 * @param top absolute path
 * @throws UserError when git is needed and fails
 */
export async function workingTree(top: string, hasGit: boolean, environment: NodeJS.ProcessEnv): Promise<Source> {
  const list = hasGit
    ? (folders: readonly string[]) => listWithGit(top, folders, environment)
    : await listWithGlob(top);
  return {
    list: (folders) => [...new Set(list(folders))].sort(),
    read: (path) => readRegular(absolutePath(top, path)),
    exists: (path) => {
      const inside = normalized(path);
      return !inside.startsWith('../') && inside !== '..' && existsSync(absolutePath(top, inside));
    },
    isLeftOut: hasGit ? leftOutBy(top, environment) : undefined,
    hasCommit: (hash) => (hasGit ? hasCommit(top, hash, environment) : undefined),
  };
}

/** Whether a path is a folder; false where there is nothing. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
