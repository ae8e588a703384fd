import { UserError } from '../model/user-error.ts';
import { git, isShallow, tryGit } from './git.ts';
import { describeObjects } from './git-objects.ts';

/** Names that can stand in a command line as they are. */
const PLAIN = /^(?!-)[\w./-]+$/;
const HASH = /^[0-9a-f]{7,64}$/;

/** The command that fetches what a ref names. */
function fetchCommand(top: string, ref: string, environment: NodeJS.ProcessEnv): string {
  const remotes = (tryGit(top, ['remote'], environment) ?? '').split('\n').filter((name) => name !== '');
  if (remotes.length === 0) return 'git branch --all lists what there is.';
  const remote = remotes.find((name) => ref.startsWith(`${name}/`)) ?? (remotes.includes('origin') ? 'origin' : '');
  const branch = ref.startsWith(`${remote}/`) ? ref.slice(remote.length + 1) : ref;
  if (remote === '' || !PLAIN.test(`${remote}/${branch}`) || !PLAIN.test(branch)) return 'git fetch --all fetches all.';
  if (HASH.test(ref)) return `git fetch ${remote} ${ref} fetches it.`;
  const target = branch === ref ? ref : `refs/remotes/${remote}/${branch}`;
  return `git fetch ${remote} ${branch}:${target} fetches it.`;
}

function unknown(top: string, ref: string, environment: NodeJS.ProcessEnv): UserError {
  const command = fetchCommand(top, ref, environment);
  const more = isShallow(top, environment)
    ? ' This clone is shallow: git fetch --deepen=100, or --unshallow, fetches older commits.'
    : '';
  return new UserError(`Unknown commit \`${ref}\`, expected a branch, a tag or a hash`, `${command}${more}`);
}

/**
 * The hash of the commit that a ref names.
 *
 * @throws UserError when there is none, with the command that fetches it
 */
export function resolveCommit(top: string, ref: string, environment: NodeJS.ProcessEnv): string {
  // On standard input a ref is never an option, whatever it begins with.
  const [object] = describeObjects(top, [`${ref}^{commit}`], environment);
  if (object?.type !== 'commit' || ref === '') throw unknown(top, ref, environment);
  return object.hash;
}

/**
 * The hash of the commit at which HEAD and another branch parted.
 *
 * @throws UserError when there is none, or the clone is too shallow to tell
 */
export function commonAncestor(top: string, ref: string, environment: NodeJS.ProcessEnv): string {
  const commit = mergeBase(top, ref, 'HEAD', environment);
  if (commit !== undefined) return commit;
  throw new UserError(
    `\`${ref}\` and HEAD have no common ancestor`,
    'Name the branch that this one began on: --base origin/main.',
  );
}

/**
 * The hash of the best common ancestor of two refs; undefined when their histories have nothing in common.
 *
 * @throws UserError when one of them is unknown, or the clone is too shallow to tell
 */
export function mergeBase(top: string, a: string, b: string, environment: NodeJS.ProcessEnv): string | undefined {
  const commits = [a, b].map((ref) => resolveCommit(top, ref, environment));
  const found = tryGit(top, ['merge-base', ...commits], environment);
  if (found !== undefined) return found;
  // Not all that makes git fail means that there is none.
  if (!isShallow(top, environment)) {
    for (const commit of commits) git(top, ['rev-list', '--max-count=1', commit], environment);
    return undefined;
  }
  throw new UserError(
    `Unknown common ancestor of \`${a}\` and \`${b}\`: this clone is shallow`,
    'git fetch --deepen=100, or --unshallow, fetches older commits.',
  );
}
