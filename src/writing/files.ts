import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './failure.ts';

const isWindows = (): boolean => platform() === 'win32';

/** What Windows answers while somebody else has a file open, or while a removed one is still open somewhere. */
export function isBusy(error: unknown): boolean {
  return isWindows() && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '');
}

/** What file systems without hard links answer to a link. */
export function lacksLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'EMLINK'].includes(codeOf(error) ?? '');
}

/** Stands still for some milliseconds. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Does something again for a second while another program, such as a virus scanner, has the file open. */
function patiently(work: () => void): void {
  for (let left = 20; ; left--) {
    try {
      work();
      return;
    } catch (error) {
      if (left === 0 || !isBusy(error)) throw error;
      pause(50);
    }
  }
}

/** Neither links nor pipes: a link may lead elsewhere, a pipe would block. Windows has neither flag. */
const READ_REGULAR = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A name that belongs to something else than a regular file. */
export const NO_FILE: unique symbol = Symbol('no regular file');

/**
 * What a regular file holds; undefined where the name is free.
 *
 * @throws the error of the system call when it cannot be read
 */
export function contentOf(file: string): Uint8Array | typeof NO_FILE | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !hasExactName(file)) return undefined;
  if (!stat.isFile()) return NO_FILE;
  try {
    return readFileSync(file, { flag: READ_REGULAR as unknown as string });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const swapCase = (text: string): string =>
  text.replace(/\p{L}/gu, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

/** Whether a file that answers to a name has that very name: it may be written otherwise where case makes no difference. */
export function hasExactName(file: string): boolean {
  const [folder, name] = [dirname(file), basename(file).normalize()];
  const twin = lstatSync(join(folder, swapCase(basename(file))), { throwIfNoEntry: false });
  if (twin === undefined || twin.ino !== lstatSync(file, { throwIfNoEntry: false })?.ino) return true;
  return readdirSync(folder).some((one) => one.normalize() === name);
}

/** Mode and owner of a new file. */
export interface Looks {
  readonly mode: number | undefined;
  /** The file whose owner it gets, where that is allowed. */
  readonly like: string | undefined;
}

function takeOver(handle: number, { mode, like }: Looks): void {
  const [wanted, own] = [like === undefined ? undefined : statSync(like, { throwIfNoEntry: false }), fstatSync(handle)];
  if (wanted && (wanted.uid !== own.uid || wanted.gid !== own.gid)) {
    try {
      fchownSync(handle, wanted.uid, wanted.gid);
    } catch (error) {
      // Only root gives files away.
      if (codeOf(error) !== 'EPERM') throw error;
    }
  }
  if (mode !== undefined) fchmodSync(handle, mode);
}

/** Writes a file that must not be there yet, so that it survives a loss of power. */
export function writeNew(file: string, bytes: Uint8Array, looks: Looks = { mode: undefined, like: undefined }): void {
  const handle = openSync(file, 'wx', looks.mode ?? 0o666);
  try {
    writeFileSync(handle, bytes);
    takeOver(handle, looks);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Puts a file in the place of another: whoever looks sees one or the other. */
export function replaceWith(temporary: string, file: string): void {
  patiently(() => renameSync(temporary, file));
}

/** Gives a file a name that must be free. */
export function giveName(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (!lacksLinks(error) || existsSync(file)) throw error;
    replaceWith(temporary, file);
    return;
  }
  unlinkSync(temporary);
}

/** Removes a file. */
export function remove(file: string): void {
  patiently(() => unlinkSync(file));
}

/** Removes a file that is there, and only a file. */
export function removeIfThere(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })) remove(file);
}

/** Removes a folder if nothing is in it. @returns whether it is gone */
export function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Makes names in a folder survive a loss of power, where that can be asked for. */
export function syncFolder(folder: string): void {
  // Windows opens no folders, and some file systems sync none.
  if (isWindows() || !existsSync(folder)) return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    closeSync(handle);
  }
}
