import { UserError } from '../model/user-error.ts';
import { git, tryGit, zeroSeparated } from './git.ts';
import { mergeBase, resolveCommit } from './git-revision.ts';

/** Branches that others are merged into, where nothing else says which one. */
const USUAL = ['origin/main', 'origin/master', 'main', 'master'];

/**
 * The branch that the one at hand will be merged into: the default branch of origin, else the upstream, else main or master.
 *
 * @throws UserError when there is none of them
 */
export function defaultBase(top: string, environment: NodeJS.ProcessEnv): string {
  const ofOrigin = tryGit(top, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'], environment);
  const upstream =
    ofOrigin ?? tryGit(top, ['rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}'], environment);
  const usual = (): string | undefined => USUAL.find((name) => hasCommitNamed(top, name, environment));
  const base = [upstream, usual()].find((name) => name !== undefined && hasCommitNamed(top, name, environment));
  if (base !== undefined) return base;
  throw new UserError(
    'No base to compare with: neither origin/HEAD nor an upstream, main or master',
    'Name one: planproof renumber --conflicts --base <ref>. git remote set-head origin --auto sets that of origin.',
  );
}

function hasCommitNamed(top: string, name: string, environment: NodeJS.ProcessEnv): boolean {
  return tryGit(top, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], environment) !== undefined;
}

/**
 * The last commits that the working tree and a base have in common: those where their histories part. While a merge is
 * under way, that which is merged counts as history too.
 *
 * @param base a commit
 * @returns hashes; none where nothing is in common, or before the first commit
 * @throws UserError when the clone is too shallow to tell
 */
export function commonCommits(top: string, base: string, environment: NodeJS.ProcessEnv): string[] {
  const heads = ['HEAD', 'MERGE_HEAD'].filter((name) => hasCommitNamed(top, name, environment));
  const found = heads.flatMap((head) => {
    if (mergeBase(top, head, base, environment) === undefined) return [];
    return git(top, ['merge-base', '--all', resolveCommit(top, head, environment), base], environment)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
  });
  return [...new Set(found)];
}

/** The paths that a merge has left for somebody to decide. */
export function unmergedPaths(top: string, environment: NodeJS.ProcessEnv): Set<string> {
  const lines = zeroSeparated(git(top, ['ls-files', '-z', '--unmerged'], environment));
  return new Set(lines.map((line) => line.slice(line.indexOf('\t') + 1)));
}
