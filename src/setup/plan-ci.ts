import { stringify } from 'yaml';
import type { CiService } from './choices.ts';
import { findCi, GITHUB, GITLAB } from './ci-files.ts';
import { type Project, planproofCommand } from './project.ts';
import { byHand, fileStep, note, type Step } from './step.ts';
import { readTextFile } from './text-file.ts';
import { insertYaml, yamlData } from './yaml-insert.ts';

/** A version that every command here runs on. */
const NODE = 22;

/** Commands that put the package manager and the packages in place, and the one that judges. */
function commands({ packages }: Project, check: string): string[] {
  if (!packages) return [check];
  const enable = packages.name === 'pnpm' || packages.name === 'yarn' ? ['corepack enable'] : [];
  return [...enable, packages.ci, check];
}

/** The folder that commands are run in, where that is not the top. */
const folderOf = ({ manifest }: Project): string | undefined => manifest?.folder || undefined;

/** A change that is proposed answers for what it breaks, a push for the whole: for that the variable is empty. */
function lintSince(project: Project, variable: string, lead = ''): string {
  return planproofCommand(project, `lint \${${variable}:+--base "${lead}$${variable}"}`);
}

function githubWorkflow(project: Project): string {
  const { packages } = project;
  const folder = folderOf(project);
  const bun = packages?.name === 'bun' ? [{ uses: 'oven-sh/setup-bun@v2' }] : [];
  const steps = [
    // The whole history: commits named as evidence are looked up, and a branch is compared with its base.
    { uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } },
    { uses: 'actions/setup-node@v4', with: { 'node-version': NODE } },
    ...bun,
    ...commands(project, lintSince(project, 'GITHUB_BASE_REF', 'origin/')).map((run) => ({ run })),
  ];
  const defaults = folder === undefined ? {} : { defaults: { run: { 'working-directory': folder } } };
  return stringify(
    {
      name: 'planproof',
      on: { push: null, pull_request: null },
      permissions: { contents: 'read' },
      jobs: { planproof: { 'runs-on': 'ubuntu-latest', 'timeout-minutes': 10, ...defaults, steps } },
    },
    { lineWidth: 0, nullStr: '' },
  );
}

/** The job, in the stage that GitLab gives it, or in the first one where that does not exist. */
function gitlabJob(project: Project, text: string): Record<string, unknown> {
  const folder = folderOf(project);
  const stages = (yamlData(text) as { stages?: unknown } | null | undefined)?.stages;
  const stage =
    Array.isArray(stages) && !stages.includes('test') && typeof stages[0] === 'string' ? { stage: stages[0] } : {};
  const image = project.packages?.name === 'bun' ? 'oven/bun:1' : `node:${NODE}`;
  const enter = folder === undefined ? [] : [`cd ${folder}`];
  return {
    ...stage,
    image,
    variables: { GIT_DEPTH: 0 },
    script: [...enter, ...commands(project, lintSince(project, 'CI_MERGE_REQUEST_DIFF_BASE_SHA'))],
  };
}

const WHY = 'commits that no hook saw are judged too';

function planGithub(project: Project): Step[] {
  const path = `${GITHUB}/planproof.yml`;
  if (project.source.exists(path))
    return [byHand(`${path} exists and does not run planproof: make it`, planproofCommand(project, 'lint'))];
  return fileStep(project.source, path, githubWorkflow(project), WHY);
}

function planGitlab(project: Project): Step[] {
  const text = readTextFile(project.source, GITLAB)?.text ?? '';
  const job = gitlabJob(project, text);
  const changed = insertYaml(text, { path: [], key: 'planproof' }, job);
  if (changed === undefined)
    return [
      byHand(
        `${GITLAB} cannot be extended safely: put this job into it`,
        stringify({ planproof: job }, { lineWidth: 0 }).trimEnd(),
      ),
    ];
  return fileStep(project.source, GITLAB, changed, WHY);
}

/**
 * What it takes for CI to judge what is pushed.
 *
 * @param wanted the service asked for; else the one that the repository uses
 */
export function planCi(project: Project, wanted: CiService | undefined): Step[] {
  if (wanted === 'none') return [];
  const { files, running } = findCi(project);
  if (running.length > 0) return [note(`CI: ${running.join(', ')} runs planproof`)];
  if (wanted === 'github' || (wanted === undefined && project.source.exists('.github'))) return planGithub(project);
  if (wanted === 'gitlab' || files.includes(GITLAB)) return planGitlab(project);
  if (files.length > 0)
    return [byHand(`${files[0]} does not run planproof yet: have it run this`, planproofCommand(project, 'lint'))];
  return [note('CI: none found (--ci github or --ci gitlab writes a step)')];
}
