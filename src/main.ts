import { lintCommand } from './commands/lint.ts';
import { EXIT, type Io } from './io.ts';
import { packageVersion } from './model/package-files.ts';
import { UserError } from './model/user-error.ts';
import { COMMAND_LINE } from './program/command-line.ts';
import { plainLint } from './program/plain-lint.ts';
import { run } from './program.ts';
import { clean } from './reporters/clean.ts';

/** One line for what went wrong, one for what to do; the stack of a defect only with --debug. */
function explain(error: unknown, debug: boolean, io: Io): void {
  const isDefect = !(error instanceof UserError);
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`planproof: ${isDefect ? 'internal error: ' : ''}${clean(message)}\n`);
  if (error instanceof UserError && error.help !== undefined) io.stderr.write(`  ${clean(error.help)}\n`);
  if (isDefect && !debug)
    io.stderr.write('  This is a defect of planproof. Run it again with --debug and report what it prints.\n');
  if (debug && error instanceof Error) io.stderr.write(`${error.stack}\n`);
}

/**
 * The command line as a function.
 *
 * @param argv the arguments behind the program's name
 * @returns the exit code: 0 clean, 1 findings, 2 could not run
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    io.stdout.write(`${packageVersion()}\n`);
    return EXIT.clean;
  }
  try {
    const lint = plainLint(argv);
    return await (lint ? lintCommand(lint.paths, lint.options, io, COMMAND_LINE) : run(argv, io));
  } catch (error) {
    explain(error, argv.includes('--debug'), io);
    return EXIT.failed;
  }
}
