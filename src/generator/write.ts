import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../model/user-error.ts';

/** File systems without hard links say one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EXDEV']);

/** Gives the file its name, unless something has the name already. */
function publish(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(temporary, path, constants.COPYFILE_EXCL);
  }
}

/** Writes beside the file and then gives it its name: nobody ever sees half of it. */
function writeWhole(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    publish(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Writes a file that must not exist yet, whole or not at all.
 *
 * @param shown the path for messages
 * @throws UserError when the name is taken or the file cannot be written
 */
export function writeNewFile(path: string, text: string, shown: string): void {
  if (existsSync(path)) throw new UserError(`${shown} exists already, nothing written`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, text);
  } catch (error) {
    throw new UserError(`Cannot write ${shown}: ${(error as Error).message}`);
  }
}
