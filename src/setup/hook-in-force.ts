import { readFileSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathFrom } from '../model/slashes.ts';
import type { HookManager } from './hook-manager.ts';
import { COMMIT } from './hook-names.ts';
import { type HooksFolder, hooksFolder } from './hooks-folder.ts';
import type { Project } from './project.ts';
import { dataOf, valueAt } from './structured.ts';
import { readTextFile } from './text-file.ts';

/** The script that git starts before a commit in this worktree. */
export interface HookInForce {
  readonly folder: HooksFolder;
  /** Absolute path of the file that git looks for. */
  readonly file: string;
  /** The same for people: relative to the top where it lies below. */
  readonly shown: string;
  /** What it holds; undefined when it is missing. */
  readonly text: string | undefined;
  /** git passes over a file that may not be executed. */
  readonly isExecutable: boolean;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Finds the hook of a name that git starts in this worktree. */
export function hookInForce({ top, environment }: Project, name: string = COMMIT): HookInForce {
  const folder = hooksFolder(top, environment);
  const file = join(folder.path, name);
  const shown = folder.inside === undefined ? file : pathFrom(top, file);
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return { folder, file, shown, text: textOf(file), isExecutable: platform() === 'win32' || (mode & 0o111) !== 0 };
}

/** What a hook comes to: the file with the commands, and its text. */
export interface HookCommands {
  readonly shown: string;
  /** Undefined when the file is missing. */
  readonly text: string | undefined;
}

/** Follows the hook to the file that says what it runs: husky's and the managers' own hooks only start that. */
export function commandsOf(
  { source, top }: Project,
  { file, text = '', shown }: HookInForce,
  managers: readonly HookManager[],
): HookCommands {
  if (/^\.\s.*\/h["']?\s*$/m.test(text) || /husky\.sh/.test(text)) {
    const own = join(dirname(dirname(file)), basename(file));
    return { shown: pathFrom(top, own), text: textOf(own) };
  }
  const started = managers.find(({ name }) => (name === 'lefthook' || name === 'pre-commit') && text.includes(name));
  if (started?.file === undefined) return { shown, text };
  const config = readTextFile(source, started.file)?.text;
  if (config === undefined || started.name !== 'lefthook' || started.file.endsWith('.toml'))
    return { shown: started.file, text: config };
  const own = valueAt(dataOf(started.file, config), basename(file));
  return { shown: started.file, text: JSON.stringify(own ?? '') };
}
