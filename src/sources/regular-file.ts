import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import type { Unreadable } from './source.ts';

/** Why a symbolic link is not read. */
export const LINK = 'Unexpected symbolic link, expected a regular file: planproof follows none';

const REASONS: Record<string, string> = {
  ELOOP: LINK,
  EMLINK: LINK,
  EISDIR: 'Unexpected folder, expected a regular file',
  EACCES: 'No permission to read this file',
  EPERM: 'No permission to read this file',
};

/** Neither links nor pipes: a link may lead out of the repository, a pipe would block. Windows has neither flag. */
const READ_REGULAR = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Bytes for many files beside each other: memory of its own for each takes longer than to read it. */
const ROOM = 65_536;
/** With less room than this left there is new room for the next file. */
const LEAST = 8192;

let room = Buffer.alloc(0);
/** So many bytes of it are taken. */
let used = 0;

/** Takes bytes of the room, which are nobody else's from then on. */
function taken(end: number): Buffer {
  const bytes = room.subarray(used, end);
  used = end;
  return bytes;
}

/**
 * All bytes of an open file. Nobody has to ask how long it is, but that there are no more has to be asked: some file systems give
 * fewer than there are at once.
 */
function readOpen(file: number): Buffer {
  if (room.length - used < LEAST) {
    room = Buffer.allocUnsafeSlow(ROOM);
    used = 0;
  }
  let end = used;
  while (end < room.length) {
    const read = readSync(file, room, end, room.length - end, null);
    if (read === 0) return taken(end);
    end += read;
  }
  return Buffer.concat([taken(end), readFileSync(file)]);
}

/**
 * The bytes of a regular file; undefined when there is none.
 *
 * @param path absolute
 */
export function readRegular(path: string): Uint8Array | Unreadable | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, READ_REGULAR);
    return readOpen(file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { unreadable: REASONS[code] ?? `Unreadable file (${code})` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
