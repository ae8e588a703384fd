import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plainPath } from '../model/plain-path.ts';
import { blobHash } from './blob-hash.ts';
import { hasCommit } from './git.ts';
import { Blobs } from './git-blobs.ts';
import { type GitDirectory, gitDirectory } from './git-directory.ts';
import { MODE } from './git-objects.ts';
import { ATTRIBUTES, type IndexFile, readIndexFile } from './index-file.ts';
import { type IndexEntry, KIND } from './index-format.ts';
import { LINK, readRegular } from './regular-file.ts';
import { type ExpectingSource, linkedBy, type Unreadable } from './source.ts';
import { absolutePath } from './working-tree.ts';

/** A repository whose git index can be read without a git process. */
export interface PlainGit {
  readonly git: GitDirectory;
  readonly index: IndexFile;
  /** Absolute path of the index file. */
  readonly file: string;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** The index file of a commit in progress; that of the worktree where git has named none, or that of another repository. */
function indexFileFor(top: string, { own }: GitDirectory, environment: NodeJS.ProcessEnv): string {
  const { GIT_INDEX_FILE: file, GIT_DIR: folder } = environment;
  const isOurs = !folder || real(resolve(top, folder)) === real(own);
  return file && isOurs ? resolve(top, file) : join(own, 'index');
}

/** Whether names of objects have 40 digits. */
function usesSha1({ common }: GitDirectory): boolean {
  try {
    return !readFileSync(join(common, 'config'), 'utf8').toLowerCase().includes('objectformat');
  } catch {
    return false;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Attributes that change more than line ends. */
const CONVERTS = /\b(?:filter|ident|working-tree-encoding)\b/;

/** The texts that say which files git converts; undefined stands for one that git has and the folders have not. */
function attributes(top: string, { git: { common }, index }: PlainGit): (string | undefined)[] {
  return [
    textOf(join(common, 'info', 'attributes')) ?? '',
    textOf(join(top, ATTRIBUTES)) ?? '',
    ...index.notes.attributes.map((nth) => textOf(join(top, index.path(nth)))),
  ];
}

/**
 * Whether git may pass files through a program, or change more of them than their line ends, to compare them with its index:
 * the settings of the repository name a filter, whoever's, or attributes choose one. Nothing of a linted repository is to be
 * run, and what such a program leaves out would go unseen.
 *
 * @param top absolute path of the top of the repository
 */
export function mayFilter(top: string, plain: PlainGit): boolean {
  const { own, common } = plain.git;
  const settings = [join(common, 'config'), join(own, 'config.worktree')];
  return (
    settings.some((file) => /\[\s*(?:filter|include)/i.test(textOf(file) ?? '')) ||
    attributes(top, plain).some((text) => text === undefined || CONVERTS.test(text))
  );
}

/**
 * Opens a git index without a git process.
 *
 * @param top absolute path of the top of the repository
 * @param environment undefined for the worktree's own index, whatever git has told a hook
 * @param model an index that it may be much like
 * @returns undefined where only git can tell what will be committed
 */
export function plainGit(top: string, environment: NodeJS.ProcessEnv = {}, model?: IndexFile): PlainGit | undefined {
  const directory = gitDirectory(top);
  if (!directory || !usesSha1(directory)) return undefined;
  const file = indexFileFor(top, directory, environment);
  const index = readIndexFile(file, model);
  return index && { git: directory, index, file };
}

const isFile = ({ mode }: IndexEntry): boolean => mode !== MODE.submodule;

/**
 * The paths of the files below folders, sorted.
 *
 * @param isWanted tells by what lies there, see `KIND`
 */
export function pathsBelow(
  index: IndexFile,
  folders: readonly string[],
  isWanted: (kind: number) => boolean = (kind) => kind !== KIND.submodule,
): string[] {
  return [...new Set(folders.flatMap((folder) => index.pathsBelow(folder, isWanted)))].sort();
}

/** Whether a file or folder is in an index. */
export function isInIndex(index: IndexFile, path: string): boolean {
  const inside = plainPath(path);
  return index.find(inside) !== undefined || index.hasFolder(inside);
}

/**
 * The files of a git index as a source. A file that lies in the folders with just the bytes that git has is read there, which its
 * hash shows; all others come from git.
 */
export function stagedFiles(
  top: string,
  { index }: Pick<PlainGit, 'index'>,
  environment: NodeJS.ProcessEnv,
): ExpectingSource {
  const blobs = new Blobs(top, environment);
  const expect = (paths: readonly string[]): void =>
    blobs.expect(() => paths.flatMap((path) => index.find(path)?.hash ?? []));
  const read = (path: string, hash: string): Uint8Array | Unreadable => {
    const there = readRegular(absolutePath(top, path));
    return there instanceof Uint8Array && blobHash(there) === hash ? there : blobs.read(hash);
  };
  return {
    list: (folders) => {
      const paths = pathsBelow(index, folders);
      expect(paths.filter((path) => path.endsWith('.md')));
      return paths;
    },
    expect,
    read: (path) => {
      const entry = index.find(path);
      if (!entry || !isFile(entry)) return undefined;
      return entry.mode === MODE.link ? { unreadable: LINK } : read(path, entry.hash);
    },
    exists: (path) => isInIndex(index, path),
    isLinked: linkedBy((path) => index.find(path)?.mode === MODE.link),
    hasCommit: (hash) => hasCommit(top, hash, environment),
  };
}
