import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONFIG_FILES } from '../model/config.ts';
import type { Document, DocumentIndex } from '../model/document.ts';
import { pathFrom } from '../model/slashes.ts';
import { UserError } from '../model/user-error.ts';
import { git, tryGit, zeroSeparated } from '../sources/git.ts';
import { gitIndex } from '../sources/git-index.ts';
import { gitRef, type ObjectSource } from '../sources/git-ref.ts';
import { commonAncestor } from '../sources/git-revision.ts';
import { withLinksOf } from '../sources/source.ts';
import { discover, documentsAmong } from './discover.ts';
import { buildIndex, type DocumentSet, type IndexOptions } from './document-set.ts';
import { Foresight } from './foresight.ts';
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

/** A change, and what the verdicts after it can rest on; undefined where all are asked for. */
export interface ReadChange {
  readonly change: Change;
  readonly foresight: Foresight | undefined;
}

/** The commits that a merge in progress brings in. */
function mergeHeads(top: string, environment: NodeJS.ProcessEnv): string[] {
  const path = tryGit(top, ['rev-parse', '--git-path', 'MERGE_HEAD'], environment);
  const file = path === undefined ? undefined : resolve(top, path);
  return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** Whether two states of git have the same file at a path, or both none. */
function isSameIn(before: ObjectSource, after: ObjectSource, path: string): boolean {
  const [old, now] = [before.entries.get(path), after.entries.get(path)];
  return old?.hash === now?.hash && old?.mode === now?.mode && now?.unreadable === undefined;
}

/** The paths at which two states of git differ, sorted. */
export function differing(before: ObjectSource | undefined, after: ObjectSource): string[] {
  const paths = new Set([...(before?.entries.keys() ?? []), ...after.entries.keys()]);
  return [...paths].filter((path) => !before || !isSameIn(before, after, path)).sort();
}

/** The documents of another set of which only those are read that are not the same in one that has been read. */
function indexLike(
  { index }: DocumentSet,
  { paths, workspace, source }: { paths: readonly string[]; workspace: Workspace; source: ObjectSource },
  isSame: (path: string) => boolean,
): DocumentIndex {
  const same = (path: string): Document | undefined => (isSame(path) ? index.at(path) : undefined);
  source.expect(paths.filter((path) => !same(path)));
  return buildIndex(paths, { ...workspace, source }, { same });
}

/** Whether one of the files decides what is judged how. */
export function decidesRules(changed: readonly string[], { config, top }: Workspace): boolean {
  const own = Object.values(config.types).flatMap(({ schema, template }) => [schema, template]);
  const files = new Set(own.map((path) => pathFrom(top, join(config.folder, path))));
  const names = [...CONFIG_FILES, 'package.json'];
  return changed.some((path) => files.has(path) || names.includes(path.slice(path.lastIndexOf('/') + 1)));
}

/**
 * The documents before a change. A config that could not be read then leaves none: all findings are new.
 *
 * @param isSame whether a file is as it is after the change
 */
async function documentsBefore(
  source: ObjectSource,
  after: DocumentSet,
  newRules: boolean,
  isSame: (path: string) => boolean,
  surroundings: Surroundings,
): Promise<DocumentSet[]> {
  try {
    const own = newRules ? await openWorkspace(surroundings, undefined, () => source, 'source') : undefined;
    const workspace = own ?? { ...after.workspace, source };
    const paths = discover(workspace);
    // By other rules, documents of the same text are others.
    const index = own ? buildIndex(paths, own) : indexLike(after, { paths, workspace, source }, isSame);
    return [{ workspace, index }];
  } catch (error) {
    if (!newRules || !(error instanceof UserError)) throw error;
    surroundings.notify(`Nothing to compare with, so all findings are shown: ${error.message}`);
    return [];
  }
}

/** Reads the documents after a change. @param foresees whether only some are to be judged */
function documentsAfter(
  workspace: Workspace,
  foresees: boolean,
): Pick<ReadChange, 'foresight'> & { readonly after: DocumentSet } {
  const foresight = foresees ? new Foresight(workspace) : undefined;
  const onRead: IndexOptions['onRead'] = foresight && ((document, bytes) => foresight.read(document, bytes));
  return { foresight, after: { workspace, index: buildIndex(discover(workspace), workspace, { onRead }) } };
}

/** Whether all documents after a change are to be judged. */
export type NeedsAll = (workspace: Workspace) => boolean;

async function stagedChange(top: string, needsAll: NeedsAll, surroundings: Surroundings): Promise<ReadChange> {
  const { environment } = surroundings;
  const index = gitIndex(top, environment);
  const isBorn = tryGit(top, ['rev-parse', '--verify', '--quiet', 'HEAD'], environment) !== undefined;
  const parents = isBorn ? ['HEAD', ...mergeHeads(top, environment)].map((ref) => gitRef(top, ref, environment)) : [];
  const changed = differing(parents[0], index);
  const workspace = await openWorkspace(surroundings, undefined, () => index, 'source');
  const newRules = decidesRules(changed, workspace);
  const { foresight, after } = documentsAfter(workspace, isBorn && !newRules && !needsAll(workspace));
  const before: DocumentSet[] = [];
  for (const parent of parents) {
    const isSame = (path: string): boolean => isSameIn(parent, index, path);
    before.push(...(await documentsBefore(parent, after, newRules, isSame, surroundings)));
  }
  return {
    change: { since: isBorn ? 'HEAD' : 'nothing', before, after, tip: undefined, changed, newRules },
    foresight,
  };
}

/** Files of the working tree that differ from a commit, and those that git does not know yet, sorted. */
export function changedSince(top: string, commit: string, environment: NodeJS.ProcessEnv): string[] {
  const tracked = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules', commit, '--'];
  const untracked = ['ls-files', '-z', '--others', '--exclude-standard'];
  return [tracked, untracked].flatMap((args) => zeroSeparated(git(top, args, environment))).sort();
}

async function changeSince(
  top: string,
  ref: string,
  needsAll: NeedsAll,
  surroundings: Surroundings,
): Promise<ReadChange> {
  const { environment } = surroundings;
  const commit = commonAncestor(top, ref, environment);
  const changed = changedSince(top, commit, environment);
  const workspace = await openWorkspace(surroundings);
  const newRules = decidesRules(changed, workspace);
  const { foresight, after } = documentsAfter(workspace, !newRules && !needsAll(workspace));
  const source = withLinksOf(gitRef(top, commit, environment), workspace.source);
  const differs = new Set(changed);
  const isSame = (path: string): boolean => !differs.has(path);
  const before = await documentsBefore(source, after, newRules, isSame, surroundings);
  const tip = gitRef(top, ref, environment);
  // The other branch may keep its config elsewhere by now: that is not in force here.
  const paths = documentsAmong(tip.list(workspace.roots), workspace);
  const index = indexLike(
    after,
    { paths, workspace, source: tip },
    (path) => isSame(path) && isSameIn(source, tip, path),
  );
  return { change: { since: ref, before, after, tip: index, changed, newRules }, foresight };
}

/**
 * Reads a change: documents, boards, config, schemas and templates as they were before it and are after it.
 *
 * @throws UserError outside git, or where the commit to compare with is not there
 */
export async function readChange(
  request: ChangeRequest,
  needsAll: NeedsAll,
  surroundings: Surroundings,
): Promise<ReadChange> {
  const top = topOf(surroundings.cwd);
  if (!existsSync(join(top, '.git'))) {
    const option = request.kind === 'staged' ? '--staged' : '--base';
    throw new UserError(
      `${option} outside a git repository`,
      `planproof lint without ${option} judges what lies here.`,
    );
  }
  return request.kind === 'staged'
    ? stagedChange(top, needsAll, surroundings)
    : changeSince(top, request.ref, needsAll, surroundings);
}
