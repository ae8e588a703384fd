import { UserError } from '../model/user-error.ts';
import type { HookManager } from './hook-manager.ts';
import { COMMIT, MERGE, mergeFile, WHY } from './hook-names.ts';
import { names, withCommand, withScripts } from './hook-script.ts';
import { findLintStaged, type LintStaged, letsDeletionsThrough, lintStagedConfig } from './lint-staged.ts';
import type { Manifest } from './manifest.ts';
import { installScript } from './plan-install-script.ts';
import { hookCommand, type Project, planproofCommand, programCommand } from './project.ts';
import { byHand, fileStep, note, type Step } from './step.ts';
import { folderOf, readTextFile } from './text-file.ts';

const FLAGS = '--diff-filter=ACMRD --no-stash';

/** Why planproof gets a line of its own in the hook; undefined where lint-staged may run it. */
function againstLintStaged(script: string, project: Project, lintStaged: LintStaged): string | undefined {
  if (!lintStaged.isInstalled) return 'lint-staged is not installed';
  if (lintStaged.configs.length > 0 || names(script, 'lint-staged'))
    return 'lint-staged has other tasks here, and would hand them deleted files if it let deletions through';
  // lint-staged looks only below the folder it is started in.
  return project.manifest?.folder === '' ? undefined : 'lint-staged would see only what lies in the package';
}

/** The command in a subshell where it changes the folder: the lines behind it stay where they are. */
const enclosed = (text: string): string => (text.startsWith('cd ') ? `(${text})` : text);

function addLine(project: Project, file: string, script: string, line: string, why: string): Step[] {
  const changed = withCommand(script, enclosed(line));
  if (changed === undefined)
    return [byHand(`${file} cannot be extended safely: put this line where it always runs`, line)];
  return fileStep(project.source, file, changed, why);
}

/** What is left to do where lint-staged runs planproof already. */
function checkFilter(file: string, script: string): Step[] {
  if (letsDeletionsThrough(script)) return [note(`${file} runs planproof through lint-staged`)];
  const why = `${file} runs planproof through lint-staged, which drops deletions: give lint-staged these options`;
  return [byHand(why, FLAGS)];
}

/** lint-staged has nothing to do in a merge: planproof alone is asked. */
function planMerge(project: Project, file: string, scripts: Manifest['scripts']): Step[] {
  const script = readTextFile(project.source, file)?.text ?? '';
  if (names(withScripts(script, scripts), 'planproof')) return [];
  return addLine(project, file, script, hookCommand(project), WHY[MERGE] as string);
}

/**
 * What it takes for husky to run planproof.
 *
 * @param isNew husky is asked for and not used yet
 */
export function planHusky(project: Project, { file }: HookManager, isNew: boolean): Step[] {
  const { manifest } = project;
  if (file === undefined || manifest === undefined)
    throw new UserError('husky needs a package.json', 'Use --hook git, or run npm init first.');
  return [
    ...planCommit(project, file, manifest, isNew),
    ...planMerge(project, mergeFile(file), manifest.scripts),
    ...(isNew ? installScript(project, 'husky', 'installs the hook in every clone') : []),
  ];
}

function planCommit(project: Project, file: string, manifest: Manifest, isNew: boolean): Step[] {
  const { source } = project;
  const script = readTextFile(source, file)?.text ?? '';
  const all = withScripts(script, manifest.scripts);
  const lintStaged = findLintStaged(project);
  if (names(all, 'planproof')) return [note(`${file} runs planproof`)];
  if (names(all, 'lint-staged') && lintStaged.own !== undefined) return checkFilter(file, all);
  const against = againstLintStaged(all, project, isNew ? { ...lintStaged, isInstalled: true } : lintStaged);
  if (against !== undefined) {
    const why = `every commit is judged; a line of its own, since ${against}`;
    return addLine(project, file, script, hookCommand(project), why);
  }
  const line = programCommand(project, `lint-staged ${FLAGS}`);
  const program = project.packages?.name === 'yarn' ? planproofCommand(project, 'lint --staged') : inBin(project);
  const config = lintStagedConfig(folderOf(manifest.path), program);
  return [
    ...addLine(project, file, script, line, WHY[COMMIT] as string),
    ...fileStep(source, config.path, config.text, 'lint-staged starts planproof once a commit'),
  ];
}

/** lint-staged finds the programs of the package by itself. */
function inBin(project: Project): string {
  const whole = planproofCommand(project, 'lint --staged');
  return whole.slice(whole.indexOf('planproof'));
}
