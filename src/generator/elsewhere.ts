import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { documentsAmong } from '../pipeline/discover.ts';
import { boardPlaces } from '../pipeline/document-set.ts';
import { isBelow } from '../pipeline/locate.ts';
import type { Workspace } from '../pipeline/workspace.ts';
import { branchTips, worktrees } from '../sources/git-tips.ts';
import { distinctFolders, filesBelow, type TrackedFile, type Wanted } from '../sources/git-trees.ts';
import { worktreeFiles } from '../sources/worktree-files.ts';
import { temporaryOf } from '../writing/entry.ts';
import { DamagedJournal, readJournal } from '../writing/journal.ts';
import { writingPlaces } from '../writing/places.ts';

/** What a clone holds besides the files of the worktree at hand. */
export interface Elsewhere {
  /** Documents and boards of git indexes and commits, each path and content once. */
  readonly tracked: readonly TrackedFile[];
  /** Documents and boards in other worktrees, as they lie there. */
  readonly files: readonly LooseFile[];
}

interface LooseFile {
  /** Relative to the top of its worktree. */
  readonly path: string;
  /** Absolute path of the file that has its content. */
  readonly file: string;
}

function wantedIn(workspace: Workspace): Wanted {
  const boards = boardPlaces(workspace).map(({ path }) => path);
  const folders = workspace.roots.flatMap((root) =>
    [...workspace.types.values()].map(({ folder }) => (root === '' ? folder : `${root}/${folder}`)),
  );
  const isIn = (path: string): boolean => folders.some((folder) => isBelow(path, folder));
  return {
    folder: (path) => isIn(path) || [...folders, ...boards].some((place) => isBelow(place, path)),
    file: (path) => boards.includes(path) || (path.endsWith('.md') && isIn(path)),
  };
}

const real = (path: string): string => {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
};

/**
 * The documents and boards of all branches, git indexes and worktrees of a clone.
 *
 * @throws UserError when git cannot tell
 */
export function elsewhere(workspace: Workspace, environment: NodeJS.ProcessEnv): Elsewhere {
  const { top, roots } = workspace;
  const known = worktrees(top, environment);
  const tips = [...branchTips(top, environment), ...known.flatMap(({ head }) => head ?? [])];
  const wanted = wantedIn(workspace);
  const committed = filesBelow(top, distinctFolders(top, tips, roots, environment), wanted, environment);
  const others = known.flatMap(({ top: other }) => (other === undefined || real(other) === real(top) ? [] : [other]));
  const listed = others.map((other) => ({ other, ...said(other, () => worktreeFiles(other, roots, environment)) }));
  const own = worktreeFiles(top, roots, environment).tracked;
  const tracked = [committed, own, ...listed.map((there) => there.tracked)].flat();
  const files = listed.flatMap(({ other, tracked: indexed, untracked }): LooseFile[] => {
    const paths = new Set([...indexed.map(({ path }) => path), ...untracked]);
    return [...[...paths].map((path) => ({ path, file: join(other, path) })), ...interrupted(other)];
  });
  const isDocument = documentFilter([...tracked, ...files], wanted, workspace);
  return { tracked: tracked.filter(isDocument), files: files.filter(isDocument) };
}

/** An error in another worktree says where it is. */
function said<T>(top: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${error.message} (in ${top})`, error.help) : error;
  }
}

/** What an interrupted run was about to write in another worktree: the next command there brings it to its end. */
function interrupted(top: string): LooseFile[] {
  try {
    const journal = readJournal(writingPlaces(top).journal);
    const entries = journal?.phase === 'committed' ? journal.entries : [];
    return entries.map((entry) => ({ path: entry.path, file: temporaryOf(top, entry) }));
  } catch (error) {
    // No command goes on from such a journal.
    if (error instanceof DamagedJournal) return [];
    throw error;
  }
}

/** What the config ignores takes no number, here or elsewhere. */
function documentFilter(
  files: readonly { readonly path: string }[],
  wanted: Wanted,
  workspace: Workspace,
): (file: { readonly path: string }) => boolean {
  const paths = [...new Set(files.map(({ path }) => path))].filter(wanted.file);
  const kept = new Set([...documentsAmong(paths, workspace), ...boardPlaces(workspace).map(({ path }) => path)]);
  return ({ path }) => kept.has(path);
}
