import { writeFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { EXIT, type Io, notifier } from '../io.ts';
import { nearest } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { NoSuchPath } from '../pipeline/discover.ts';
import type { GivenText } from '../pipeline/document-set.ts';
import { type LintRequest, lint } from '../pipeline/lint.ts';
import { type Format, parseFormat, render } from '../pipeline/report.ts';
import { topOf } from '../pipeline/workspace.ts';
import { type Report, summarize } from '../reporters/report.ts';
import { PLAIN, styleFor } from '../reporters/style.ts';

/** What lint has to know of the command line as a whole. */
export interface CommandLine {
  /** Names of all commands. */
  readonly names: readonly string[];
  /** What is wrong with a command line of planproof; undefined when it parses. */
  error(command: string): string | undefined;
}

/** Options of `planproof lint`. */
export interface LintOptions {
  readonly format?: readonly string[];
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
  readonly type?: string;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly today?: string;
  readonly fix?: boolean;
  readonly fixUnsafe?: boolean;
  readonly fixDryRun?: boolean;
  readonly base?: string;
  readonly baseline?: boolean;
}

/** A path that names nothing may be a misspelt command: the help names the nearest of both. */
function explainPath(error: NoSuchPath, commands: readonly string[]): UserError {
  const command = nearest(error.path, commands);
  const help =
    command === undefined
      ? 'planproof --help lists the commands.'
      : `Did you mean the command \`planproof ${command}\`?`;
  return new UserError(`${error.message}, and no such command`, help);
}

async function givenText(options: LintOptions, io: Io): Promise<GivenText | undefined> {
  if (!options.stdin) {
    if (options.stdinFilename !== undefined)
      throw new UserError('--stdin-filename without --stdin', 'Add --stdin to read the document from standard input.');
    return undefined;
  }
  const name = options.stdinFilename ?? '<stdin>';
  const path =
    options.stdinFilename === undefined ? name : relative(topOf(io.cwd), resolve(io.cwd, name)).split(sep).join('/');
  return { path, bytes: await io.stdin.read() };
}

async function output(report: Report, formats: readonly Format[], io: Io): Promise<void> {
  for (const format of formats) {
    if (format.file === undefined)
      io.stdout.write(await render(report, format, styleFor(io.stdout.isTerminal, io.environment)));
    else writeReport(resolve(io.cwd, format.file), await render(report, format, PLAIN));
  }
}

function writeReport(file: string, content: string): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new UserError(`Cannot write the report: ${(error as Error).message}`);
  }
}

/** Formats as they were asked for; two on standard output would run into each other. */
function formatsOf(options: LintOptions): Format[] {
  // The diff of a dry run has standard output to itself.
  const formats = (options.format ?? (options.fixDryRun ? [] : ['text'])).map(parseFormat);
  if (options.fixDryRun && formats.some((format) => format.file === undefined))
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

function reportOf(result: Report, options: LintOptions): Report {
  const findings = options.quiet ? result.findings.filter((finding) => finding.severity === 'error') : result.findings;
  return { ...result, findings };
}

/** The report is the result of a run without fixes, or what fixes have left. */
async function resultOf(request: LintRequest, options: LintOptions, io: Io): Promise<Report> {
  if (options.fix || options.fixUnsafe || options.fixDryRun)
    return (await import('./fix.ts')).fixFiles(request, options, io);
  return lint(request, { cwd: io.cwd, environment: io.environment, notify: notifier(io) });
}

/** Lints, and reports. @returns the exit code */
export async function lintCommand(
  paths: readonly string[],
  options: LintOptions,
  io: Io,
  commandLine: CommandLine,
): Promise<number> {
  const formats = formatsOf(options);
  if (options.stdin && paths.length > 0) throw new UserError('Both --stdin and paths', 'Give one of them.');
  if (options.stdin && (options.fix || options.fixUnsafe || options.fixDryRun))
    throw new UserError('--fix with --stdin: there is no file to fix', 'Name the file instead.');
  const given = await givenText(options, io);
  const request = {
    paths,
    type: options.type,
    given,
    today: options.today ?? io.today,
    base: options.base,
    baseline: options.baseline,
    commandError: commandLine.error,
  };
  const result = await resultOf(request, options, io).catch((error: unknown) => {
    throw error instanceof NoSuchPath ? explainPath(error, commandLine.names) : error;
  });
  await output(reportOf(result, options), formats, io);
  const { errors, warnings } = summarize(result);
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  if (tooMany) notifier(io)(`${warnings} warnings, at most ${options.maxWarnings} allowed (--max-warnings).`);
  return errors > 0 || tooMany ? EXIT.findings : EXIT.clean;
}
