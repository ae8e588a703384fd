import { EXIT, type Io, notifier } from '../io.ts';
import { UserError } from '../model/user-error.ts';
import { openWorkspace } from '../pipeline/workspace.ts';
import { clean } from '../reporters/clean.ts';
import { type Style, styleFor } from '../reporters/style.ts';
import { carryOut, changesIn } from '../setup/carry-out.ts';
import { planSetup, type SetupRequest } from '../setup/plan-setup.ts';
import { openProject } from '../setup/project.ts';
import type { FileStep, Step } from '../setup/step.ts';
import { exclusively } from '../writing/lock.ts';
import { unifiedDiff } from '../writing/unified-diff.ts';
import { ask } from './ask.ts';
import { surroundingsOf } from './surroundings.ts';

/** Options of `planproof init`. */
export interface InitOptions extends SetupRequest {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

function actionOf({ change: { before, after } }: FileStep): string {
  if (before === undefined) return 'create';
  return after !== undefined && Buffer.compare(before, after) === 0 ? 'mode' : 'change';
}

/** What a change of a file comes to; of a new one its name is enough. */
function diffOf(step: FileStep): string {
  return actionOf(step) === 'change' ? unifiedDiff([step.change]).replace(/^(?:diff|---|\+\+\+) .*\n/gm, '') : '';
}

const indented = (text: string, by: number): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${clean(line)}\n`)
    .join('');

function painted(diff: string, style: Style): string {
  return indented(diff, 10).replace(/^ {10}([+-]).*$/gm, (line, sign) =>
    sign === '+' ? style.good(line) : style.error(line),
  );
}

/** The plan for people. */
function printed(steps: readonly Step[], style: Style): string {
  const { files, settings } = changesIn(steps);
  const notes = steps.filter((step) => step.kind === 'note').map(({ text }) => `${clean(text)}\n`);
  const changes = [
    ...files.map((step) => {
      const head = `${actionOf(step).padEnd(8)}${style.strong(clean(step.change.path))}\n${indented(step.why, 8)}`;
      const diff = diffOf(step);
      return diff === '' ? head : head + painted(diff, style);
    }),
    ...settings.map(
      ({ key, value, why }) => `set     ${style.strong(`git config ${key} ${value}`)}\n${indented(why, 8)}`,
    ),
  ];
  const byHand = steps
    .filter((step) => step.kind === 'by hand')
    .map(({ why, text }) => `${style.warning('by hand')} ${clean(why)}\n${indented(text, 10)}`);
  const commands = steps
    .filter((step) => step.kind === 'command')
    .map(({ command, why }) => `${style.warning('run')}     ${style.strong(clean(command))}\n${indented(why, 8)}`);
  return [notes, changes, byHand, commands]
    .filter((block) => block.length > 0)
    .map((block) => block.join(''))
    .join('\n');
}

/** The plan for programs. */
function asJson(steps: readonly Step[], written: boolean): Record<string, unknown> {
  const { files, settings } = changesIn(steps);
  return {
    written,
    notes: steps.filter((step) => step.kind === 'note').map(({ text }) => text),
    files: files.map((step) => ({
      path: step.change.path,
      action: actionOf(step),
      why: step.why,
      text: Buffer.from(step.change.after ?? []).toString('utf8'),
    })),
    settings: settings.map(({ key, value, why }) => ({ key, value, why })),
    byHand: steps.filter((step) => step.kind === 'by hand').map(({ why, text }) => ({ why, text })),
    commands: steps.filter((step) => step.kind === 'command').map(({ command, why }) => ({ command, why })),
  };
}

/** Whether the plan may be carried out. */
async function mayGoOn(options: InitOptions, io: Io): Promise<boolean> {
  if (options.dryRun) return false;
  if (options.yes) return true;
  const answer = options.json ? undefined : await ask.choice(io, 'Write this?', ['yes', 'no']);
  if (answer === undefined) {
    const help = 'Add --yes to have it written, or --dry-run to see it only.';
    throw new UserError('Nothing written: there is nobody to ask', help);
  }
  if (answer === 'no') notifier(io)('Nothing written.');
  return answer === 'yes';
}

/** Sets planproof up in a repository: shows what it will write, and writes it. @returns the exit code */
export async function initCommand(options: InitOptions, io: Io): Promise<number> {
  const workspace = await openWorkspace(surroundingsOf(io));
  const { top, config, source } = workspace;
  const project = openProject(top, config.folder, io.cwd, source, io.environment);
  const steps = planSetup(project, workspace, options);
  const { files, settings } = changesIn(steps);
  const isEmpty = files.length + settings.length === 0;
  const write = (written: boolean): void => {
    if (options.json) io.stdout.write(`${JSON.stringify(asJson(steps, written), null, 2)}\n`);
  };
  if (!options.json) io.stdout.write(printed(steps, styleFor(io.stdout.isTerminal, io.environment)));
  if (isEmpty) {
    write(false);
    if (!options.json) io.stdout.write('\nNothing to write: all of it is in place.\n');
    return EXIT.clean;
  }
  const goOn = await mayGoOn(options, io).catch((error: unknown) => {
    write(false);
    throw error;
  });
  if (goOn) await exclusively(top, notifier(io), () => carryOut(top, steps, io.environment));
  write(goOn);
  if (goOn && !options.json)
    io.stdout.write(`\nWritten: ${files.map(({ change }) => clean(change.path)).join(', ')}\n`);
  return EXIT.clean;
}
