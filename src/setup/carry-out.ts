import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { git } from '../sources/git.ts';
import { writeChanges } from '../writing/write-changes.ts';
import type { FileStep, SettingStep, Step } from './step.ts';

/** The steps that change something. */
export function changesIn(steps: readonly Step[]): { readonly files: FileStep[]; readonly settings: SettingStep[] } {
  return {
    files: steps.filter((step) => step.kind === 'file'),
    settings: steps.filter((step) => step.kind === 'setting'),
  };
}

const EXECUTABLE = 0o755;

function isSame({ change: { before, after } }: FileStep): boolean {
  return before !== undefined && after !== undefined && Buffer.compare(before, after) === 0;
}

/**
 * Makes all files true or none, then the settings of this clone.
 *
 * @throws UserError when something cannot be written
 */
export function carryOut(top: string, steps: readonly Step[], environment: NodeJS.ProcessEnv): void {
  const { files, settings } = changesIn(steps);
  writeChanges(
    top,
    files.filter((step) => !isSame(step)).map(({ change }) => change),
  );
  for (const { executable, change } of files) if (executable) chmodSync(join(top, change.path), EXECUTABLE);
  for (const { key, value } of settings) {
    try {
      git(top, ['config', '--local', key, value], environment);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(`All files are written, but ${key} is not set: ${reason}`, `git config ${key} ${value}`);
    }
  }
}
