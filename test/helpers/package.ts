import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './repository.ts';

/**
 * Packs the project as npm would when it publishes it, without building it again.
 *
 * @param folder where there is room for it
 * @param more added to the published manifest
 * @returns path of the tarball
 */
export function packProject(folder: string, more: Readonly<Record<string, unknown>> = {}): string {
  const stage = join(folder, 'stage');
  mkdirSync(stage);
  const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  for (const entry of [...manifest.files, 'README.md', 'LICENSE'])
    cpSync(join(PROJECT, entry), join(stage, entry), { recursive: true });
  const { scripts: _scripts, devDependencies: _dev, ...published } = manifest;
  writeFileSync(join(stage, 'package.json'), JSON.stringify({ ...published, ...more }));
  const tarball = execFileSync('npm', ['pack', '--ignore-scripts', '--silent'], {
    cwd: stage,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }).trim();
  return join(stage, tarball);
}

/** Installs a tarball and the native parser by hand: the tests need no network. */
export function installTarball(tarball: string, modules: string): void {
  const home = join(modules, 'planproof');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  cpSync(join(PROJECT, 'node_modules', '@bruits'), join(modules, '@bruits'), { recursive: true });
}
