import type { Workspace } from '../pipeline/workspace.ts';
import type { CiService, HookManagerName } from './choices.ts';
import { survey } from './guess-documents.ts';
import { guessLayout } from './guess-layout.ts';
import { planCi } from './plan-ci.ts';
import { planConfig } from './plan-config.ts';
import { planGitattributes, planVscode } from './plan-extras.ts';
import { planHook } from './plan-hook.ts';
import { planWorkflows } from './plan-workflows.ts';
import { commandAtTop, installAtTop, type Project } from './project.ts';
import { command, note, type Step } from './step.ts';

/** What is asked for. */
export interface SetupRequest {
  readonly hook?: HookManagerName;
  readonly ci?: CiService;
  readonly gitattributes?: boolean;
  readonly vscode?: boolean;
}

/** What package.json has to name for the hook to work, as a command: init installs nothing. */
function planPackages(project: Project, steps: readonly Step[]): Step[] {
  const { manifest, packages } = project;
  if (!manifest || !packages) return [];
  const written = steps.flatMap((step) =>
    step.kind === 'file' ? Buffer.from(step.change.after ?? []).toString('utf8') : [],
  );
  const isNamed = (name: string): boolean => written.some((text) => text.includes(name));
  const wanted = ['planproof', ...['husky', 'lint-staged'].filter(isNamed)];
  const missing = wanted.filter((name) => !manifest.dependencies.has(name) && manifest.data['name'] !== name);
  if (missing.length === 0) return [];
  return [command(installAtTop(project, missing.join(' ')), 'hook and CI run what is installed')];
}

/** Everything that init does, says and leaves to people; nothing is written yet. */
export function planSetup(project: Project, workspace: Workspace, request: SetupRequest): Step[] {
  const { config, types } = workspace;
  const seen = survey(project.source, project.base, types, config.limits.documentBytes);
  const layout = config.file === undefined ? guessLayout(seen.documents) : { roots: [], moved: [], stray: [] };
  const { steps, roots } = planConfig(project, workspace, seen, layout);
  const { packages, manifest } = project;
  const about = packages && manifest ? `packages: ${packages.name} (${packages.sign})` : 'packages: no package.json';
  const planned = [
    note(about),
    ...steps,
    ...planWorkflows(project, workspace, seen, layout, roots),
    ...planHook(project, request.hook),
    ...planCi(project, request.ci),
    ...(request.gitattributes ? planGitattributes(project, roots) : []),
    ...(request.vscode ? planVscode(project, workspace) : []),
  ];
  const isFirst = config.file === undefined && seen.documents.length > 0;
  const look = isFirst
    ? [command(commandAtTop(project, 'lint'), 'shows what the documents found here still lack')]
    : [];
  return [...planned, ...planPackages(project, planned), ...look];
}
