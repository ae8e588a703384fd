import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import type { FileChange } from './change.ts';

/** Writes beside the file and then gives it its name: nobody ever sees half of it. */
function put(top: string, { path, before, after, modeOf }: FileChange): void {
  const file = join(top, path);
  if (after === undefined) {
    rmSync(file);
    return;
  }
  if (before === undefined && existsSync(file)) throw new UserError(`${path} exists already, nothing written`);
  mkdirSync(dirname(file), { recursive: true });
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  const model = before === undefined ? modeOf : path;
  try {
    writeFileSync(temporary, after, { flag: 'wx', flush: true });
    if (model !== undefined) chmodSync(temporary, statSync(join(top, model)).mode);
    if (before === undefined) linkSync(temporary, file);
    else renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Makes all changes or none.
 *
 * @param top absolute path of the top of the repository
 * @throws UserError when a file is not as it was read, or cannot be written: then nothing has changed
 */
export function writeChanges(top: string, changes: readonly FileChange[]): void {
  const done: FileChange[] = [];
  // New files first: a file that takes over the mode of another needs it.
  const ordered = [...changes].sort((a, b) => Number(a.after === undefined) - Number(b.after === undefined));
  for (const change of ordered) {
    try {
      const now = existsSync(join(top, change.path)) ? readFileSync(join(top, change.path)) : undefined;
      if (change.before !== undefined && (now === undefined || Buffer.compare(now, change.before) !== 0))
        throw new UserError(`${change.path} has changed meanwhile, nothing written`, 'Run the command again.');
      put(top, change);
      done.push(change);
    } catch (error) {
      for (const { path, before, after } of done.reverse()) put(top, { path, before: after, after: before });
      throw error instanceof UserError
        ? error
        : new UserError(`Cannot write ${change.path}: ${(error as Error).message}`);
    }
  }
}
