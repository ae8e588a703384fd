import { resolve } from 'node:path';
import { EXIT, type Io, notifier } from '../io.ts';
import { oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { checkParts, mergeReports } from '../pipeline/merge-reports.ts';
import { mergeSarif } from '../pipeline/merge-sarif.ts';
import { type Kind, type Part, readReport } from '../pipeline/read-reports.ts';
import type { Format } from '../pipeline/report.ts';
import { summarize } from '../reporters/report.ts';
import { formatsOf, output, writeReport } from './report-output.ts';

/** Options of `planproof merge-reports`. */
export interface MergeOptions {
  readonly format?: readonly string[];
  readonly maxWarnings?: number;
}

/** What can be made of reports: SARIF holds no more than SARIF, and columns in bytes ask for the documents. */
const FORMATS: Readonly<Record<Kind, readonly string[]>> = {
  json: ['text', 'json', 'github', 'junit', 'gitlab', 'markdown'],
  sarif: ['sarif'],
};

const NAMES: Readonly<Record<Kind, string>> = { json: 'JSON reports', sarif: 'SARIF logs' };

function chosenFormats(options: MergeOptions, kind: Kind, io: Io): Format[] {
  const formats = formatsOf({ format: options.format ?? [kind] }, io);
  const wrong = formats.find(({ name }) => !FORMATS[kind].includes(name));
  if (wrong)
    throw new UserError(
      `Unexpected format \`${wrong.name}\`, expected ${oneOf(FORMATS[kind])}: more is not made of ${NAMES[kind]}`,
      kind === 'json' ? 'For SARIF let each shard write it: --format sarif=report-1.sarif.' : undefined,
    );
  return formats;
}

/** Joins the parts, and puts the whole where the formats say. */
async function merge(
  parts: readonly Part[],
  formats: readonly Format[],
  io: Io,
): Promise<{ errors: number; warnings: number }> {
  if (parts[0]?.kind === 'json') {
    const report = mergeReports(parts);
    await output(report, formats, io);
    return summarize(report);
  }
  const merged = mergeSarif(parts);
  for (const { file } of formats) {
    if (file === undefined) io.stdout.write(merged.log);
    else writeReport(resolve(io.cwd, file), merged.log);
  }
  return merged;
}

/** Joins the reports of the shards of a run. @returns the exit code of the whole */
export async function mergeReportsCommand(files: readonly string[], options: MergeOptions, io: Io): Promise<number> {
  const parts: Part[] = [];
  for (const file of files) parts.push(await readReport(resolve(io.cwd, file), file));
  checkParts(parts);
  const { errors, warnings } = await merge(parts, chosenFormats(options, (parts[0] as Part).kind, io), io);
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  if (tooMany) notifier(io)(`${warnings} warnings, at most ${options.maxWarnings} allowed (--max-warnings).`);
  return errors > 0 || tooMany ? EXIT.findings : EXIT.clean;
}
