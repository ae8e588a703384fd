import { type Io, notifier } from '../io.ts';
import type { LeftLink } from '../model/relink.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { clean } from '../reporters/clean.ts';
import type { FileChange } from '../writing/change.ts';
import { unifiedDiff } from '../writing/unified-diff.ts';
import { writeChanges } from '../writing/write-changes.ts';
import { changing, readSet } from './find.ts';

/** Options of every command that changes several files at once. */
export interface ChangeOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** What a command has done, or would do. */
export interface Outcome {
  readonly changes: readonly FileChange[];
  /** Lines for people, above the files that change. */
  readonly lines: readonly string[];
  /** Lines for people, below them. */
  readonly notes?: readonly string[];
  /** For programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads all documents and works on them: alone where files are to change, without a lock where they are only shown. */
export async function working<T>(
  { dryRun }: ChangeOptions,
  io: Io,
  work: (set: DocumentSet) => T | Promise<T>,
): Promise<T> {
  return dryRun ? work(await readSet(io)) : changing(io, work);
}

interface ChangedFile {
  readonly path: string;
  /** Where it was before, if elsewhere. */
  readonly from?: string;
}

/** The files that are there afterwards and are not as before; those that differ in nothing are left out. */
function changedFiles(changes: readonly FileChange[]): ChangedFile[] {
  return changes
    .flatMap(({ path, before, after, modeOf }): ChangedFile[] => {
      if (after === undefined || (before && Buffer.compare(before, after) === 0)) return [];
      return [before === undefined && modeOf !== undefined ? { path, from: modeOf } : { path }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const shown = ({ path, from }: ChangedFile): string => `  ${clean(from === undefined ? path : `${from} → ${path}`)}\n`;

/** A diff for eyes has no control characters; one for programs has the bytes as they are. */
function printDiff(changes: readonly FileChange[], io: Io): void {
  const diff = unifiedDiff(changes);
  io.stdout.write(io.stdout.isTerminal ? diff.split('\n').map(clean).join('\n') : diff);
}

/** Writes the changes, or shows them, and says what they come to. */
export function carryOut(
  { changes, lines, notes = [], data }: Outcome,
  options: ChangeOptions,
  { workspace }: DocumentSet,
  io: Io,
): void {
  const files = changedFiles(changes);
  if (!options.dryRun) writeChanges(workspace.top, changes);
  if (options.json) {
    const diff = options.dryRun ? { diff: unifiedDiff(changes) } : {};
    io.stdout.write(
      `${JSON.stringify({ ...data, dryRun: options.dryRun ?? false, changed: files, ...diff }, null, 2)}\n`,
    );
    return;
  }
  if (options.dryRun) {
    for (const line of [...lines, ...notes]) notifier(io)(clean(line));
    printDiff(changes, io);
    return;
  }
  io.stdout.write(lines.map((line) => `${clean(line)}\n`).join('') + files.map(shown).join(''));
  io.stdout.write(notes.map((line) => `${clean(line)}\n`).join(''));
}

/** Says which links could not follow, and which documents could not be read. */
export function notifyLeft(left: readonly LeftLink[], unread: readonly string[], io: Io): void {
  for (const { path, place, url } of left)
    notifier(io)(clean(`${path}:${place.line}: the link to ${url} stays as it is: its address cannot be told exactly`));
  for (const path of unread) notifier(io)(clean(`${path} cannot be read: what it names stays as it is`));
}
