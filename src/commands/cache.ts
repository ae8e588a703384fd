import { lstatSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { type CacheFile, cacheFiles, cacheFolder, cacheFolders, clearCache } from '../cache/folder.ts';
import type { Ledger } from '../cache/ledger.ts';
import { type LedgerKind, readLedger, type Store } from '../cache/store.ts';
import { EXIT, type Io, notifier } from '../io.ts';
import { UserError } from '../model/user-error.ts';
import { rememberedBase, verdictStore } from '../pipeline/verdict-store.ts';
import { openWorkspace, topOf } from '../pipeline/workspace.ts';
import { clean } from '../reporters/clean.ts';
import { count } from '../reporters/report.ts';
import { plainGit, stagedFiles } from '../sources/staged-files.ts';
import { surroundingsOf } from './surroundings.ts';

/** Options of `planproof cache stats` and `planproof cache clear`. */
export interface CacheOptions {
  readonly json?: boolean;
}

const KINDS: readonly LedgerKind[] = ['worktree', 'staged'];

/** What the next run does with what is remembered. */
const STATES = {
  current: 'up to date: the next run judges only what may have changed',
  outdated: 'of another build of planproof, or of other settings: will be made anew',
  unreadable: 'cannot be read: will be made anew',
  unused: 'not used: nobody but git can read the git index of this repository',
} as const;

/** How much is remembered. */
interface Contents {
  readonly documents: number;
  readonly boards: number;
  /** Documents that are not judged before something touches them. */
  readonly open: number;
  /** Documents and boards with findings. */
  readonly withFindings: number;
  /** Files that are not as in the base, and documents and boards that were judged again since. */
  readonly changes: number;
}

/** What is remembered of one kind of state. */
interface Remembered {
  readonly kind: LedgerKind;
  readonly state: keyof typeof STATES;
  /** In bytes. */
  readonly size: number;
  readonly written: Date;
  /** Undefined where it cannot be read. */
  readonly contents: Contents | undefined;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const sizeOf = (files: readonly CacheFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

/** A folder as somebody who stands in another one writes it. */
function named(folder: string, from: string): string {
  const path = relative(from, folder);
  return path.startsWith('..') || isAbsolute(path) ? folder : path.split(sep).join('/');
}

/** @throws Damaged, or what reading throws */
function contentsOf(ledger: Ledger): Contents {
  const { base, changes, units } = ledger;
  const mayBeBoards = new Set([...Array.from(base.boards(), (nth) => base.path(nth)), ...units.keys()]);
  return {
    documents: ledger.documentCount,
    open: ledger.openCount,
    boards: [...mayBeBoards].filter((path) => ledger.record(path)?.kind === 'board').length,
    withFindings: ledger.verdicts().length,
    changes: new Set([...changes.files.map(([path]) => path), ...units.keys()]).size,
  };
}

function contents(ledger: () => Ledger): Contents | undefined {
  try {
    return contentsOf(ledger());
  } catch {
    return undefined;
  }
}

/** The cache as the next run opens it; undefined where that run does without. */
async function storeOf(kind: LedgerKind, top: string, io: Io): Promise<Store | undefined> {
  const isStaged = kind === 'staged';
  const plain = plainGit(top, isStaged ? io.environment : {});
  if (!plain) return undefined;
  const surroundings = surroundingsOf(io);
  const workspace = isStaged
    ? await openWorkspace(surroundings, undefined, () => stagedFiles(top, plain, io.environment), 'source')
    : await openWorkspace(surroundings);
  return verdictStore(workspace, kind, rememberedBase(top, kind));
}

async function examine(kind: LedgerKind, folder: string, top: string, io: Io): Promise<Remembered[]> {
  const files = cacheFiles(folder).filter(({ name }) => name === `${kind}.base` || name === `${kind}.changes`);
  // Changes without a base mean nothing.
  if (!files.some(({ name }) => name === `${kind}.base`)) return [];
  const written = new Date(Math.max(...files.map(({ modified }) => modified.getTime())));
  const store = await storeOf(kind, top, io);
  const current = store?.load();
  const held = contents(() => current ?? readLedger(folder, kind));
  const known = current ? 'current' : store ? 'outdated' : 'unused';
  return [{ kind, state: held ? known : 'unreadable', size: sizeOf(files), written, contents: held }];
}

function told({ kind, state, size, written, contents }: Remembered): string {
  const held = contents && [
    [
      `${count(contents.documents, 'document')}${contents.open === 0 ? '' : ` (${contents.open} not judged yet)`}`,
      ...(contents.boards === 0 ? [] : [count(contents.boards, 'board')]),
      `${contents.withFindings} with findings`,
    ].join(', '),
    `${count(contents.changes, 'change')} since the base`,
  ];
  const lines = [
    STATES[state],
    ...(held ? [held.join('; ')] : []),
    `${sizeText(size)}, written ${written.toISOString()}`,
  ];
  return lines.map((line, nth) => `${(nth === 0 ? kind : '').padEnd(8)}  ${line}\n`).join('');
}

const asJson = ({ written, contents, ...rest }: Remembered): Record<string, unknown> => ({
  ...rest,
  written: written.toISOString(),
  documents: contents?.documents ?? null,
  boards: contents?.boards ?? null,
  open: contents?.open ?? null,
  withFindings: contents?.withFindings ?? null,
  changes: contents?.changes ?? null,
});

const print = (report: unknown, io: Io): void => io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

/** Where the cache of the repository around lies; outside git, where there is none, says so. */
function folderOf(top: string, io: Io): string | undefined {
  const folder = cacheFolder(top);
  if (folder === undefined) notifier(io)('Nothing is remembered outside git: each run judges all documents.');
  return folder;
}

/** Says what is remembered. @returns the exit code */
export async function cacheStatsCommand(options: CacheOptions, io: Io): Promise<number> {
  const top = topOf(io.cwd);
  const folder = folderOf(top, io);
  const files = folder === undefined ? [] : cacheFiles(folder);
  const caches: Remembered[] = [];
  if (folder !== undefined) for (const kind of KINDS) caches.push(...(await examine(kind, folder, top, io)));
  if (options.json) print({ folder: folder ?? null, size: sizeOf(files), caches: caches.map(asJson) }, io);
  else if (folder !== undefined) {
    const name = clean(named(folder, io.cwd));
    const size = sizeOf(files);
    const heading = size === 0 && caches.length === 0 ? 'Nothing is remembered yet' : sizeText(size);
    io.stdout.write(`${name}: ${heading}\n${caches.map(told).join('')}`);
  }
  return EXIT.clean;
}

/** @throws UserError when it cannot be removed, or lies elsewhere */
function removed(folder: string): number | undefined {
  const parent = dirname(folder);
  if (lstatSync(parent, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UserError(
      `${clean(parent)} is a link, and nothing is removed behind it`,
      'Remove by hand what it leads to.',
    );
  try {
    return clearCache(folder);
  } catch (error) {
    throw new UserError(`Cannot remove ${clean(folder)}: ${(error as Error).message}`);
  }
}

/** Says where the next run finds something all the same. */
function noticeShared(top: string, io: Io): void {
  const [, shared] = cacheFolders(top);
  if (shared === undefined || cacheFiles(shared).length === 0) return;
  notifier(io)(
    `The next lint here begins with what the clone's first worktree has learnt, in ${clean(named(shared, io.cwd))}.`,
  );
}

/** Forgets what is remembered. @returns the exit code */
export async function cacheClearCommand(options: CacheOptions, io: Io): Promise<number> {
  const top = topOf(io.cwd);
  const folder = folderOf(top, io);
  const freed = folder === undefined ? undefined : removed(folder);
  if (options.json) print({ folder: folder ?? null, removed: freed !== undefined, freed: freed ?? 0 }, io);
  else if (folder !== undefined) {
    const name = clean(named(folder, io.cwd));
    io.stdout.write(
      freed === undefined ? `${name}: nothing to remove\n` : `${name} removed: ${sizeText(freed)} freed\n`,
    );
  }
  noticeShared(top, io);
  return EXIT.clean;
}
