import { randomUUID } from 'node:crypto';
import {
  constants,
  copyFileSync,
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

/**
 * Gives a file new content, whole or not at all; its mode stays.
 *
 * @param shown the path for messages
 * @throws UserError when the file cannot be written
 */
export function replaceFile(path: string, text: string, shown: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    try {
      writeFileSync(temporary, text, { flag: 'wx', mode: statSync(path).mode, flush: true });
      renameSync(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    throw new UserError(`Cannot write ${shown}: ${(error as Error).message}`);
  }
}

/** New content of a file that exists. */
export interface Replacement {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
  /** The path for messages. */
  readonly shown: string;
}

/** Gives several files new content; when one cannot be written, those before it get their old content back. */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const done: { readonly path: string; readonly before: string; readonly shown: string }[] = [];
  for (const { path, text, shown } of replacements) {
    try {
      const before = readFileSync(path, 'utf8');
      replaceFile(path, text, shown);
      done.push({ path, before, shown });
    } catch (error) {
      for (const old of done.reverse()) replaceFile(old.path, old.before, old.shown);
      throw error;
    }
  }
}
