import type { Command } from 'commander';
import { type Act, collect, examples, jsonOption, todayOption, wholeNumber } from './options.ts';

/** What the commands need of the whole: the error of a command line, for workflows that show one. */
export type CommandError = (command: string) => string | undefined;

function addLint(program: Command, act: Act, commandError: CommandError): void {
  program
    .command('lint', { isDefault: true })
    .description('check the planning documents; without paths all of them')
    .argument('[paths...]', 'files and folders whose findings are shown')
    .option('--staged', 'judge what will be committed: the git index against HEAD')
    .option('--base <ref>', 'judge what changed since this branch was left')
    .option('--all', 'with --staged or --base: show older findings too')
    .option(
      '--format <name[=file]>',
      'text, json, github, sarif, junit, gitlab, rdjson or markdown; may be given several times',
      collect,
    )
    .option('--max-warnings <count>', 'fail when there are more warnings', wholeNumber)
    .option('--quiet', 'show errors only')
    .option('--type <type>', 'document type of the paths, where neither folder nor frontmatter tell')
    .option('--fix', 'mend what can be mended without asking, then report what is left')
    .option('--fix-unsafe', 'also what may change the meaning, or what others may depend on')
    .option('--fix-dry-run', 'write nothing: print what --fix would change as a diff')
    .option('--no-baseline', 'show the findings that .planproof-baseline.json keeps silent, too')
    .option('--no-cache', 'judge all documents anew, and remember nothing')
    .option('--shard <index/count>', 'lint one of so many shares of the documents, against all of them')
    .option('--stdin', 'read one document from standard input')
    .option('--stdin-filename <path>', 'where the document from standard input belongs')
    .addOption(todayOption())
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
    .action((paths, options) => {
      const commandLine = { names: program.commands.map((command) => command.name()), error: commandError };
      act(async (io) => (await import('../commands/lint.ts')).lintCommand(paths, options, io, commandLine));
    });
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
export function addDocumentCommands(program: Command, act: Act, commandError: CommandError): void {
  addLint(program, act, commandError);
  for (const add of [addCreate, addList, addShow, addCheck, addMove, addExplain, addConfig]) add(program, act);
}
