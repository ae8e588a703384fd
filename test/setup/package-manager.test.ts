import { describe, expect, it } from 'vitest';
import { findManifest, type Manifest } from '../../src/setup/manifest.ts';
import { findPackageManager } from '../../src/setup/package-manager.ts';
import type { Source } from '../../src/sources/source.ts';

/** A source that holds these files. */
function holding(files: Readonly<Record<string, string>>): Source {
  return {
    list: () => Object.keys(files).sort(),
    read: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    exists: (path) => files[path] !== undefined,
    hasCommit: () => undefined,
  };
}

function found(files: Readonly<Record<string, string>>, from = ''): ReturnType<typeof findPackageManager> {
  const source = holding(files);
  return findPackageManager(source, findManifest(source, from) as Manifest);
}

describe('the package manager', () => {
  it.each([
    ['{}', [], 'npm', 'no lock file', 'npx --no-install', 'npm install --ignore-scripts'],
    ['{}', ['package-lock.json'], 'npm', 'package-lock.json', 'npx --no-install', 'npm ci --ignore-scripts'],
    ['{}', ['npm-shrinkwrap.json'], 'npm', 'npm-shrinkwrap.json', 'npx --no-install', 'npm ci --ignore-scripts'],
    [
      '{}',
      ['pnpm-lock.yaml'],
      'pnpm',
      'pnpm-lock.yaml',
      'pnpm exec',
      'pnpm install --frozen-lockfile --ignore-scripts',
    ],
    ['{}', ['yarn.lock'], 'yarn', 'yarn.lock', 'yarn --silent run', 'yarn install --frozen-lockfile --ignore-scripts'],
    ['{}', ['yarn.lock', '.yarnrc.yml'], 'yarn', 'yarn.lock', 'yarn run', 'yarn install --immutable --mode=skip-build'],
    ['{}', ['bun.lock'], 'bun', 'bun.lock', 'bunx --no-install', 'bun install --frozen-lockfile --ignore-scripts'],
    ['{}', ['bun.lockb'], 'bun', 'bun.lockb', 'bunx --no-install', 'bun install --frozen-lockfile --ignore-scripts'],
    [
      '{"packageManager":"pnpm@9.1.0"}',
      ['package-lock.json'],
      'pnpm',
      'packageManager in package.json',
      'pnpm exec',
      'pnpm install --ignore-scripts',
    ],
    [
      '{"packageManager":"yarn@1.22.22"}',
      ['yarn.lock', '.yarnrc.yml'],
      'yarn',
      'packageManager in package.json',
      'yarn --silent run',
      'yarn install --frozen-lockfile --ignore-scripts',
    ],
    [
      '{"packageManager":"yarn@4.5.0+sha512.abc"}',
      ['yarn.lock'],
      'yarn',
      'packageManager in package.json',
      'yarn run',
      'yarn install --immutable --mode=skip-build',
    ],
    ['{"packageManager":"unknown@1"}', [], 'npm', 'no lock file', 'npx --no-install', 'npm install --ignore-scripts'],
    ['{"packageManager":7}', [], 'npm', 'no lock file', 'npx --no-install', 'npm install --ignore-scripts'],
    [
      '{"devEngines":{"packageManager":{"name":"bun","version":">=1"}}}',
      [],
      'bun',
      'devEngines in package.json',
      'bunx --no-install',
      'bun install --ignore-scripts',
    ],
  ])('%s with %j is %s (%s)', (text, locks, name, sign, run, ci) => {
    const files = Object.fromEntries([['package.json', text], ...locks.map((lock) => [lock, ''])]);
    expect(found(files)).toMatchObject({ name, sign, run, ci });
  });

  it('adds to the root of a workspace as each one wants it', () => {
    const root = '{"workspaces":["a"]}';
    expect(found({ 'package.json': root }).add).toBe('npm install --save-dev');
    expect(found({ 'package.json': '{}', 'pnpm-workspace.yaml': '', 'pnpm-lock.yaml': '' }).add).toBe(
      'pnpm add --save-dev --workspace-root',
    );
    expect(found({ 'package.json': root, 'yarn.lock': '' }).add).toBe('yarn add --dev --ignore-workspace-root-check');
  });

  it('of a package in a folder is told by the lock file above', () => {
    expect(found({ 'a/b/package.json': '{}', 'pnpm-lock.yaml': '' }, 'a/b')).toMatchObject({
      name: 'pnpm',
      isLocked: true,
    });
  });
});

describe('the package that tools are installed in', () => {
  const folderOf = (files: Readonly<Record<string, string>>, from: string): string | undefined =>
    findManifest(holding(files), from)?.folder;

  it('is the nearest one, but where one above is the root of a workspace, that', () => {
    expect(folderOf({ 'package.json': '{}', 'a/package.json': '{}' }, 'a/b')).toBe('a');
    expect(folderOf({ 'package.json': '{"workspaces":[]}', 'a/package.json': '{}' }, 'a/b')).toBe('');
    expect(folderOf({ 'a/package.json': '{}' }, '')).toBeUndefined();
  });

  it('without any upwards is the only one that names planproof', () => {
    const naming = '{"devDependencies":{"planproof":"1"}}';
    expect(folderOf({ 'a/package.json': naming, 'b/package.json': '{}' }, '')).toBe('a');
    expect(folderOf({ 'a/package.json': naming, 'b/package.json': naming }, '')).toBeUndefined();
    expect(folderOf({ 'a/package.json': '{"name":"planproof"}' }, '')).toBeUndefined();
  });

  it.each([
    ['{', 'package.json: no valid JSON'],
    ['[]', 'package.json: Unexpected value, expected an object'],
  ])('is refused when it is %s', (text, message) => {
    expect(() => findManifest(holding({ 'package.json': text }), '')).toThrow(message);
  });
});
