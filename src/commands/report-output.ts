import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Io, notifier } from '../io.ts';
import { UserError } from '../model/user-error.ts';
import { type Format, parseFormat, render, standardFormats } from '../pipeline/report.ts';
import { inRunnerLog } from '../reporters/escape.ts';
import { markdownSummary } from '../reporters/markdown.ts';
import type { Report } from '../reporters/report.ts';
import { PLAIN, styleFor } from '../reporters/style.ts';
import type { LintOptions } from './lint.ts';

/** GitHub drops a job summary of more than 1 MiB as a whole; other steps may have written some of it. */
const JOB_SUMMARY = 1_000_000;
const ANNOTATIONS = 'github';

/**
 * The formats asked for, or those that the CI service reads.
 *
 * @throws UserError on an unknown name, or when two of them would run into each other on standard output
 */
export function formatsOf({ format, fixDryRun }: LintOptions, { environment }: Io): Format[] {
  // The diff of a dry run has standard output to itself.
  const formats = (format ?? (fixDryRun ? [] : standardFormats(environment))).map(parseFormat);
  if (fixDryRun && formats.some(({ file }) => file === undefined))
    throw new UserError(
      '--fix-dry-run prints a diff on standard output',
      'Send the report of what would be left to a file: --format json=report.json.',
    );
  if (formats.filter((format) => format.file === undefined).length > 1) {
    throw new UserError(
      'Two formats on standard output',
      'Send all but one to a file: --format text --format json=report.json.',
    );
  }
  return formats;
}

/** @throws UserError when the file cannot be written */
export function writeReport(file: string, content: string): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new UserError(`Cannot write the report: ${(error as Error).message}`);
  }
}

/** The whole report on the page of the run, since annotations are cut off. What cannot be written there is no failure. */
function writeJobSummary(report: Report, io: Io): void {
  const file = io.environment['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  try {
    appendFileSync(file, markdownSummary(report, JOB_SUMMARY));
  } catch (error) {
    notifier(io)(`The job summary cannot be written: ${(error as Error).message}`);
  }
}

/** Puts a report where its formats say. */
export async function output(report: Report, formats: readonly Format[], io: Io): Promise<void> {
  const isRunner = io.environment['GITHUB_ACTIONS'] === 'true';
  const style = styleFor(io.stdout.isTerminal, io.environment);
  const texts: string[] = [];
  // Rendering may still fail: until all is rendered, nothing is written.
  for (const format of formats) texts.push(await render(report, format, format.file === undefined ? style : PLAIN));
  for (const [nth, { file, name }] of formats.entries()) {
    const text = texts[nth] as string;
    if (file !== undefined) writeReport(resolve(io.cwd, file), text);
    else io.stdout.write(isRunner && name === 'text' ? inRunnerLog(text) : text);
  }
  if (formats.some(({ name }) => name === ANNOTATIONS)) writeJobSummary(report, io);
}
