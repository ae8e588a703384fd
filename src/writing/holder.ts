import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid as ownPid } from 'node:process';
import { codeOf } from './failure.ts';

/** Who holds a lock. */
export interface Holder {
  /** Drawn anew for every claim: no two locks ever had the same. */
  readonly token: string;
  readonly pid: number;
  /** Within it a process id means one process: machine, its boot, and the container. */
  readonly host: string;
  /** When the process started, in the kernel's own count; null where that cannot be read. */
  readonly start: string | null;
  /** When the lock was claimed, ISO 8601. */
  readonly since: string;
}

const attempt = (read: () => string): string => {
  try {
    return read().trim();
  } catch {
    return '';
  }
};

/** Two containers on one machine may have the same host name and the same process ids. */
function hostIdentity(): string {
  const container = attempt(() => readlinkSync('/proc/self/ns/pid'));
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  return [hostname(), container, boot].join(' ');
}

/** State and start of a process as Linux tells them; a name in parentheses, with anything in it, comes before them. */
function statOf(pid: number): { state: string; start: string } | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state && start ? { state, start } : undefined;
}

/** This process as the holder of a lock. */
export function thisProcess(token: string): Holder {
  // A /proc that belongs to other process ids than ours tells of strangers.
  const isOurs = attempt(() => readlinkSync('/proc/self')) === String(ownPid);
  const start = isOurs ? (statOf(ownPid)?.start ?? null) : null;
  return { token, pid: ownPid, host: hostIdentity(), start, since: new Date().toISOString() };
}

/** What a lock file says; undefined when it is torn, empty or no lock at all. */
export function parseHolder(text: string): Holder | undefined {
  let data: Partial<Holder> | null;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null) return undefined;
  const { token, pid, host, start, since } = data;
  // The token becomes part of a file name, the process id an argument of kill.
  if (typeof token !== 'string' || !/^[0-9a-f-]{36}$/.test(token)) return undefined;
  if (!Number.isInteger(pid) || (pid as number) <= 0 || (pid as number) > 0x7fffffff) return undefined;
  if (typeof host !== 'string' || typeof since !== 'string') return undefined;
  return { token, pid: pid as number, host, start: typeof start === 'string' ? start : null, since };
}

function isAlive({ pid, start }: Holder): boolean {
  try {
    kill(pid, 0);
  } catch (error) {
    // Anything else, such as a process of another user, is there.
    if (codeOf(error) === 'ESRCH') return false;
  }
  const now = start === null ? undefined : statOf(pid);
  if (now === undefined) return true;
  // A zombie writes nothing any more, and a process that started at another time took over the number.
  return now.start === start && !['Z', 'X'].includes(now.state);
}

/** A file that is no lock may be one that is being written: it gets this many milliseconds. */
const TORN_AFTER = 5_000;

/** Nobody can ask whether a process of another machine lives: its lock holds this many milliseconds. */
const FOREIGN_AFTER = 600_000;

/**
 * Whether nobody holds a lock any more.
 *
 * @param holder undefined where the lock file is torn
 * @param age of the lock file, in milliseconds
 */
export function isGone(holder: Holder | undefined, age: number): boolean {
  if (holder === undefined) return age > TORN_AFTER;
  return holder.host === hostIdentity() ? !isAlive(holder) : age > FOREIGN_AFTER;
}
