import type { Command } from 'commander';
import { type Act, collect, examples, wholeNumber } from './options.ts';

/** Adds the command that joins what the shards of a run have reported. */
export function addReportCommands(program: Command, act: Act): void {
  program
    .command('merge-reports')
    .description('join the JSON reports or SARIF logs of all shards of a run (lint --shard) into one')
    .argument('<files...>', 'one of each shard')
    .option(
      '--format <name[=file]>',
      'of JSON reports: json, text, github, junit, gitlab or markdown; of SARIF logs: sarif; may be given several times',
      collect,
    )
    .option('--max-warnings <count>', 'fail when there are more warnings', wholeNumber)
    .addHelpText(
      'after',
      examples(
        'merge-reports report-1.json report-2.json report-3.json',
        'merge-reports --format github report-*.json',
      ),
    )
    .action((files, options) =>
      act(async (io) => (await import('../commands/merge-reports.ts')).mergeReportsCommand(files, options, io)),
    );
}
