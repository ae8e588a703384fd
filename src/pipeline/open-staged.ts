import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { headCommit } from '../sources/head-commit.ts';
import type { IndexFile } from '../sources/index-file.ts';
import type { ExpectingSource } from '../sources/source.ts';
import { type PlainGit, plainGit, stagedFiles } from '../sources/staged-files.ts';
import { openWorkspace, type Surroundings, type Workspace } from './workspace.ts';

/** What will be committed, and the commit that it goes on from. */
export interface StagedFiles {
  readonly git: PlainGit;
  readonly head: string;
  readonly source: ExpectingSource;
  readonly workspace: Workspace;
}

/**
 * Opens what will be committed, without a git process.
 *
 * @param model an index that git's may be much like
 * @returns undefined in a merge, before the first commit, and where only git can tell
 */
export async function openStaged(
  top: string,
  surroundings: Surroundings,
  model?: IndexFile,
): Promise<StagedFiles | undefined> {
  const { environment } = surroundings;
  const git = plainGit(top, environment, model);
  const head = git && headCommit(git.git);
  if (!git || head === undefined || existsSync(join(git.git.own, 'MERGE_HEAD'))) return undefined;
  const source = stagedFiles(top, git, environment);
  return { git, head, source, workspace: await openWorkspace(surroundings, undefined, () => source, 'source') };
}
