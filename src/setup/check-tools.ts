import { readFileSync } from 'node:fs';
import { version as nodeVersion } from 'node:process';
import { packageFile, packageVersion } from '../model/package-files.ts';
import { git } from '../sources/git.ts';
import { type Check, fail, isAtLeast, ok, warn } from './checkup.ts';
import { installAtTop, type Project } from './project.ts';
import { below, folderOf, readTextFile } from './text-file.ts';

/** Older ones do not tell whose a setting is, which the look at the hooks needs. */
const LEAST_GIT = '2.26';

/** The version of git. */
export function checkGit({ top, environment }: Project): Check[] {
  const version = /[0-9]+(?:\.[0-9]+)+/.exec(git(top, ['--version'], environment).toString('utf8'))?.[0] ?? '0';
  if (isAtLeast(version, LEAST_GIT)) return [ok('git', version)];
  return [fail('git', `${version}, expected ${LEAST_GIT} or newer`, 'Install a newer git.')];
}

/** The version of Node, which runs hook and commands alike. */
export function checkNode(): Check[] {
  const { engines } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { engines: { node: string } };
  const least = engines.node.replace(/^>=/, '');
  const version = nodeVersion.slice(1);
  if (isAtLeast(version, least)) return [ok('node', version)];
  return [fail('node', `${version}, expected ${least} or newer`, 'Install a newer Node.')];
}

/** The version of a package installed for a folder: in node_modules there or above. */
export function installedVersion({ source, manifest }: Project, name: string): string | undefined {
  for (let folder = manifest?.folder ?? ''; ; folder = folderOf(folder)) {
    const path = below(folder, `node_modules/${name}/package.json`);
    // Packages may be links into a store: only whether they are there, and their version, is looked at.
    const text = source.exists(path) ? readTextFile(source, path)?.text : undefined;
    if (text !== undefined) return String((JSON.parse(text) as { version?: unknown }).version ?? '');
    if (folder === '') return undefined;
  }
}

/** Whether what hook and CI start is installed here. */
export function checkPackage(project: Project): Check[] {
  const { manifest, packages, source } = project;
  if (!manifest || !packages) return [ok('package', 'no package.json: hook and CI name the version that they run')];
  if (manifest.data['name'] === 'planproof') return [ok('package', 'this is planproof itself')];
  if (!manifest.dependencies.has('planproof'))
    return [
      fail(
        'package',
        `${manifest.path} does not name planproof: hook and CI cannot start it`,
        installAtTop(project, 'planproof'),
      ),
    ];
  const version = installedVersion(project, 'planproof');
  if (version === undefined) {
    if (source.exists(below(manifest.folder, '.pnp.cjs'))) return [ok('package', `${manifest.path} names planproof`)];
    return [fail('package', 'planproof is not installed in this worktree', installAtTop(project))];
  }
  if (version === packageVersion()) return [ok('package', `planproof ${version}`)];
  return [warn('package', `this is planproof ${packageVersion()}, hook and CI run ${version}`)];
}
