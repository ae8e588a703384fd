import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { CONFIG_FILES } from '../model/config.ts';
import type { DocumentIndex, Reading } from '../model/document.ts';
import { UserError } from '../model/user-error.ts';
import { git, tryGit, zeroSeparated } from '../sources/git.ts';
import { gitIndex } from '../sources/git-index.ts';
import { gitRef, type ObjectSource } from '../sources/git-ref.ts';
import { commonAncestor } from '../sources/git-revision.ts';
import type { Source } from '../sources/source.ts';
import { discover, documentsAmong } from './discover.ts';
import { buildIndex, type DocumentSet } from './document-set.ts';
import { openWorkspace, type Surroundings, topOf, type Workspace } from './workspace.ts';

/** Which change to judge: what is staged, or all since a branch was left. */
export type ChangeRequest = { readonly kind: 'staged' } | { readonly kind: 'base'; readonly ref: string };

/** A change under judgement: the documents before it and after it. */
export interface Change {
  /** What it is compared with, for people: `HEAD`. */
  readonly since: string;
  /** One a parent in a merge; none where there was nothing yet. */
  readonly before: readonly DocumentSet[];
  readonly after: DocumentSet;
  /** Paths of all files that differ, sorted; against the first parent in a merge. */
  readonly changed: readonly string[];
  /** The documents at the tip of the other branch; undefined where there is none. */
  readonly tip: DocumentIndex | undefined;
  /** Config, schemas or templates differ. */
  readonly newRules: boolean;
}

const slashed = (path: string): string => path.split(sep).join('/');

/** The commits that a merge in progress brings in. */
function mergeHeads(top: string, environment: NodeJS.ProcessEnv): string[] {
  const path = tryGit(top, ['rev-parse', '--git-path', 'MERGE_HEAD'], environment);
  const file = path === undefined ? undefined : resolve(top, path);
  return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

function differing(before: ObjectSource | undefined, after: ObjectSource): string[] {
  const paths = new Set([...(before?.entries.keys() ?? []), ...after.entries.keys()]);
  const isSame = (path: string): boolean => {
    const [old, now] = [before?.entries.get(path), after.entries.get(path)];
    return old?.hash === now?.hash && old?.mode === now?.mode && now?.unreadable === undefined;
  };
  return [...paths].filter((path) => !isSame(path)).sort();
}

/** Whether one of the files decides what is judged how. */
export function decidesRules(changed: readonly string[], { config, top }: Workspace): boolean {
  const own = Object.values(config.types).flatMap(({ schema, template }) => [schema, template]);
  const files = new Set(own.map((path) => slashed(relative(top, join(config.folder, path)))));
  const names = [...CONFIG_FILES, 'package.json'];
  return changed.some((path) => files.has(path) || names.includes(path.slice(path.lastIndexOf('/') + 1)));
}

/** The documents before a change. A config that could not be read then leaves none: all findings are new. */
async function documentsBefore(
  source: Source,
  after: Workspace,
  newRules: boolean,
  byHash: Map<string, Reading>,
  surroundings: Surroundings,
): Promise<DocumentSet[]> {
  try {
    const own = newRules ? await openWorkspace(surroundings, undefined, () => source, 'source') : undefined;
    const workspace = own ?? { ...after, source };
    return [{ workspace, index: buildIndex(discover(workspace), workspace, { byHash }) }];
  } catch (error) {
    if (!newRules || !(error instanceof UserError)) throw error;
    surroundings.notify(`Nothing to compare with, so all findings are shown: ${error.message}`);
    return [];
  }
}

async function stagedChange(top: string, surroundings: Surroundings): Promise<Change> {
  const { environment } = surroundings;
  const index = gitIndex(top, environment);
  const isBorn = tryGit(top, ['rev-parse', '--verify', '--quiet', 'HEAD'], environment) !== undefined;
  const parents = isBorn ? ['HEAD', ...mergeHeads(top, environment)].map((ref) => gitRef(top, ref, environment)) : [];
  const changed = differing(parents[0], index);
  const workspace = await openWorkspace(surroundings, undefined, () => index, 'source');
  const newRules = decidesRules(changed, workspace);
  const byHash = new Map<string, Reading>();
  const after = { workspace, index: buildIndex(discover(workspace), workspace, { byHash }) };
  const before: DocumentSet[] = [];
  for (const parent of parents)
    before.push(...(await documentsBefore(parent, workspace, newRules, byHash, surroundings)));
  return { since: isBorn ? 'HEAD' : 'nothing', before, after, tip: undefined, changed, newRules };
}

/** Files of the working tree that differ from a commit, and those that git does not know yet. */
function changedSince(top: string, commit: string, environment: NodeJS.ProcessEnv): string[] {
  const tracked = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules', commit, '--'];
  const untracked = ['ls-files', '-z', '--others', '--exclude-standard'];
  return [tracked, untracked].flatMap((args) => zeroSeparated(git(top, args, environment))).sort();
}

async function changeSince(top: string, ref: string, surroundings: Surroundings): Promise<Change> {
  const { environment } = surroundings;
  const commit = commonAncestor(top, ref, environment);
  const changed = changedSince(top, commit, environment);
  const workspace = await openWorkspace(surroundings);
  const newRules = decidesRules(changed, workspace);
  const after = { workspace, index: buildIndex(discover(workspace), workspace) };
  const source = gitRef(top, commit, environment);
  const before = await documentsBefore(source, workspace, newRules, new Map(), surroundings);
  const tip = { ...workspace, source: gitRef(top, ref, environment) };
  // The other branch may keep its config elsewhere by now: that is not in force here.
  const theirs = documentsAmong(tip.source.list(tip.roots), tip);
  return { since: ref, before, after, tip: buildIndex(theirs, tip), changed, newRules };
}

/**
 * Reads a change: documents, boards, config, schemas and templates as they were before it and are after it.
 *
 * @throws UserError outside git, or where the commit to compare with is not there
 */
export async function readChange(request: ChangeRequest, surroundings: Surroundings): Promise<Change> {
  const top = topOf(surroundings.cwd);
  if (!existsSync(join(top, '.git'))) {
    const option = request.kind === 'staged' ? '--staged' : '--base';
    throw new UserError(
      `${option} outside a git repository`,
      `planproof lint without ${option} judges what lies here.`,
    );
  }
  return request.kind === 'staged' ? stagedChange(top, surroundings) : changeSince(top, request.ref, surroundings);
}
