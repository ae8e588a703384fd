import type { Source } from '../sources/source.ts';
import { isWorkspaceRoot, type Manifest } from './manifest.ts';
import { below, folderOf } from './text-file.ts';

/** How a package manager is told to do things. */
export interface PackageManager {
  readonly name: string;
  /** What told that it is this one. */
  readonly sign: string;
  /** A lock file was found: what is installed in CI is what was locked. */
  readonly isLocked: boolean;
  /** In front of the name of an installed program: runs it and installs nothing. */
  readonly run: string;
  /** Installs what package.json names. */
  readonly install: string;
  /** In front of the names of packages: adds them for development. */
  readonly add: string;
  /** In front of the name of a script in package.json. */
  readonly script: string;
  /** Installs in CI, without running anything of the packages. */
  readonly ci: string;
  /** Scripts of package.json that run after a plain install, the best first. */
  readonly hooks: readonly string[];
}

interface Description extends Omit<PackageManager, 'sign' | 'isLocked' | 'ci' | 'add'> {
  readonly locks: readonly string[];
  readonly add: string;
  readonly addToRoot: string;
  readonly ci: string;
  /** Without a lock file. */
  readonly ciUnlocked: string;
}

const NPM: Description = {
  name: 'npm',
  locks: ['package-lock.json', 'npm-shrinkwrap.json'],
  run: 'npx --no-install',
  install: 'npm install',
  add: 'npm install --save-dev',
  addToRoot: 'npm install --save-dev',
  script: 'npm run',
  ci: 'npm ci --ignore-scripts',
  ciUnlocked: 'npm install --ignore-scripts',
  hooks: ['prepare', 'postprepare'],
};

const PNPM: Description = {
  name: 'pnpm',
  locks: ['pnpm-lock.yaml'],
  run: 'pnpm exec',
  install: 'pnpm install',
  add: 'pnpm add --save-dev',
  addToRoot: 'pnpm add --save-dev --workspace-root',
  script: 'pnpm run',
  ci: 'pnpm install --frozen-lockfile --ignore-scripts',
  ciUnlocked: 'pnpm install --ignore-scripts',
  hooks: ['prepare', 'postprepare'],
};

const YARN: Description = {
  name: 'yarn',
  locks: ['yarn.lock'],
  run: 'yarn run',
  install: 'yarn install',
  add: 'yarn add --dev',
  addToRoot: 'yarn add --dev',
  script: 'yarn run',
  ci: 'yarn install --immutable --mode=skip-build',
  ciUnlocked: 'yarn install --mode=skip-build',
  // From version 2 on it runs no `prepare` after an install.
  hooks: ['postinstall'],
};

const YARN_CLASSIC: Description = {
  ...YARN,
  run: 'yarn --silent run',
  addToRoot: 'yarn add --dev --ignore-workspace-root-check',
  ci: 'yarn install --frozen-lockfile --ignore-scripts',
  ciUnlocked: 'yarn install --ignore-scripts',
  hooks: ['prepare'],
};

const BUN: Description = {
  name: 'bun',
  locks: ['bun.lock', 'bun.lockb'],
  run: 'bunx --no-install',
  install: 'bun install',
  add: 'bun add --dev',
  addToRoot: 'bun add --dev',
  script: 'bun run',
  ci: 'bun install --frozen-lockfile --ignore-scripts',
  ciUnlocked: 'bun install --ignore-scripts',
  hooks: ['prepare', 'postprepare'],
};

interface Sign {
  readonly name: string;
  readonly major: number | undefined;
  readonly sign: string;
}

/** What package.json itself says: `packageManager`, then `devEngines`. */
function declared({ path, data }: Manifest): Sign | undefined {
  const engine = (data['devEngines'] as { packageManager?: { name?: unknown; version?: unknown } } | undefined)
    ?.packageManager;
  const engineText = engine?.name === undefined ? undefined : `${engine.name}@${String(engine.version ?? '')}`;
  for (const [key, text] of [
    ['packageManager', data['packageManager']],
    ['devEngines', engineText],
  ]) {
    const match = /^(npm|pnpm|yarn|bun)@[^0-9]*([0-9]*)/.exec(typeof text === 'string' ? text : '');
    if (match) return { name: match[1] as string, major: Number(match[2]) || undefined, sign: `${key} in ${path}` };
  }
  return undefined;
}

/** The folder and all above it up to the top. */
function upwards(folder: string): string[] {
  return folder === '' ? [''] : [folder, ...upwards(folderOf(folder))];
}

const KNOWN: readonly Description[] = [PNPM, YARN, BUN, NPM];

/** The nearest lock file. */
function locked(source: Source, folder: string): { description: Description; lock: string } | undefined {
  for (const at of upwards(folder)) {
    for (const description of KNOWN) {
      const lock = description.locks.map((name) => below(at, name)).find((path) => source.exists(path));
      if (lock !== undefined) return { description, lock };
    }
  }
  return undefined;
}

function isClassic(source: Source, { folder }: Manifest, major: number | undefined): boolean {
  if (major !== undefined) return major < 2;
  return !upwards(folder).some((at) => source.exists(below(at, '.yarnrc.yml')));
}

/** Finds the package manager of a package: what package.json says, then the nearest lock file, then npm. */
export function findPackageManager(source: Source, manifest: Manifest): PackageManager {
  const said = declared(manifest);
  const lock = locked(source, manifest.folder);
  const name = said?.name ?? lock?.description.name ?? NPM.name;
  let found = KNOWN.find((one) => one.name === name) ?? NPM;
  if (found === YARN && isClassic(source, manifest, said?.major)) found = YARN_CLASSIC;
  const isLocked = lock?.description.name === name;
  return {
    ...found,
    sign: said?.sign ?? lock?.lock ?? 'no lock file',
    isLocked,
    add: isWorkspaceRoot(source, manifest) ? found.addToRoot : found.add,
    ci: isLocked ? found.ci : found.ciUnlocked,
  };
}
