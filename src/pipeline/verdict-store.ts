import { posix } from 'node:path';
import { arch, platform } from 'node:process';
import type { Base } from '../cache/base-file.ts';
import { cacheFolder, cacheFolders, clearCache } from '../cache/folder.ts';
import { Damaged } from '../cache/sections.ts';
import { type LedgerKind, readBase, Store } from '../cache/store.ts';
import { buildId } from '../model/build-id.ts';
import type { Config } from '../model/config.ts';
import { pathFrom } from '../model/slashes.ts';
import type { Workspace } from './workspace.ts';

/** Sets of more documents than this are judged without a cache: all of one is in memory while it is written. */
export const MOST_DOCUMENTS = 2_000_000;

/** A file that the config names, in a form that JSON keeps; undefined where the source does not read it. */
function textOf(path: string, { config, top, source }: Workspace): string | undefined {
  const folder = pathFrom(top, config.folder);
  const bytes = source.read(posix.normalize(posix.join(folder, path)));
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('latin1') : undefined;
}

/** What of a config verdicts rest on. */
function settingsOf({ file: _, folder: __, origins: ___, ...settings }: Config): unknown {
  return settings;
}

/** All that verdicts rest on besides the documents and boards: this build, the config, and its schemas and templates. */
function identityOf(workspace: Workspace, build: string): string | undefined {
  const { config, top, roots } = workspace;
  const types = Object.values(config.types).flatMap(({ schema, template }) =>
    [schema, template].map((path) => textOf(path, workspace)),
  );
  if (types.includes(undefined)) return undefined;
  const folder = pathFrom(top, config.folder);
  return JSON.stringify([build, platform, arch, folder, roots, settingsOf(config), types]);
}

/**
 * Does what may rest on remembered verdicts. Of a cache, parts are read when somebody asks for them, which may be as late as when
 * a report is written: one that is damaged is removed, and all is done again without any.
 *
 * @param top absolute path of the top of the repository
 */
export async function unlessDamaged<Result>(top: string, work: (cache?: false) => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    for (const folder of cacheFolders(top)) clearCache(folder);
    return work(false);
  }
}

/** A base, and the folder that it lies in, which may be that of another worktree. */
export interface RememberedBase {
  readonly base: Base;
  readonly origin: string;
}

/**
 * The base of the cache of a worktree: its git index is a model for reading the one of now. A linked worktree that has none yet
 * begins with that of the clone's first one: a verdict rests on what documents say, not on where they lie.
 *
 * @param top absolute path of the top of the repository
 * @returns undefined where there is none, and when planproof runs from its sources
 */
export function rememberedBase(top: string, kind: LedgerKind): RememberedBase | undefined {
  if (buildId() === undefined) return undefined;
  for (const origin of cacheFolders(top)) {
    const base = readBase(origin, kind);
    if (base) return { base, origin };
  }
  return undefined;
}

/**
 * The cache for a workspace.
 *
 * @returns undefined where nothing can be remembered: outside git, and when planproof runs from its sources
 */
export function verdictStore(
  workspace: Workspace,
  kind: LedgerKind,
  remembered: RememberedBase | undefined,
): Store | undefined {
  const build = buildId();
  const folder = cacheFolder(workspace.top);
  if (build === undefined || folder === undefined || !workspace.hasGit) return undefined;
  const identity = identityOf(workspace, build);
  if (identity === undefined) return undefined;
  return new Store(folder, kind, remembered?.base, identity, remembered?.origin);
}
