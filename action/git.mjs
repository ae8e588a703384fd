import { dirname } from 'node:path';
import { execPath } from 'node:process';
import { run } from './command.mjs';

/** Nothing that the checkout says is run, and a folder of it that looks like a bare repository is none. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'safe.bareRepository=explicit'];

async function git(folder, args, environment) {
  // Not started in the checkout: Windows would look for a git.exe there.
  const command = ['git', '-C', folder, ...HARMLESS, ...args];
  const { code, stdout } = await run(command, { cwd: dirname(execPath), environment, quiet: true });
  return code === 0 ? stdout.trim() : undefined;
}

/** Whether the checkout has a commit. */
export async function hasCommit(folder, hash, environment) {
  return (await git(folder, ['cat-file', '-e', `${hash}^{commit}`], environment)) !== undefined;
}

/** The hashes of the parents of what is checked out, as far as the checkout has them. */
export async function parents(folder, environment) {
  const known = await git(folder, ['rev-parse', 'HEAD^@'], environment);
  return known === undefined || known === '' ? [] : known.split('\n');
}

/** Whether the checkout has only a part of the history. */
export async function isShallow(folder, environment) {
  return (await git(folder, ['rev-parse', '--is-shallow-repository'], environment)) === 'true';
}
