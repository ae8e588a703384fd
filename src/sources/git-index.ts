import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { git, tryGit, zeroSeparated } from './git.ts';
import { type Entry, type ObjectSource, objectSource } from './git-ref.ts';

/** Blobs without a byte, in repositories that use SHA-1 and SHA-256. */
const EMPTY_BLOBS: readonly string[] = [
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
];
const CONFLICT = 'Merge conflict in the git index, expected one version: resolve it, and git add the file';

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * The index file that a commit in progress uses: git hands its hooks another one than the worktree's own for `commit -a` and
 * `commit <path>`. One that was handed to a hook of another repository is not ours.
 *
 * @returns as GIT_INDEX_FILE has it; undefined for the worktree's own
 */
function indexInUse(top: string, environment: NodeJS.ProcessEnv): string | undefined {
  const { GIT_INDEX_FILE: file, GIT_DIR: folder } = environment;
  if (!file) return undefined;
  if (!folder) return file;
  const own = tryGit(top, ['rev-parse', '--absolute-git-dir'], environment);
  return own !== undefined && real(resolve(top, folder)) === real(own) ? file : undefined;
}

interface Staged extends Entry {
  readonly path: string;
  /** 0, or a side of a merge conflict. */
  readonly stage: string;
}

function parseEntry(line: string): Staged {
  const tab = line.indexOf('\t');
  const [mode = '', hash = '', stage = ''] = line.slice(0, tab).split(' ');
  return { mode, hash, stage, path: line.slice(tab + 1) };
}

/** The tree without entries, which every repository knows, by the length of its hashes. */
const EMPTY_TREES: Readonly<Record<number, string>> = {
  40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

/**
 * Paths that were only announced with `git add --intent-to-add`: no commit takes them. They look like empty files, so without
 * one nobody has to ask; git shows them or not, and the difference is what was announced.
 */
function announced(
  top: string,
  staged: readonly Staged[],
  environment: NodeJS.ProcessEnv,
  index: string | undefined,
): Set<string> {
  const empty = staged.find(({ hash }) => EMPTY_BLOBS.includes(hash));
  if (!empty) return new Set();
  const paths = (flag: string): string[] => {
    const args = ['diff-index', '--cached', '--name-only', '-z', flag, EMPTY_TREES[empty.hash.length] as string];
    return zeroSeparated(git(top, args, environment, '', { index }));
  };
  const kept = new Set(paths('--ita-invisible-in-index'));
  return new Set(paths('--ita-visible-in-index').filter((path) => !kept.has(path)));
}

/**
 * The files as they will be committed: those of the git index, never those of the working tree. Nothing is written, not even
 * git's note of what is unchanged.
 *
 * @param top absolute path of the top of the repository
 */
export function gitIndex(top: string, environment: NodeJS.ProcessEnv): ObjectSource {
  const index = indexInUse(top, environment);
  const output = git(top, ['ls-files', '--stage', '-z'], environment, '', { index });
  const staged = zeroSeparated(output).map(parseEntry);
  const left = announced(top, staged, environment, index);
  const entries = staged
    .filter(({ path }) => !left.has(path))
    .map(({ path, stage, mode, hash }): [string, Entry] => [
      path,
      stage === '0' ? { mode, hash } : { mode, hash, unreadable: CONFLICT },
    ]);
  return objectSource(top, new Map(entries), environment);
}
