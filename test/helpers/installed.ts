import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { environment, PROJECT, type Repository } from './repository.ts';

/** Programs by package, relative to the package. */
const PROGRAMS = {
  planproof: 'dist/cli.cjs',
  husky: 'bin.js',
  'lint-staged': 'bin/lint-staged.js',
} as const;

/** A package that tests put into a repository as a package manager would, without a network. */
export type Installable = keyof typeof PROGRAMS;

/** Puts packages into the node_modules of a folder of the repository. */
export function install(repository: Repository, names: readonly Installable[], folder = ''): void {
  const modules = join(repository.folder, folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of names) {
    const from = name === 'planproof' ? PROJECT : join(PROJECT, 'node_modules', name);
    symlinkSync(from, join(modules, name), 'junction');
    symlinkSync(join(from, PROGRAMS[name]), join(modules, '.bin', name));
  }
}

/** A package.json that names packages for development. */
export function manifest(names: readonly string[], more: object = {}): string {
  const devDependencies = Object.fromEntries(names.map((name) => [name, '*']));
  return `${JSON.stringify({ name: 'example', private: true, ...more, devDependencies }, null, 2)}\n`;
}

/** Runs a command line in a shell, as people do with what they are told to run. */
export function shell(folder: string, command: string): SpawnSyncReturns<string> {
  return spawnSync('sh', ['-c', command], { cwd: folder, env: environment(), encoding: 'utf8' });
}

/** Commits all that lies in a folder, through the hooks. @returns what git said */
export function commitAll(folder: string): { readonly code: number | null; readonly said: string } {
  const identity = '-c user.name=test -c user.email=test@example.com -c commit.gpgsign=false';
  const { status, stdout, stderr } = shell(folder, `git add -A && git ${identity} commit -m change`);
  return { code: status, said: stdout + stderr };
}
