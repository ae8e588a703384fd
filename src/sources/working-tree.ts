import { execFileSync } from 'node:child_process';
import { constants, existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Source, Unreadable } from './source.ts';

/** Set by git for its hooks, and meant for the repository of the hook alone. */
const LOCAL_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
];

function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = { ...environment, GIT_OPTIONAL_LOCKS: '0' };
  for (const name of LOCAL_VARIABLES) delete clean[name];
  return clean;
}

/** What git knows and what it does not ignore; a file deleted but still known is left out when it is read. */
function listWithGit(top: string, folders: readonly string[], environment: NodeJS.ProcessEnv): string[] {
  // The literal pathspec `.` matches nothing; the top as a whole needs none.
  const specs = folders.includes('') ? [] : folders.map((folder) => `:(top,literal)${folder}`);
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...specs], {
    cwd: top,
    env: gitEnvironment(environment),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A path with a merge conflict comes once a stage.
  return [...new Set(output.split('\0').filter((path) => path !== ''))];
}

const REASONS: Record<string, string> = {
  ELOOP: 'Unexpected symbolic link, expected a regular file: planproof follows none',
  EMLINK: 'Unexpected symbolic link, expected a regular file: planproof follows none',
  EISDIR: 'Unexpected folder, expected a regular file',
  EACCES: 'No permission to read this file',
  EPERM: 'No permission to read this file',
};

/** Neither links nor pipes: a link may lead out of the repository, a pipe would block. Windows has neither flag. */
const READ_REGULAR = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function readRegular(path: string): Uint8Array | Unreadable | undefined {
  try {
    return readFileSync(path, { flag: READ_REGULAR as unknown as string });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { unreadable: REASONS[code] ?? `Unreadable file (${code})` };
  }
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
 * @throws Error when git is needed and fails
 */
export async function workingTree(top: string, hasGit: boolean, environment: NodeJS.ProcessEnv): Promise<Source> {
  const list = hasGit
    ? (folders: readonly string[]) => listWithGit(top, folders, environment)
    : await listWithGlob(top);
  return {
    list: (folders) => [...new Set(list(folders))].sort(),
    read: (path) => readRegular(join(top, path)),
    exists: (path) => {
      const inside = posix.normalize(path);
      return !inside.startsWith('../') && inside !== '..' && existsSync(join(top, inside));
    },
    hasCommit: (hash) => (hasGit ? findCommit(top, hash, environment) : undefined),
  };
}

/** What a git command prints; undefined when it fails. */
function git(top: string, args: readonly string[], environment: NodeJS.ProcessEnv): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: top,
      env: gitEnvironment(environment),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

function findCommit(top: string, hash: string, environment: NodeJS.ProcessEnv): boolean | undefined {
  if (git(top, ['cat-file', '-e', `${hash}^{commit}`], environment) !== undefined) return true;
  return git(top, ['rev-parse', '--is-shallow-repository'], environment) === 'false' ? false : undefined;
}

/** Whether a path is a folder; false where there is nothing. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
