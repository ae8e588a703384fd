import { resolve } from 'node:path';
import { EXIT, type Io, notifier } from '../io.ts';
import { pathFrom } from '../model/slashes.ts';
import { nearest } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { ChangeRequest } from '../pipeline/change.ts';
import { NoSuchPath } from '../pipeline/discover.ts';
import type { GivenText } from '../pipeline/document-set.ts';
import { type LintRequest, lint } from '../pipeline/lint.ts';
import { lintChange } from '../pipeline/lint-change.ts';
import { parseShard } from '../pipeline/shard.ts';
import { unlessDamaged } from '../pipeline/verdict-store.ts';
import { topOf } from '../pipeline/workspace.ts';
import { type Report, summarize } from '../reporters/report.ts';
import { hasJournal, writingPlaces } from '../writing/places.ts';
import { recoverIfIdle } from '../writing/recover.ts';
import { progressLine } from './progress-line.ts';
import { formatsOf, output } from './report-output.ts';
import { surroundingsOf } from './surroundings.ts';

/** What lint has to know of the command line as a whole. */
export interface CommandLine {
  /** Names of all commands. */
  names(): readonly string[];
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
  readonly staged?: boolean;
  readonly base?: string;
  readonly all?: boolean;
  readonly fix?: boolean;
  readonly fixUnsafe?: boolean;
  readonly fixDryRun?: boolean;
  readonly baseline?: boolean;
  readonly cache?: boolean;
  readonly shard?: string;
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
  const path = options.stdinFilename === undefined ? name : pathFrom(topOf(io.cwd), resolve(io.cwd, name));
  return { path, bytes: await io.stdin.read() };
}

/** The option that asks for fixes, for messages; undefined without one. */
function fixing({ fix, fixUnsafe, fixDryRun }: LintOptions): string | undefined {
  if (fix) return '--fix';
  if (fixUnsafe) return '--fix-unsafe';
  return fixDryRun ? '--fix-dry-run' : undefined;
}

/** A shard is a part of the whole set as it lies in the working tree. */
function checkShard(options: LintOptions): void {
  if (options.shard === undefined) return;
  const wrong = (['stdin', 'staged', 'base'] as const).find((name) => options[name] !== undefined);
  const other = wrong ? `--${wrong}` : fixing(options);
  if (other)
    throw new UserError(
      `Both --shard and ${other}`,
      other.startsWith('--fix')
        ? 'Fix all at once: what one shard writes, another would not see.'
        : 'A shard is a part of all documents: leave one of them out.',
    );
}

/** Options of which only one makes sense at a time. */
function checkTogether(paths: readonly string[], options: LintOptions): void {
  checkShard(options);
  if (options.stdin && paths.length > 0) throw new UserError('Both --stdin and paths', 'Give one of them.');
  if (options.staged && options.base !== undefined)
    throw new UserError('Both --staged and --base', '--staged judges against HEAD, --base against another branch.');
  const fix = fixing(options);
  if (options.stdin && fix)
    throw new UserError(`${fix} with --stdin: there is no file to fix`, 'Name the file instead.');
  const change = options.staged ? '--staged' : options.base === undefined ? undefined : '--base';
  if (change && fix)
    throw new UserError(`Both ${change} and ${fix}`, 'Fix what lies in the working tree first, then git add it.');
  const other = (['stdin', 'type'] as const).find((name) => options[name] !== undefined);
  if (change && other) throw new UserError(`Both ${change} and --${other}`, 'Give one of them.');
  if (!change && options.all)
    throw new UserError('--all without --staged or --base', 'Without them all findings are shown.');
}

function changeOf({ staged, base }: LintOptions): ChangeRequest | undefined {
  if (staged) return { kind: 'staged' };
  return base === undefined ? undefined : { kind: 'base', ref: base };
}

function reportOf(result: Report, options: LintOptions): Report {
  const findings = options.quiet ? result.findings.filter((finding) => finding.severity === 'error') : result.findings;
  return options.quiet ? Object.assign(Object.create(result) as Report, { findings }) : result;
}

/** The result of a run without fixes, or what fixes have left. */
async function resultOf(request: LintRequest, options: LintOptions, io: Io): Promise<Report> {
  if (fixing(options)) return (await import('./fix.ts')).fixFiles(request, options, io);
  const surroundings = { ...surroundingsOf(io), progress: progressLine(io) };
  const change = changeOf(options);
  return change ? lintChange({ ...request, change, all: options.all }, surroundings) : lint(request, surroundings);
}

/** Lints, and reports. @returns the exit code */
export async function lintCommand(
  paths: readonly string[],
  options: LintOptions,
  io: Io,
  commandLine: CommandLine,
): Promise<number> {
  checkTogether(paths, options);
  const formats = formatsOf(options, io);
  const given = await givenText(options, io);
  // In a hook nothing is written, and what counts there is the git index.
  const top = topOf(io.cwd);
  if (!options.staged && hasJournal(writingPlaces(top).journal)) recoverIfIdle(top, notifier(io));
  const request: LintRequest = {
    paths,
    type: options.type,
    given,
    shard: options.shard === undefined ? undefined : parseShard(options.shard),
    today: options.today ?? io.today,
    baseline: options.baseline,
    commandError: commandLine.error,
  };
  const result = await unlessDamaged(top, async (cache = options.cache) => {
    const report = await resultOf({ ...request, cache }, options, io).catch((error: unknown) => {
      throw error instanceof NoSuchPath ? explainPath(error, commandLine.names()) : error;
    });
    await output(reportOf(report, options), formats, io);
    return report;
  });
  const { errors, warnings } = summarize(result);
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  if (tooMany) notifier(io)(`${warnings} warnings, at most ${options.maxWarnings} allowed (--max-warnings).`);
  return errors > 0 || tooMany ? EXIT.findings : EXIT.clean;
}
