import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryGit } from '../sources/git.ts';
import { installedVersion } from './check-tools.ts';
import { type Check, fail, isAtLeast, ok, warn } from './checkup.ts';
import { commandsOf, type HookInForce, hookInForce } from './hook-in-force.ts';
import { findHookManagers, type HookManager } from './hook-manager.ts';
import { MERGE, PRE_COMMIT_INSTALL } from './hook-names.ts';
import { names, withScripts } from './hook-script.ts';
import { findLintStaged, letsDeletionsThrough } from './lint-staged.ts';
import { commandAtTop, inPackage, installAtTop, type Project, quoted } from './project.ts';
import { readTextFile } from './text-file.ts';

const HOOK = 'hook';
const INIT = 'init';

/** What puts the hook of a manager in its place: its own command where it is installed here, else the install that runs it. */
function installCommand(project: Project, manager: HookManager): string {
  const { packages, manifest } = project;
  const own: Readonly<Record<string, string>> = {
    husky: 'husky',
    lefthook: 'lefthook install',
    'simple-git-hooks': 'simple-git-hooks',
  };
  if (manager.name === 'pre-commit') return PRE_COMMIT_INSTALL;
  const words = own[manager.name];
  if (words === undefined || !manifest || !packages) return commandAtTop(project, INIT);
  const start = `${packages.run} ${words}`;
  const isThere = installedVersion(project, manager.name) !== undefined;
  return inPackage(project, isThere ? start : `${packages.install} && ${start}`);
}

/** git finds no hook in this worktree: why, and what puts one there. */
function missing(project: Project, hook: HookInForce, managers: readonly HookManager[]): Check {
  const { folder } = hook;
  const manager = managers.find(({ name }) => name !== 'git');
  if (folder.setting !== undefined && !existsSync(folder.path)) {
    const message = `core.hooksPath is ${folder.setting}, and this worktree has no such folder: git runs no hook here, without a word`;
    return fail(HOOK, message, manager ? installCommand(project, manager) : commandAtTop(project, INIT));
  }
  if (manager) {
    const message = `${manager.name} is used here (${manager.sign}), but its hook is not installed in this clone: ${hook.shown} is missing`;
    return fail(HOOK, message, installCommand(project, manager));
  }
  const committed = project.source.exists('.githooks/pre-commit') && folder.setting === undefined;
  if (committed)
    return fail(
      HOOK,
      'core.hooksPath is not set in this clone: git does not run .githooks/pre-commit',
      'git config core.hooksPath .githooks',
    );
  return fail(HOOK, `no commit is judged: ${hook.shown} is missing`, commandAtTop(project, INIT));
}

/** A hook that git would pass over. */
function notExecutable({ shown }: HookInForce): Check {
  return fail(HOOK, `${shown} may not be executed: git passes over it`, `chmod +x ${quoted(shown)}`);
}

/** Whether the file keeps its mode in other clones. */
function checkMode({ top, environment }: Project, { folder, shown }: HookInForce): Check[] {
  if (folder.inside === undefined) return [];
  const listed = tryGit(top, ['ls-files', '--stage', '--', `:(top,literal)${shown}`], environment);
  if (!listed?.startsWith('100644')) return [];
  return [
    warn(
      HOOK,
      `${shown} is committed as a file that may not be executed: other clones pass over it`,
      `git update-index --chmod=+x ${quoted(shown)}`,
    ),
  ];
}

/** What the commands of a hook come to. */
function judge(project: Project, shown: string, commands: string): Check[] {
  const text = withScripts(commands, project.manifest?.scripts ?? {});
  if (names(text, 'planproof')) {
    if (/\bplanproof\b.*--staged/.test(text)) return [ok(HOOK, `${shown} runs planproof on what will be committed`)];
    return [
      warn(
        HOOK,
        `${shown} runs planproof on the working tree, not on what will be committed`,
        `In ${shown}: planproof lint --staged`,
      ),
    ];
  }
  const init = commandAtTop(project, INIT);
  if (!names(text, 'lint-staged')) return [fail(HOOK, `${shown} does not run planproof: no commit is judged`, init)];
  const { own } = findLintStaged(project);
  if (own === undefined)
    return [fail(HOOK, `${shown} runs lint-staged, which does not run planproof: no commit is judged`, init)];
  if (letsDeletionsThrough(text))
    return [ok(HOOK, `${shown} runs planproof through lint-staged (${own}), for deletions too`)];
  const message = `${shown} runs lint-staged without \`--diff-filter=ACMRD\`: commits that only delete files are not judged`;
  return [fail(HOOK, message, `In ${shown}: lint-staged --diff-filter=ACMRD --no-stash`)];
}

