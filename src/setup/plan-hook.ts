import type { HookManagerName } from './choices.ts';
import { findHookManagers, type HookManager, newManager } from './hook-manager.ts';
import { type HooksFolder, hooksFolder } from './hooks-folder.ts';
import { planGitHook } from './plan-git-hook.ts';
import { planHusky } from './plan-husky.ts';
import { planLefthook, planPreCommit, planSimpleGitHooks } from './plan-managed-hook.ts';
import type { Project } from './project.ts';
import { note, type Step } from './step.ts';

function stepsFor(project: Project, manager: HookManager, folder: HooksFolder, isNew: boolean): Step[] {
  switch (manager.name) {
    case 'husky':
      return planHusky(project, manager, isNew);
    case 'lefthook':
      return planLefthook(project, manager);
    case 'pre-commit':
      return planPreCommit(project, manager);
    case 'simple-git-hooks':
      return planSimpleGitHooks(project, manager);
    case 'git':
      return planGitHook(project, manager, folder);
    case 'none':
      return [];
  }
}

/** What was chosen among several managers, and why. */
function chosen(manager: HookManager, others: readonly HookManager[]): Step {
  const rest = others.map(({ name }) => name).filter((name) => name !== 'git' && name !== manager.name);
  const more = rest.length === 0 ? '' : `; also found: ${rest.join(', ')} (--hook chooses)`;
  return note(`hooks: ${manager.name} (${manager.sign})${more}`);
}

/**
 * What it takes for git to have every commit judged.
 *
 * @param wanted the manager asked for; else the one that the repository uses
 */
export function planHook(project: Project, wanted: HookManagerName | undefined): Step[] {
  if (wanted === 'none') return [];
  const folder = hooksFolder(project.top, project.environment);
  const found = findHookManagers(project, folder);
  const known = wanted === undefined ? found[0] : found.find(({ name }) => name === wanted);
  const manager = known ?? newManager(wanted as HookManagerName, project);
  return [chosen(manager, found), ...stepsFor(project, manager, folder, known === undefined)];
}
