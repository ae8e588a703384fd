import type { CommandLine } from '../commands/lint.ts';
import { commandError, commandNames } from '../program.ts';

/** What lint asks of the command line as a whole; only then is that loaded. */
export const COMMAND_LINE: CommandLine = {
  names: () => commandNames(),
  error: (command) => commandError(command),
};
