import { type Command, Option } from 'commander';
import { type Act, examples, jsonOption, todayOption } from './options.ts';

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
      act(async (io) => (await import('../commands/link.ts')).linkCommand(task, id, options, io)),
    );
  program
    .command('unlink')
    .description('take the link between a task and a document off both sides')
    .argument('<task>', 'id of a task')
    .argument('<id>', 'id of a document')
    .addHelpText('after', examples('unlink TASK-001 PLAN-003'))
    .action((task, id) => act(async (io) => (await import('../commands/link.ts')).unlinkCommand(task, id, io)));
}

/** The commands of the board; the module is loaded when one of them runs. */
function addTask(program: Command, act: Act): void {
  const load = () => import('../commands/task.ts');
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

/** Adds the commands about the task board. */
export function addBoardCommands(program: Command, act: Act): void {
  addLinks(program, act);
  addTask(program, act);
}