/** Variables with which people switch hooks off. */
const SWITCHES: Readonly<Record<string, RegExp>> = {
  HUSKY: /^0$/,
  LEFTHOOK: /^(?:0|false)$/,
  SKIP_SIMPLE_GIT_HOOKS: /^1$/,
  SKIP: /(?:^|,)planproof(?:,|$)/,
};

/** The file that husky reads before every hook, outside the repository. */
function huskyInit(environment: NodeJS.ProcessEnv): string | undefined {
  const home = environment['XDG_CONFIG_HOME'] || join(environment['HOME'] ?? '', '.config');
  const file = join(home, 'husky', 'init.sh');
  try {
    return /^\s*(?:export\s+)?HUSKY=["']?0/m.test(readFileSync(file, 'utf8')) ? file : undefined;
  } catch {
    return undefined;
  }
}

function checkSwitches({ environment }: Project, managers: readonly HookManager[]): Check[] {
  const set = Object.entries(SWITCHES).filter(([name, off]) => off.test(environment[name] ?? ''));
  const own = managers.some(({ name }) => name === 'husky') ? huskyInit(environment) : undefined;
  return [
    ...set.map(([name]) => fail(HOOK, `${name}=${environment[name]} is set: hooks are switched off`, `unset ${name}`)),
    ...(own === undefined
      ? []
      : [fail(HOOK, `${own} sets HUSKY=0: hooks are switched off`, `Take HUSKY=0 out of ${own}`)]),
  ];
}

/** The first version of lefthook that runs commands for commits which only delete files. */
const LEFTHOOK = '1.10.2';

function checkLefthook(project: Project, managers: readonly HookManager[]): Check[] {
  if (!managers.some(({ name }) => name === 'lefthook')) return [];
  const version = installedVersion(project, 'lefthook');
  if (version === undefined || isAtLeast(version, LEFTHOOK)) return [];
  const message = `lefthook ${version} skips commits that only delete files, expected ${LEFTHOOK} or newer`;
  return [fail(HOOK, message, installAtTop(project, 'lefthook@latest'))];
}

/** Merges without conflicts have a hook of their own, which is easily forgotten. */
function checkMerges(project: Project, managers: readonly HookManager[]): Check[] {
  const hook = hookInForce(project, MERGE);
  const commands = hook.text === undefined || !hook.isExecutable ? undefined : commandsOf(project, hook, managers);
  const text = withScripts(commands?.text ?? '', project.manifest?.scripts ?? {});
  if (names(text, 'planproof')) return [];
  const message = `merges without conflicts are not judged: ${commands?.shown ?? hook.shown} does not run planproof`;
  // pre-commit runs a hook for all that it is installed for.
  const isConfigured = ({ name, file = '' }: HookManager): boolean =>
    name === 'pre-commit' || (readTextFile(project.source, file)?.text.includes(MERGE) ?? false);
  const manager = managers.find(({ name }) => name !== 'git');
  const mend = manager && isConfigured(manager) ? installCommand(project, manager) : commandAtTop(project, INIT);
  return [warn(HOOK, message, mend)];
}

/** Whether the pre-commit hook really runs planproof in this worktree. Nothing is executed to find out. */
export function checkHook(project: Project): Check[] {
  if (project.environment['CI']) return [ok(HOOK, 'CI is set: no hook is needed here, the step in CI judges')];
  const hook = hookInForce(project);
  const managers = findHookManagers(project, hook.folder);
  if (hook.text === undefined) return [missing(project, hook, managers)];
  if (!hook.isExecutable) return [notExecutable(hook)];
  const commands = commandsOf(project, hook, managers);
  if (commands.text === undefined)
    return [fail(HOOK, `${commands.shown} is missing: the hook runs nothing`, commandAtTop(project, INIT))];
  return [
    ...judge(project, commands.shown, commands.text),
    ...checkMerges(project, managers),
    ...checkMode(project, hook),
    ...checkSwitches(project, managers),
    ...checkLefthook(project, managers),
  ];
}
