import { fstatSync, readlinkSync, writeSync } from 'node:fs';
import { platform } from 'node:process';
import { isatty } from 'node:tty';
import type { Output } from './io.ts';

/** A terminal as Linux calls it; all else that looks like one is asked. */
const TERMINAL = /^\/dev\/(?:pts\/|tty)\d+$/;

/**
 * Whether a file descriptor is a terminal. Node's own answer takes longer than all else that a short run does: it loads what
 * sockets need.
 */
export function isTerminal(descriptor: number): boolean {
  try {
    if (platform !== 'win32' && !fstatSync(descriptor).isCharacterDevice()) return false;
    const name = platform === 'linux' ? readlinkSync(`/proc/self/fd/${descriptor}`) : '';
    if (name === '/dev/null') return false;
    if (TERMINAL.test(name)) return true;
  } catch {
    // A descriptor that is closed, or no /proc here.
  }
  return isatty(descriptor);
}

/** Writes what can be written without waiting for an event. @returns the rest */
function writeAtOnce(descriptor: number, bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch {
    // The stream knows what to do with a pipe that is full, or whose reader is gone.
  }
  return rest;
}

/** Standard output or error. */
export interface StandardOutput extends Output {
  /** Whether something that was written can still be on its way. */
  readonly isWaiting: boolean;
}

/**
 * Standard output or error. Node's streams write to files, pipes and terminals at once too, but take as long to load as a lint
 * of one document; where they do more (Windows, a full pipe, a reader that is gone), they do it.
 *
 * @param stream gives Node's stream, when it is needed
 */
export function standardOutput(descriptor: number, stream: () => NodeJS.WritableStream): StandardOutput {
  let opened: NodeJS.WritableStream | undefined;
  return {
    write(text) {
      const bytes = Buffer.from(text);
      const rest = opened || platform === 'win32' ? bytes : writeAtOnce(descriptor, bytes);
      if (rest.length === 0) return;
      opened ??= stream();
      opened.write(rest);
    },
    get isTerminal() {
      return isTerminal(descriptor);
    },
    get isWaiting() {
      return opened !== undefined;
    },
  };
}
