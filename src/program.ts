import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { EXIT, type Io } from './io.ts';
import { packageVersion } from './model/package-files.ts';
import { didYouMean } from './model/suggest.ts';
import { UserError } from './model/user-error.ts';
import { addBaselineCommand } from './program/baseline-commands.ts';
import { addBoardCommands } from './program/board-commands.ts';
import { addCacheCommands } from './program/cache-commands.ts';
import { addChangeCommands } from './program/change-commands.ts';
import { COMMAND_LINE } from './program/command-line.ts';
import { addDocumentCommands } from './program/document-commands.ts';
import { type Act, type Action, examples } from './program/options.ts';
import { addReportCommands } from './program/report-commands.ts';
import { addSetupCommands } from './program/setup-commands.ts';
import { isFolder } from './sources/working-tree.ts';

function describe(act: Act): Command {
  const program = new Command('planproof')
    .description('Proof that the planning documents in a git repository hold.')
    .version(packageVersion())
    .option('--cwd <folder>', 'work as if started in this folder')
    .option('--debug', 'print the stack of an internal error')
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      `${examples('create plan --title "Rate limit for the public API"', '', 'explain relation-exists')}\nExit codes: 0 clean, 1 findings, 2 could not run.`,
    );
  addDocumentCommands(program, act, COMMAND_LINE);
  addChangeCommands(program, act);
  addBoardCommands(program, act);
  addBaselineCommand(program, act, commandError);
  addReportCommands(program, act);
  addCacheCommands(program, act);
  addSetupCommands(program, act);
  return program;
}

/** The names of all commands. */
export function commandNames(): string[] {
  return describe(() => {}).commands.map((command) => command.name());
}

/** A command and all below it. */
function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((below) => allCommands(below as Command))];
}

/** A command as one writes it: `planproof task create`. */
function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent as Command)} ${command.name()}` : command.name();
}

function configure(program: Command, io: Io): void {
  for (const command of allCommands(program)) {
    // What is wrong with a command line, and where it says what is right.
    const outputError = (text: string, write: (text: string) => void): void =>
      write(`${text.replace(/^error: /, 'planproof: ')}  ${nameOf(command)} --help shows how.\n`);
    command.exitOverride().configureOutput({ writeOut: io.stdout.write, writeErr: io.stderr.write, outputError });
    command.configureHelp({ showGlobalOptions: true });
  }
}

function enter(cwd: string | undefined, io: Io): Io {
  if (cwd === undefined) return io;
  const folder = resolve(io.cwd, cwd);
  if (!isFolder(folder)) throw new UserError(`No such folder: \`${cwd}\` (--cwd)`);
  return { ...io, cwd: folder };
}

/**
 * Parses the arguments and runs the command.
 *
 * @returns the exit code
 * @throws UserError, or whatever a command throws
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let chosen: Action | undefined;
  const program = describe((action) => {
    chosen = action;
  });
  configure(program, io);
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.clean : EXIT.failed;
  }
  return chosen ? chosen(enter(program.opts()['cwd'] as string | undefined, io)) : EXIT.failed;
}

/** The words of a command line, as a shell splits them; what comes behind a pipe, a redirection or a `#` is left out. */
function wordsOf(command: string): string[] {
  const line = command.split(/\s[|><&;#]/, 1)[0] as string;
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ''));
}

/** A first word that is neither a command nor looks like a path: lint would take it for one. */
function unknownCommand(word: string | undefined, program: Command): string | undefined {
  const names = program.commands.map((command) => command.name());
  if (word === undefined || !/^[a-z][a-z-]*$/.test(word) || [...names, 'help'].includes(word)) return undefined;
  return `unknown command '${word}'${didYouMean(word, names)}`;
}

/** What is wrong with a command line that begins with `planproof`; undefined when it parses. Nothing is run. */
export function commandError(command: string): string | undefined {
  const [, ...argv] = wordsOf(command);
  const program = describe(() => {});
  let message = unknownCommand(argv[0], program);
  if (message !== undefined) return message;
  for (const one of allCommands(program)) {
    one
      .exitOverride()
      .configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: (text) => (message ??= text) });
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode !== 0) {
      return (message ?? error.message).replace(/^error: /, '').split('\n', 1)[0];
    }
  }
  return undefined;
}
