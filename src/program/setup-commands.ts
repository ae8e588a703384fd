import { type Command, Option } from 'commander';
import { CI_SERVICES, HOOK_MANAGERS } from '../setup/choices.ts';
import { type Act, examples, jsonOption } from './options.ts';

function addInit(program: Command, act: Act): void {
  program
    .command('init')
    .description('set planproof up in this repository: config, workflow, pre-commit hook and CI step; never overwrites')
    .option('-y, --yes', 'write it without asking')
    .option('--dry-run', 'show what would be written, and write nothing')
    .addOption(new Option('--hook <manager>', 'what runs the hook; found out if absent').choices(HOOK_MANAGERS))
    .addOption(new Option('--ci <service>', 'what runs in CI; found out if absent').choices(CI_SERVICES))
    .option('--gitattributes', 'the same line ends for documents on every machine, too')
    .option('--vscode', 'settings for the editor, too')
    .addOption(jsonOption())
    .addHelpText('after', examples('init --dry-run', 'init --yes', 'init --hook husky --ci github'))
    .action((options) => act(async (io) => (await import('../commands/init.ts')).initCommand(options, io)));
}

function addDoctor(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('say whether hook, CI, git, Node, config and board are in order, and which command mends what is not')
    .addOption(jsonOption())
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action((options) => act(async (io) => (await import('../commands/doctor.ts')).doctorCommand(options, io)));
}

/** Adds the commands that set a repository up and look after it. */
export function addSetupCommands(program: Command, act: Act): void {
  addInit(program, act);
  addDoctor(program, act);
}
