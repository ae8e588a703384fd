import type { Command } from 'commander';
import type { CommandError } from './document-commands.ts';
import { type Act, examples, jsonOption, todayOption } from './options.ts';

/** Adds the command that takes up planproof in a repository with findings. */
export function addBaselineCommand(program: Command, act: Act, commandError: CommandError): void {
  program
    .command('baseline')
    .description('write the present findings to .planproof-baseline.json, so that only new ones are shown')
    .option('--prune', 'take out of the baseline what no longer occurs')
    .option('--dry-run', 'say what would be written')
    .addOption(todayOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('baseline', 'baseline --prune'))
    .action((options) =>
      act(async (io) => (await import('../commands/baseline.ts')).baselineCommand(options, io, commandError)),
    );
}
