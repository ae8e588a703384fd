import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HookManager } from './hook-manager.ts';
import { COMMIT, MERGE, mergeFile, WHY } from './hook-names.ts';
import { names, withCommand, withScripts } from './hook-script.ts';
import type { HooksFolder } from './hooks-folder.ts';
import { installScript } from './plan-install-script.ts';
import { hookCommand, type Project } from './project.ts';
import { byHand, command, fileStep, note, type Step } from './step.ts';
import { readTextFile } from './text-file.ts';

/** Where the hook lies when nobody has a place for it yet: committed, so that every clone and worktree has it. */
const FOLDER = '.githooks';

const ACTIVATE = `git config core.hooksPath ${FOLDER}`;

/** Hooks of this clone alone, which git would no longer run if it were pointed elsewhere. */
function activeHooks(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.endsWith('.sample'));
  } catch {
    return [];
  }
}

/** The file as it has to be; undefined where a command cannot be added safely. */
function script(text: string | undefined, line: string): string | undefined {
  if (text !== undefined) return withCommand(text, `${line.startsWith('cd ') ? `(${line})` : line} || exit $?`);
  return `#!/bin/sh\n# The planning documents are judged as they will be committed. git runs this file because of core.hooksPath.\n${line}\n`;
}

function isExecutable(top: string, path: string): boolean {
  return ((statSync(join(top, path), { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0;
}

function writeHook(project: Project, file: string, why: string): Step[] {
  const line = hookCommand(project);
  const before = readTextFile(project.source, file);
  const text = before?.text;
  if (before && text !== undefined && names(withScripts(text, project.manifest?.scripts ?? {}), 'planproof')) {
    if (isExecutable(project.top, file)) return [note(`${file} runs planproof`)];
    return [
      {
        kind: 'file',
        change: { path: file, before: before.bytes, after: before.bytes },
        why: 'git runs it only when it may be executed',
        executable: true,
      },
    ];
  }
  const changed = script(text, line);
  if (changed === undefined)
    return [byHand(`${file} cannot be extended safely: put this line where it always runs`, `${line} || exit $?`)];
  return fileStep(project.source, file, changed, why, { executable: true });
}

/** The hooks for commits and for merges. */
function writeHooks(project: Project, file: string): Step[] {
  return [file, mergeFile(file)].flatMap((path, index) =>
    writeHook(project, path, WHY[index === 0 ? COMMIT : MERGE] as string),
  );
}

/** What it takes for git to run a hook that lies in the repository. */
function activate(project: Project, { setting }: HooksFolder): Step[] {
  const why = 'git runs the hooks of that folder, in every worktree of this clone';
  const setup: Step[] = setting === undefined ? [{ kind: 'setting', key: 'core.hooksPath', value: FOLDER, why }] : [];
  if (project.manifest)
    return [...setup, ...installScript(project, `${ACTIVATE} || exit 0`, 'the same in every other clone')];
  return [...setup, command(ACTIVATE, 'once in every other clone, since git clones no settings')];
}

/** What it takes for git to run planproof without a hook manager. */
export function planGitHook(project: Project, { file }: HookManager, folder: HooksFolder): Step[] {
  if (file !== undefined)
    return [...writeHooks(project, file), ...(folder.inside === FOLDER ? activate(project, folder) : [])];
  const line = hookCommand(project);
  if (folder.setting !== undefined)
    return [
      byHand(
        `core.hooksPath (${folder.scope}) leads to ${folder.setting}: put this line into pre-commit and pre-merge-commit there`,
        line,
      ),
    ];
  const active = activeHooks(folder.path);
  if (active.length > 0) {
    const why = `This clone has hooks of its own (${active.join(', ')}): put this line into pre-commit and pre-merge-commit beside them, and make them executable`;
    return [byHand(why, `${line} || exit $?`)];
  }
  return [...writeHooks(project, `${FOLDER}/${COMMIT}`), ...activate(project, folder)];
}
