import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../model/user-error.ts';
import type { Entry } from './entry.ts';
import { codeOf } from './failure.ts';
import { remove, removeIfThere, replaceWith, syncFolder, writeNew } from './files.ts';
import { isPlainPath } from './inside.ts';
import { temporaryOf } from './places.ts';

/** What a run is about to change. */
export interface Journal {
  /** While preparing only temporary files are written; from `committed` on the files themselves change. */
  readonly phase: 'preparing' | 'committed';
  readonly entries: readonly Entry[];
  /** Folders that the run makes, each before those in it; relative to the top. */
  readonly folders: readonly string[];
}

/** Raised when the shape changes. */
const VERSION = 1;

/** A journal that planproof did not write, or not like this: nobody knows what to make of it. */
export class DamagedJournal extends UserError {
  constructor(file: string) {
    super(
      `Damaged journal of an interrupted run: ${file}, nothing touched`,
      'Look with git status whether the documents are whole, then delete that file.',
    );
  }
}

/** How temporary files are named: the names come back from a journal and are deleted. */
const TEMPORARY = /^\.planproof-[0-9a-f-]{36}\.tmp$/;

/** An entry as JSON has it: null for undefined, bytes in base64. */
type StoredEntry = { readonly [key in keyof Entry]-?: string | number | null };

const store = ({ path, before, after, temporary, mode }: Entry): StoredEntry => ({
  path,
  before: before === undefined ? null : Buffer.from(before).toString('base64'),
  after: after ?? null,
  temporary,
  mode: mode ?? null,
});

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

/** @throws TypeError on anything that `store` does not give */
function load(data: Partial<StoredEntry> | null): Entry {
  const { path, before, after, temporary, mode } = data ?? {};
  const isSound =
    typeof path === 'string' &&
    isPlainPath(path) &&
    isTextOrNull(before) &&
    (after === null || (typeof after === 'string' && /^[0-9a-f]{64}$/.test(after))) &&
    typeof temporary === 'string' &&
    TEMPORARY.test(temporary) &&
    (mode === null || (Number.isInteger(mode) && Number(mode) >= 0 && Number(mode) <= 0o7777));
  if (!isSound) throw new TypeError('entry');
  return {
    path,
    before: before === null ? undefined : Buffer.from(before, 'base64'),
    after: after ?? undefined,
    temporary,
    mode: mode === null ? undefined : Number(mode),
  };
}

function parse(text: string): Journal {
  const { version, phase, entries, folders } = JSON.parse(text);
  const isSound =
    version === VERSION &&
    (phase === 'preparing' || phase === 'committed') &&
    Array.isArray(entries) &&
    Array.isArray(folders) &&
    folders.every((folder) => typeof folder === 'string' && isPlainPath(folder));
  if (!isSound) throw new TypeError('journal');
  return { phase, entries: entries.map(load), folders };
}

/**
 * Reads what an interrupted run left; undefined when there is nothing.
 *
 * @param file absolute path of the journal
 * @throws DamagedJournal
 */
export function readJournal(file: string): Journal | undefined {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) !== undefined) throw error;
    throw new DamagedJournal(file);
  }
}

/** Writes the journal, so that it survives a loss of power. */
export function saveJournal(file: string, { phase, entries, folders }: Journal): void {
  mkdirSync(dirname(file), { recursive: true });
  removeIfThere(temporaryOf(file));
  const text = JSON.stringify({ version: VERSION, phase, folders, entries: entries.map(store) });
  writeNew(temporaryOf(file), Buffer.from(text));
  replaceWith(temporaryOf(file), file);
  syncFolder(dirname(file));
}

/** Removes the journal and what was begun of one: from now on nothing is left to recover. */
export function removeJournal(file: string): void {
  removeIfThere(temporaryOf(file));
  if (!existsSync(file)) return;
  remove(file);
  try {
    syncFolder(dirname(file));
  } catch (error) {
    // The run is over. Should the power fail now and the journal come back, it finds its files as it wants them.
    if (codeOf(error) === undefined) throw error;
  }
}
