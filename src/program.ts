import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EXIT, type Io } from './io.ts';
import { packageVersion } from './model/package-files.ts';
import { UserError } from './model/user-error.ts';
import { isFolder } from './sources/working-tree.ts';

type Action = (io: Io) => Promise<number>;
type Act = (action: Action) => void;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function wholeNumber(value: string): number {
  if (!/^[0-9]+$/.test(value)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(value);
}

function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new InvalidArgumentError('Expected a day of the form YYYY-MM-DD.');
  return value;
}

const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ planproof ${line}`.trimEnd()).join('\n')}\n`;

const jsonOption = (): Option => new Option('--json', 'print JSON, for programs');
const todayOption = (): Option =>
  new Option('--today <day>', 'take this for the day it is (YYYY-MM-DD)').argParser(day);

function addLint(program: Command, act: Act): void {
  program
    .command('lint', { isDefault: true })
    .description('check the planning documents; without paths all of them')
    .argument('[paths...]', 'files and folders whose findings are shown')
    .option('--format <name[=file]>', 'text or json; may be given several times', collect)
    .option('--max-warnings <count>', 'fail when there are more warnings', wholeNumber)
    .option('--quiet', 'show errors only')
    .option('--type <type>', 'document type of the paths, where neither folder nor frontmatter tell')
    .option('--stdin', 'read one document from standard input')
    .option('--stdin-filename <path>', 'where the document from standard input belongs')
    .addOption(todayOption())
    .addHelpText(
      'after',
      examples(
        '',
        'lint dev_ops/plans',
        'lint --format json > report.json',
        'lint --stdin --stdin-filename dev_ops/plans/PLAN-001-a.md < draft.md',
      ),
    )
    .action((paths, options) => {
      const commandLine = { names: program.commands.map((command) => command.name()), error: commandError };
      act(async (io) => (await import('./commands/lint.ts')).lintCommand(paths, options, io, commandLine));
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
      act(async (io) => (await import('./commands/create.ts')).createCommand(type, options, io)),
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
    .action((options) => act(async (io) => (await import('./commands/list.ts')).listCommand(options, io)));
}

function addShow(program: Command, act: Act): void {
  program
    .command('show')
    .description('show what planproof knows of a document, or the template of a type')
    .argument('[id]', 'id of a document, or the path of one without an id')
    .option('--template <type>', 'print the form of a new document of this type')
    .addOption(jsonOption())
    .addHelpText('after', examples('show PLAN-003', 'show --template plan'))
    .action((id, options) => act(async (io) => (await import('./commands/show.ts')).showCommand(id, options, io)));
}

function addExplain(program: Command, act: Act): void {
  program
    .command('explain')
    .description('print the page of a rule; without one, list all rules')
    .argument('[rule]', 'rule id, as it stands behind a finding')
    .addOption(jsonOption())
    .addHelpText('after', examples('explain', 'explain relation-exists'))
    .action((rule, options) =>
      act(async (io) => (await import('./commands/explain.ts')).explainCommand(rule, options, io)),
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
      act(async (io) => (await import('./commands/config.ts')).configCommand(path, options, io)),
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
    .action((id, options) => act(async (io) => (await import('./commands/check.ts')).checkCommand(id, options, io)));
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
      act(async (io) => (await import('./commands/move.ts')).moveCommand(id, status, options, io)),
    );
}

function addLinks(program: Command, act: Act): void {
  const relation = new Option('--relation <relation>', 'how the document relates to the task').choices([
    'input',
    'output',
  ]);
  program
    .command('link')
    .description('link a task and a document on both sides')
    .argument('<task>', 'id of a task')
    .argument('<id>', 'id of a document')
    .addOption(relation.default('output'))
    .addHelpText('after', examples('link TASK-001 PLAN-003', 'link TASK-001 RESEARCH-008 --relation input'))
    .action((task, id, options) =>
      act(async (io) => (await import('./commands/link.ts')).linkCommand(task, id, options, io)),
    );
  program
    .command('unlink')
    .description('take the link between a task and a document off both sides')
    .argument('<task>', 'id of a task')
    .argument('<id>', 'id of a document')
    .addHelpText('after', examples('unlink TASK-001 PLAN-003'))
    .action((task, id) => act(async (io) => (await import('./commands/link.ts')).unlinkCommand(task, id, io)));
}

/** The commands of the board; the module is loaded when one of them runs. */
function addTask(program: Command, act: Act): void {
  const load = () => import('./commands/task.ts');
  const task = program
    .command('task')
    .description('the task board')
    .addHelpText('after', examples('task list', 'task claim TASK-001'));
  task
    .command('create')
    .description('put a new task on the board; begins a board where there is none')
    .option('--title <title>', 'one line')
    .option('--description <text>', 'what is to be done')
    .option('--priority <priority>', 'high, medium or low')
    .addOption(jsonOption())
    .addHelpText('after', examples('task create --title "Limit requests by client" --priority high'))
    .action((options) => act(async (io) => (await load()).taskCreateCommand(options, io)));
  task
    .command('list')
    .description('list the tasks')
    .option('--status <status>', 'only tasks in this status')
    .addOption(jsonOption())
    .addHelpText('after', examples('task list --status todo --json'))
    .action((options) => act(async (io) => (await load()).taskListCommand(options, io)));
  task
    .command('pick')
    .description('print the task to take next: by priority, then the one longest untouched')
    .addOption(jsonOption())
    .addHelpText('after', examples('task pick --json'))
    .action((options) => act(async (io) => (await load()).taskPickCommand(options, io)));
  task
    .command('claim')
    .description('take a task; refused while its prerequisites are not met')
    .argument('<id>', 'id of a task')
    .option('--owner <name>', 'who takes it')
    .addHelpText('after', examples('task claim TASK-001 --owner api-team'))
    .action((id, options) => act(async (io) => (await load()).taskClaimCommand(id, options, io)));
  task
    .command('confirm')
    .description('note that tests, the review or an approval are given')
    .argument('<id>', 'id of a task')
    .argument('<what>', 'tests, review, or the name of an approval')
    .addOption(todayOption())
    .addHelpText('after', examples('task confirm TASK-001 tests'))
    .action((id, what, options) => act(async (io) => (await load()).taskConfirmCommand(id, what, options, io)));
  task
    .command('done')
    .description('say that a task is done; refused while its criteria are not met')
    .argument('<id>', 'id of a task')
    .addHelpText('after', examples('task done TASK-001'))
    .action((id) => act(async (io) => (await load()).taskDoneCommand(id, io)));
}

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
  for (const add of [addLint, addCreate, addList, addShow, addCheck, addMove, addLinks, addTask, addExplain, addConfig])
    add(program, act);
  return program;
}

/** A command and all below it. */
function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((below) => allCommands(below as Command))];
}

function configure(program: Command, io: Io): void {
  const errors = {
    outputError: (text: string, write: (text: string) => void) => write(text.replace(/^error: /, 'planproof: ')),
  };
  for (const command of allCommands(program)) {
    command.exitOverride().configureOutput({ writeOut: io.stdout.write, writeErr: io.stderr.write, ...errors });
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

/** What is wrong with a command line that begins with `planproof`; undefined when it parses. Nothing is run. */
export function commandError(command: string): string | undefined {
  const [, ...argv] = wordsOf(command);
  const program = describe(() => {});
  let message: string | undefined;
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
