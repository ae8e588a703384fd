import { dirname, resolve } from 'node:path';
import { execPath, getBuiltinModule } from 'node:process';
import { UserError } from '../model/user-error.ts';

/** Set by git for its hooks and meant for the repository of the hook alone, or changing what paths mean. */
const LOCAL_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_GRAFT_FILE',
  'GIT_SHALLOW_FILE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
];

/** git only reads: it takes no lock, fetches nothing, asks nothing, and speaks English. */
function readingEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = { ...environment };
  for (const name of LOCAL_VARIABLES) delete clean[name];
  return {
    ...clean,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // A git that does not know the variable above finds every transport closed.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** Nothing that the repository's settings name is run. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--no-pager'];

const MAX_OUTPUT = 2 ** 30;

interface Outcome {
  readonly ok: boolean;
  /** The exit code; null where git could not be run, or was killed. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** What kept git from doing it, in one line. */
  readonly reason: string;
}

function run(
  top: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  input: string | Buffer,
  index?: string,
): Outcome {
  // Loaded when git is first asked: a run that finds all it needs in git's files does without.
  const { spawnSync } = getBuiltinModule('node:child_process');
  // Not started in the repository: Windows and a relative PATH would find a program called git there.
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', resolve(top), ...HARMLESS, ...args], {
    cwd: dirname(execPath),
    env: { ...readingEnvironment(environment), ...(index === undefined ? {} : { GIT_INDEX_FILE: index }) },
    input,
    maxBuffer: MAX_OUTPUT,
    windowsHide: true,
  });
  const words = (stderr ?? Buffer.alloc(0)).toString('utf8');
  const lines = words.split('\n');
  const said = lines.find((line) => /^(?:fatal|error): /.test(line)) ?? lines.find((line) => line !== '');
  // git may end before it has read all that it is given: then its own word counts.
  const failure = status === null ? error?.message : undefined;
  return {
    ok: status === 0,
    code: status ?? null,
    stdout: stdout ?? Buffer.alloc(0),
    stderr: words,
    reason: failure ?? said?.replace(/^(?:fatal|error): /, '') ?? `exit code ${status}`,
  };
}

function failure(top: string, args: readonly string[], reason: string): UserError {
  if (/ENOENT/.test(reason))
    return new UserError('git cannot be run', 'This folder is a git repository: install git, and put it on the PATH.');
  if (/dubious ownership|unsafe repository/.test(reason))
    return new UserError(
      'git does not read this repository, because it belongs to another user',
      `If you trust it: git config --global --add safe.directory ${top}`,
    );
  if (/not a git repository/.test(reason)) return new UserError(`No git repository at ${top}`);
  if (/promisor remote/.test(reason))
    return new UserError(
      'This partial clone lacks an object that is needed here',
      'git fetch --refetch --filter=blob:limit=10m fetches it.',
    );
  return new UserError(`git ${args[0]} failed: ${reason}`);
}

/**
 * What a git command prints that only reads. Nothing of the repository is executed: no hook, monitor or filter.
 *
 * @param top absolute path of the top of the repository
 * @param input standard input
 * @param more.warn takes what git says besides
 * @param more.index the index file to use, as GIT_INDEX_FILE has it, instead of the worktree's own
 * @throws UserError when git cannot be run, or fails
 */
export function git(
  top: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  input: string | Buffer = '',
  more: { readonly warn?: (text: string) => void; readonly index?: string | undefined } = {},
): Buffer {
  const { ok, stdout, stderr, reason } = run(top, args, environment, input, more.index);
  if (!ok) throw failure(top, args, reason);
  more.warn?.(stderr);
  return stdout;
}

/** What a git command prints in its one line; undefined when it fails, for whatever reason. */
export function tryGit(top: string, args: readonly string[], environment: NodeJS.ProcessEnv): string | undefined {
  const { ok, stdout } = run(top, args, environment, '');
  return ok ? stdout.toString('utf8').replace(/\r?\n$/, '') : undefined;
}

/**
 * The lines that one of some patterns matches in Markdown files of the working tree that a git index has, each behind its path and
 * a NUL.
 *
 * @param top absolute path of the top of the repository
 * @param patterns of PCRE, for bytes; without line breaks
 * @param index the index file to use, as GIT_INDEX_FILE has it; undefined for the worktree's own
 * @returns undefined where this git cannot search so
 */
export function gitGrep(
  top: string,
  patterns: readonly string[],
  folders: readonly string[],
  environment: NodeJS.ProcessEnv,
  index?: string,
): string | undefined {
  const whatever = ['--no-color', '--no-column', '--no-line-number', '--no-textconv', '--no-recurse-submodules'];
  // A second thread takes more time than it saves.
  const args = ['grep', ...whatever, '--full-name', '--threads=1', '--text', '-z', '-P', '-f', '-'];
  const { code, stdout } = run(
    top,
    [...args, '--', ...markdownBelow(folders)],
    environment,
    patterns.map((pattern) => `(*LF)${pattern}\n`).join(''),
    index,
  );
  return code === 0 || code === 1 ? stdout.toString('utf8') : undefined;
}

/** Parts of the output of a command with `-z`. */
export function zeroSeparated(output: Buffer): string[] {
  return output
    .toString('utf8')
    .split('\0')
    .filter((part) => part !== '');
}

/** Folders, relative to the top, as arguments behind `--`. */
export function pathspecs(folders: readonly string[]): string[] {
  // The literal pathspec `.` matches nothing; the top as a whole needs none.
  return folders.includes('') ? [] : folders.map((folder) => `:(top,literal)${folder}`);
}

const escapeGlob = (path: string): string => path.replace(/[\\*?[]/g, '\\$&');

/** The Markdown files below folders, relative to the top, as arguments behind `--`. */
function markdownBelow(folders: readonly string[]): string[] {
  return folders.map((folder) => `:(top,glob)${folder === '' ? '' : `${escapeGlob(folder)}/`}**/*.md`);
}

/** Whether the history of this clone is cut off somewhere; true as well where git cannot tell. */
export function isShallow(top: string, environment: NodeJS.ProcessEnv): boolean {
  return tryGit(top, ['rev-parse', '--is-shallow-repository'], environment) !== 'false';
}

/** Whether the repository has a commit, by its hash; undefined where that cannot be told. */
export function hasCommit(top: string, hash: string, environment: NodeJS.ProcessEnv): boolean | undefined {
  if (tryGit(top, ['cat-file', '-e', `${hash}^{commit}`], environment) !== undefined) return true;
  return isShallow(top, environment) ? undefined : false;
}
