import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageVersion } from '../model/package-files.ts';
import { pathFrom } from '../model/slashes.ts';
import { UserError } from '../model/user-error.ts';
import { isBelow } from '../pipeline/locate.ts';
import type { Source } from '../sources/source.ts';
import { findManifest, type Manifest } from './manifest.ts';
import { findPackageManager, type PackageManager } from './package-manager.ts';

/** A git repository as init and doctor see it. */
export interface Project {
  /** Absolute path of the top of this worktree. */
  readonly top: string;
  /** The folder that the config belongs to, relative to the top. */
  readonly base: string;
  readonly source: Source;
  readonly environment: NodeJS.ProcessEnv;
  /** The package that planproof is installed in; undefined in a repository without one. */
  readonly manifest: Manifest | undefined;
  /** Undefined without a package. */
  readonly packages: PackageManager | undefined;
}

/**
 * Looks at the package around a folder.
 *
 * @param cwd absolute path of the folder the command was started in
 * @param base absolute path of the folder that the config belongs to
 * @throws UserError outside git, and when package.json cannot be read
 */
export function openProject(
  top: string,
  base: string,
  cwd: string,
  source: Source,
  environment: NodeJS.ProcessEnv,
): Project {
  if (!existsSync(join(top, '.git')))
    throw new UserError('No git repository here', 'git init begins one; planproof judges what is committed to it.');
  const manifest = findManifest(source, pathFrom(top, cwd));
  const packages = manifest && findPackageManager(source, manifest);
  return { top, base: pathFrom(top, base), source, environment, manifest, packages };
}

/** A word of a shell command, in quotes where it needs them. */
export function quoted(word: string): string {
  return /^[\w./@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Wraps a command so that it runs in the package's folder when it is started at the top. */
export function inPackage({ manifest }: Project, command: string): string {
  return manifest && manifest.folder !== '' ? `cd ${quoted(manifest.folder)} && ${command}` : command;
}

/** The command that starts an installed program of the package, to be run at the top. */
export function programCommand(project: Project, words: string): string {
  const run = project.packages?.run ?? 'npx --no-install';
  return inPackage(project, `${run} ${words}`);
}

/** How planproof is started in the package's folder; where there is no package, in this very version. */
export function planproofCommand(project: Project, words: string): string {
  const { manifest, packages, base } = project;
  const own = manifest?.folder ?? '';
  const cwd =
    base !== own && isBelow(base, own) ? `--cwd ${quoted(own === '' ? base : base.slice(own.length + 1))} ` : '';
  const program = packages ? `${packages.run} planproof` : `npx --yes planproof@${packageVersion()}`;
  return `${program} ${cwd}${words}`;
}

/** A command of planproof, to be run at the top. */
export function commandAtTop(project: Project, words: string): string {
  return inPackage(project, planproofCommand(project, words));
}

/** The command that installs what package.json names, or adds packages to it; to be run at the top. */
export function installAtTop(project: Project, added?: string): string {
  const { add = '', install = '' } = project.packages ?? {};
  return inPackage(project, added === undefined ? install : `${add} ${added}`);
}

/** The command of every pre-commit hook, which git starts at the top. */
export function hookCommand(project: Project): string {
  return commandAtTop(project, 'lint --staged');
}
