import { UserError } from '../model/user-error.ts';
import { describeObjects, MODE, parseTree, readObjects, type TreeEntry } from './git-objects.ts';
import type { Tip } from './git-tips.ts';

/** A file or folder of some commit, or of a git index. */
export interface TrackedFile {
  /** Relative to the top of the repository. */
  readonly path: string;
  /** As `MODE` has it. */
  readonly mode: string;
  readonly hash: string;
}

type Folder = Omit<TrackedFile, 'mode'>;

/** Which files and folders are looked for, by path. */
export interface Wanted {
  folder(path: string): boolean;
  file(path: string): boolean;
}

/** More files than this are no planning documents, but a tree that was made to exhaust memory. */
const MAX_FILES = 1_000_000;

/**
 * The folders of many commits, each tree once. Where a commit has no such folder its whole tree comes instead: only a walk
 * can tell a folder that is not there from one that is damaged.
 */
export function distinctFolders(
  top: string,
  tips: readonly Tip[],
  folders: readonly string[],
  environment: NodeJS.ProcessEnv,
): Folder[] {
  const commits = [...new Map(tips.map((tip) => [tip.commit, tip])).values()];
  const paths = folders.filter((folder) => folder !== '');
  const names = commits.flatMap(({ commit }) => [`${commit}^{tree}`, ...paths.map((path) => `${commit}:${path}`)]);
  const objects = describeObjects(top, names, environment);
  const found = new Map<string, Folder>();
  const add = (path: string, hash: string): void => void found.set(`${hash} ${path}`, { path, hash });
  for (const [at, { name }] of commits.entries()) {
    const [tree, ...below] = objects.slice(at * (paths.length + 1), (at + 1) * (paths.length + 1));
    if (tree?.type !== 'tree')
      throw new UserError(`${name} stands at a commit that is missing or damaged`, 'git fsck shows what is wrong.');
    if (paths.length < folders.length || below.some((object) => object?.type !== 'tree')) add('', tree.hash);
    for (const [nth, object] of below.entries()) if (object?.type === 'tree') add(paths[nth] as string, object.hash);
  }
  return [...found.values()];
}

function readTrees(
  top: string,
  hashes: readonly string[],
  environment: NodeJS.ProcessEnv,
): ReadonlyMap<string, readonly TreeEntry[]> {
  const objects = describeObjects(top, hashes, environment).map((object, at) => {
    if (object?.type === 'tree') return object;
    throw new UserError(`The folder ${hashes[at]} is missing or damaged`, 'git fsck shows what is wrong.');
  });
  const entries = new Map<string, readonly TreeEntry[]>();
  for (const [hash, bytes] of readObjects(top, objects, environment)) entries.set(hash, parseTree(bytes, hash));
  return entries;
}

function* entriesOf(
  folders: readonly Folder[],
  trees: ReadonlyMap<string, readonly TreeEntry[]>,
): Generator<[key: string, entry: TrackedFile]> {
  for (const folder of folders) {
    for (const { mode, name, hash } of trees.get(folder.hash) ?? []) {
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      yield [`${hash} ${path}`, { path, mode, hash }];
    }
  }
}

function isWanted({ mode, path }: TrackedFile, wanted: Wanted): boolean {
  if (mode === MODE.submodule) return false;
  return mode === MODE.folder ? wanted.folder(path) : wanted.file(path);
}

/**
 * The files below folders. Each distinct tree is read once, however many commits share it: a level of folders takes two
 * processes, whatever their number.
 *
 * @throws UserError when one of the trees is missing or damaged
 */
export function filesBelow(
  top: string,
  folders: readonly Folder[],
  wanted: Wanted,
  environment: NodeJS.ProcessEnv,
): TrackedFile[] {
  const files: TrackedFile[] = [];
  const seen = new Set<string>();
  for (let level = folders; level.length > 0; ) {
    const trees = readTrees(top, [...new Set(level.map(({ hash }) => hash))], environment);
    const next: Folder[] = [];
    for (const [key, entry] of entriesOf(level, trees)) {
      if (seen.has(key) || !isWanted(entry, wanted)) continue;
      seen.add(key);
      (entry.mode === MODE.folder ? next : files).push(entry);
      if (seen.size > MAX_FILES) throw new UserError(`The branches hold more than ${MAX_FILES} documents`);
    }
    level = next;
  }
  return files;
}
