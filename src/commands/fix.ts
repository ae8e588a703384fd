import { type Io, notifier } from '../io.ts';
import { type FixResult, fix } from '../pipeline/fix.ts';
import type { LintRequest } from '../pipeline/lint.ts';
import { topOf } from '../pipeline/workspace.ts';
import { clean } from '../reporters/clean.ts';
import type { Report } from '../reporters/report.ts';
import { exclusively } from '../writing/lock.ts';
import { unifiedDiff } from '../writing/unified-diff.ts';
import { writeChanges } from '../writing/write-changes.ts';
import type { LintOptions } from './lint.ts';
import { progressLine } from './progress-line.ts';
import { surroundingsOf } from './surroundings.ts';

/** More would not be read. */
const MAX_REFUSED = 20;

function tell({ counts, refused, newSections, isUnfinished }: FixResult, isDryRun: boolean, io: Io): void {
  const notify = (notice: string): void => notifier(io)(clean(notice));
  for (const { path, count } of counts) notify(`${isDryRun ? 'Would fix' : 'Fixed'} ${count} in ${path}`);
  for (const { path, name } of newSections) notify(`Inserted an empty section \`${name}\` into ${path}: fill it in`);
  for (const { candidate, reason } of refused.slice(0, MAX_REFUSED))
    notify(`Not fixed: ${candidate.rule} at ${candidate.file}:${candidate.line}: ${reason}`);
  if (refused.length > MAX_REFUSED) notify(`Not fixed: ${refused.length - MAX_REFUSED} more`);
  if (isUnfinished) notify('There is more to fix: run it again');
}

/** A diff as it may be printed: a terminal would obey what stands in a document. */
function printable(diff: string, io: Io): string {
  if (!io.stdout.isTerminal) return diff;
  return diff.replace(/[^\n]+/g, (line) => (line.endsWith('\r') ? `${clean(line.slice(0, -1))}\r` : clean(line)));
}

/** Fixes the files, or shows how it would. @returns the report of what is left */
export async function fixFiles(request: LintRequest, options: LintOptions, io: Io): Promise<Report> {
  const surroundings = { ...surroundingsOf(io), progress: progressLine(io) };
  const find = (): Promise<FixResult> => fix(request, surroundings, options.fixUnsafe === true);
  if (options.fixDryRun) {
    const result = await find();
    io.stdout.write(printable(unifiedDiff(result.changes), io));
    tell(result, true, io);
    return result.report;
  }
  const top = topOf(io.cwd);
  return exclusively(top, notifier(io), async () => {
    const result = await find();
    if (result.changes.length > 0) writeChanges(top, result.changes);
    tell(result, false, io);
    return result.report;
  });
}
