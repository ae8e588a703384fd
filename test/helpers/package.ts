import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PROJECT } from './repository.ts';

/** Copies what belongs to the project, without the compiled code that runs of it leave, and are about to leave. */
export function copyOfProject(entry: string, folder: string): void {
  const filter = (file: string): boolean => basename(file) !== 'code-cache';
  cpSync(join(PROJECT, entry), join(folder, entry), { recursive: true, preserveTimestamps: true, filter });
}

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
  const entries = (manifest.files as string[]).filter((entry) => !entry.startsWith('!'));
  for (const entry of [...entries, 'README.md', 'LICENSE']) copyOfProject(entry, stage);
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
