import type { Command } from 'commander';
import { type CommandLine, lintCommand } from '../commands/lint.ts';
import { LINT_OPTIONS } from './lint-options.ts';
import { type Act, collect, examples, jsonOption, optionOf, todayOption } from './options.ts';

/** What the commands need of the whole: the error of a command line, for workflows that show one. */
export type CommandError = (command: string) => string | undefined;

function addLint(program: Command, act: Act, commandLine: CommandLine): void {
  const lint = program
    .command('lint', { isDefault: true })
    .description('check the planning documents; without paths all of them')
    .argument('[paths...]', 'files and folders whose findings are shown')
    .addHelpText(
      'after',
      examples(
        '',
        'lint dev_ops/plans',
        'lint --staged',
        'lint --base origin/main --format github',
        'lint --format json > report.json',
        'lint --shard 1/3 --format json=report-1.json',
        'lint --fix',
        'lint --fix-unsafe --fix-dry-run dev_ops/plans > fixes.diff',
        'lint --stdin --stdin-filename dev_ops/plans/PLAN-001-a.md < draft.md',
      ),
    )
    .action((paths, options) => act((io) => lintCommand(paths, options, io, commandLine)));
  for (const option of LINT_OPTIONS) lint.addOption(optionOf(option));
}

function addCreate(program: Command, act: Act): void {
  program
    .command('create')
    .description('write a new document: numbered, named, with the sections of its type')
    .argument('[type]', 'document type, such as plan')
    .option('--title <title>', 'one line')
    .option(
      '--related <ids>',
      'documents, issues and addresses it rests on, separated by commas; may be given several times',
      collect,
    )
    .option('--task <id>', 'parent task')
    .option('--set <key=value>', 'a further frontmatter value; may be given several times', collect)
    .addOption(todayOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'create plan --title "Rate limit for the public API" --related ADR-015,BUG-042',
        'create bug --title "Search is slow" --set priority=High',
      ),
    )
    .action((type, options) =>
      act(async (io) => (await import('../commands/create.ts')).createCommand(type, options, io)),
    );
}

function addList(program: Command, act: Act): void {
  program
    .command('list')
    .description('list documents')
    .option('--type <type>', 'only documents of this type')
    .option('--status <status>', 'only documents in this status')
    .option('--related <id>', 'only documents that name this one in a relation field')
    .addOption(jsonOption())
    .addHelpText('after', examples('list --type plan --status Active', 'list --related ADR-015 --json'))
    .action((options) => act(async (io) => (await import('../commands/list.ts')).listCommand(options, io)));
}

function addShow(program: Command, act: Act): void {
  program
    .command('show')
    .description('show what planproof knows of a document, or the template of a type')
    .argument('[id]', 'id of a document, or the path of one without an id')
    .option('--template <type>', 'print the form of a new document of this type')
    .addOption(jsonOption())
    .addHelpText('after', examples('show PLAN-003', 'show --template plan'))
    .action((id, options) => act(async (io) => (await import('../commands/show.ts')).showCommand(id, options, io)));
}

function addExplain(program: Command, act: Act): void {
  program
    .command('explain')
    .description('print the page of a rule; without one, list all rules')
    .argument('[rule]', 'rule id, as it stands behind a finding')
    .addOption(jsonOption())
    .addHelpText('after', examples('explain', 'explain relation-exists'))
    .action((rule, options) =>
      act(async (io) => (await import('../commands/explain.ts')).explainCommand(rule, options, io)),
    );
}

function addConfig(program: Command, act: Act): void {
  program
    .command('config')
    .description(
      'show the configuration in force and where each value comes from; with a path, what holds for that file',
    )
    .argument('[path]', 'a document')
    .addOption(jsonOption())
    .addHelpText('after', examples('config', 'config dev_ops/plans/PLAN-003-rate-limit.md'))
    .action((path, options) =>
      act(async (io) => (await import('../commands/config.ts')).configCommand(path, options, io)),
    );
}

function addCheck(program: Command, act: Act): void {
  program
    .command('check')
    .description('print every obligation of the gate of a status, met or not, with its evidence')
    .argument('<id>', 'id of a document, or its path')
    .option('--for <status>', 'the status; the first that may follow if absent')
    .addOption(todayOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('check PLAN-003', 'check PLAN-003 --for Complete --json'))
    .action((id, options) => act(async (io) => (await import('../commands/check.ts')).checkCommand(id, options, io)));
}

function addMove(program: Command, act: Act): void {
  program
    .command('move')
    .description('set the status of a document, if it may follow and its gate holds; else print what is missing')
    .argument('<id>', 'id of a document, or its path')
    .argument('<status>', 'the new status')
    .addOption(todayOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('move PLAN-003 Active', 'move BUG-042 "In Progress"'))
    .action((id, status, options) =>
      act(async (io) => (await import('../commands/move.ts')).moveCommand(id, status, options, io)),
    );
}

/** Adds the commands about documents, rules and the configuration. */
export function addDocumentCommands(program: Command, act: Act, commandLine: CommandLine): void {
  addLint(program, act, commandLine);
  for (const add of [addCreate, addList, addShow, addCheck, addMove, addExplain, addConfig]) add(program, act);
}
