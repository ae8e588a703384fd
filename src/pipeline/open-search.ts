import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gitRef } from '../sources/git-ref.ts';
import { commonAncestor, resolveCommit } from '../sources/git-revision.ts';
import { commitFiles, filesOfCommit } from '../sources/head-files.ts';
import { type Source, withLinksOf } from '../sources/source.ts';
import { mayFilter, type PlainGit, plainGit } from '../sources/staged-files.ts';
import { modifiedFiles } from '../sources/tracked-tree.ts';
import { type ChangeRequest, changedSince, decidesRules, differing, type NeedsAll } from './change.ts';
import { documentsAmong } from './discover.ts';
import { typeFolders } from './locate.ts';
import { openStaged, type StagedFiles } from './open-staged.ts';
import { openWorkspace, type Surroundings, topOf, type Workspace } from './workspace.ts';

/** A change of which most documents are not to be read. */
export interface SearchableChange {
  /** What it is compared with, for people. */
  readonly since: string;
  /** Paths of all files that differ, sorted. */
  readonly changed: readonly string[];
  /** After it. */
  readonly workspace: Workspace;
  /** Says which files of its source will be read: not all that are listed. */
  expect(paths: readonly string[]): void;
  /** The files before it. */
  readonly before: Source;
  /** Whether a file that is none of those that differ was there before. */
  wasThere(path: string): boolean;
  readonly git: PlainGit;
  /** Tracked files whose text in the working tree is not the one after the change. */
  unlike(): readonly string[];
  /** The tip of the other branch, and what it has otherwise than there was before the change. */
  readonly tip: { readonly source: Source; readonly changed: readonly string[] } | undefined;
}

/** A change of more documents than so many, and of a larger share of all, is judged faster by reading all. */
const MANY_CHANGED = { documents: 10, share: 0.01 };

/** Whether a search can tell what a change reaches, and is faster. */
function isSearchable(changed: readonly string[], workspace: Workspace, { index }: PlainGit): boolean {
  const count = (folder: string): number => {
    const [first, end] = index.below(folder);
    return end - first;
  };
  const files = typeFolders(workspace).reduce((sum, folder) => sum + count(folder), 0);
  const most = Math.max(MANY_CHANGED.documents, files * MANY_CHANGED.share);
  return !decidesRules(changed, workspace) && documentsAmong(changed, workspace).length <= most;
}

/**
 * What is staged, as a change that can be searched.
 *
 * @returns undefined where all documents are to be read: git may run programs to tell which files have changed, or these are many
 */
export function searchableStaged(
  { git, head, source, workspace }: StagedFiles,
  environment: NodeJS.ProcessEnv,
): SearchableChange | undefined {
  const { top, roots } = workspace;
  if (mayFilter(top, git)) return undefined;
  const files = filesOfCommit(top, head, git, environment);
  const changed = [...files.keys()].sort();
  if (!isSearchable(changed, workspace, git)) return undefined;
  return {
    since: 'HEAD',
    changed,
    workspace,
    expect: source.expect,
    before: commitFiles(top, source, git, files, environment),
    wasThere: () => true,
    git,
    unlike: () => modifiedFiles(top, roots, environment, git.file),
    tip: undefined,
  };
}

async function searchableSince(
  top: string,
  ref: string,
  needsAll: NeedsAll,
  surroundings: Surroundings,
): Promise<SearchableChange | undefined> {
  const { environment } = surroundings;
  const git = plainGit(top);
  if (!git) return undefined;
  const commit = commonAncestor(top, ref, environment);
  const changed = changedSince(top, commit, environment);
  const workspace = await openWorkspace(surroundings);
  if (needsAll(workspace) || !isSearchable(changed, workspace, git)) return undefined;
  const before = gitRef(top, commit, environment);
  const tipCommit = resolveCommit(top, ref, environment);
  const tip = tipCommit === commit ? before : gitRef(top, tipCommit, environment);
  const paths = differing(before, tip);
  before.expect(changed);
  if (tip !== before) tip.expect([...new Set([...changed, ...paths])].sort());
  return {
    since: ref,
    changed,
    workspace,
    // Files of the working tree are not read ahead.
    expect: () => undefined,
    before: withLinksOf(before, workspace.source),
    wasThere: (path) => before.entries.has(path),
    git,
    unlike: () => [],
    tip: { source: tip, changed: paths },
  };
}

/**
 * Opens a change whose documents can be searched.
 *
 * @returns undefined where that cannot be, or all are to be judged
 */
export async function openSearchable(
  request: ChangeRequest,
  needsAll: NeedsAll,
  surroundings: Surroundings,
): Promise<SearchableChange | undefined> {
  // Git's index and folders are gone through, for a few documents.
  surroundings.expectDocuments?.(0);
  const top = topOf(surroundings.cwd);
  if (!existsSync(join(top, '.git'))) return undefined;
  if (request.kind === 'base') return searchableSince(top, request.ref, needsAll, surroundings);
  const staged = await openStaged(top, surroundings);
  return staged && !needsAll(staged.workspace) ? searchableStaged(staged, surroundings.environment) : undefined;
}
