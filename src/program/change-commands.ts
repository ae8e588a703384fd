import { type Command, Option } from 'commander';
import { type Act, examples, jsonOption, todayOption } from './options.ts';

const dryRunOption = (): Option => new Option('--dry-run', 'write nothing, print a diff that git apply takes');

function addRenumber(program: Command, act: Act): void {
  program
    .command('renumber')
    .description('give a document or task another id; file name, heading, links and every reference follow')
    .argument('[id]', 'id of a document or task; the path of a document, where two share an id')
    .argument('[new]', 'the new id, or its number; the next free one if absent')
    .option('--conflicts', 'renumber all that this branch has added under ids that the base has taken meanwhile')
    .option('--base <ref>', 'with --conflicts: the branch to compare with; the default branch of origin if absent')
    .addOption(dryRunOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'renumber PLAN-003',
        'renumber PLAN-003 PLAN-007 --dry-run',
        'renumber dev_ops/plans/PLAN-003-rate-limit.md',
        'renumber --conflicts --base origin/main',
      ),
    )
    .action((id, wanted, options) =>
      act(async (io) => (await import('../commands/renumber.ts')).renumberCommand(id, wanted, options, io)),
    );
}

function addRename(program: Command, act: Act): void {
  program
    .command('rename')
    .description('give a document another title; heading, file name and the links to it follow')
    .argument('<id>', 'id of a document, or its path')
    .requiredOption('--title <title>', 'one line')
    .addOption(dryRunOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('rename PLAN-003 --title "Rate limit by client"'))
    .action((id, options) => act(async (io) => (await import('../commands/rename.ts')).renameCommand(id, options, io)));
}

function addSupersede(program: Command, act: Act): void {
  program
    .command('supersede')
    .description('let a document take the place of another: both sides of the pair, the status, a note at the top')
    .argument('<old>', 'id of the document that is replaced, or its path')
    .argument('<new>', 'id of the document that takes its place, or its path')
    .addOption(dryRunOption())
    .addOption(todayOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('supersede ADR-003 ADR-016', 'supersede PLAN-002 PLAN-008 --dry-run'))
    .action((old, successor, options) =>
      act(async (io) => (await import('../commands/supersede.ts')).supersedeCommand(old, successor, options, io)),
    );
}

/** Adds the commands that change several files at once. */
export function addChangeCommands(program: Command, act: Act): void {
  for (const add of [addRenumber, addRename, addSupersede]) add(program, act);
}
