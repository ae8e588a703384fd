import { EXIT, type Io, notifier } from '../io.ts';
import { openWorkspace, topOf, type Workspace } from '../pipeline/workspace.ts';
import { clean } from '../reporters/clean.ts';
import { type Style, styleFor } from '../reporters/style.ts';
import { checkCi } from '../setup/check-ci.ts';
import { checkDocuments } from '../setup/check-documents.ts';
import { checkHook } from '../setup/check-hook.ts';
import { checkGit, checkNode, checkPackage } from '../setup/check-tools.ts';
import { checkWriting } from '../setup/check-writing.ts';
import { type Check, looking } from '../setup/checkup.ts';
import { openProject, type Project } from '../setup/project.ts';
import { workingTree } from '../sources/working-tree.ts';

/** The repository even where its config is broken: then what hangs on it is told, and the rest is looked at. */
async function open(io: Io): Promise<{ project: Project; workspace: Workspace | undefined; broken: Check[] }> {
  const { cwd, environment } = io;
  let workspace: Workspace | undefined;
  const broken = await looking('config', async () => {
    workspace = await openWorkspace({ cwd, environment, notify: notifier(io) });
    return [];
  });
  const top = workspace?.top ?? topOf(cwd);
  const source = workspace?.source ?? (await workingTree(top, true, environment));
  const project = openProject(top, workspace?.config.folder ?? top, cwd, source, environment);
  return { project, workspace, broken };
}

async function examine(io: Io): Promise<Check[]> {
  const { project, workspace, broken } = await open(io);
  const looks: [string, () => Check[]][] = [
    ['git', () => checkGit(project)],
    ['node', checkNode],
    ['package', () => checkPackage(project)],
    ['documents', () => (workspace ? checkDocuments(project, workspace) : broken)],
    ['hook', () => checkHook(project)],
    ['ci', () => checkCi(project)],
    ['writing', () => checkWriting(project)],
  ];
  const checks: Check[] = [];
  for (const [subject, look] of looks) checks.push(...(await looking(subject, look)));
  return checks;
}

function printed(checks: readonly Check[], style: Style): string {
  const paint = { ok: style.good, warn: style.warning, fail: style.error };
  return checks
    .map(({ state, subject, message, mend }) => {
      const line = `${paint[state](state.padEnd(4))}  ${style.strong(subject.padEnd(9))}  ${clean(message)}\n`;
      return mend === undefined ? line : `${line}                 ${clean(mend)}\n`;
    })
    .join('');
}

/** Says what is in order and what mends the rest. @returns the exit code: 1 when something does not work */
export async function doctorCommand(options: { readonly json?: boolean }, io: Io): Promise<number> {
  const checks = await examine(io);
  const failed = checks.some(({ state }) => state === 'fail');
  if (options.json) {
    const told = checks.map(({ state, subject, message, mend }) => ({ state, subject, message, mend: mend ?? null }));
    io.stdout.write(`${JSON.stringify({ ok: !failed, checks: told }, null, 2)}\n`);
  } else io.stdout.write(printed(checks, styleFor(io.stdout.isTerminal, io.environment)));
  return failed ? EXIT.findings : EXIT.clean;
}
