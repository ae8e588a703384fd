import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../model/user-error.ts';
import { reasonOf } from './failure.ts';
import type { Holder } from './holder.ts';
import { look, release, tryAcquire } from './lock-file.ts';
import { writingPlaces } from './places.ts';
import { recover } from './recover.ts';

/** How long to wait for another writer, in milliseconds. */
export interface Patience {
  /** Then a person is told whom we wait for. */
  readonly noticeAfter: number;
  readonly giveUpAfter: number;
}

const PATIENCE: Patience = { noticeAfter: 2_000, giveUpAfter: 120_000 };

function describe(holder: Holder | undefined): string {
  if (holder === undefined) return 'an unreadable lock';
  return `process ${holder.pid} on ${holder.host.split(' ', 1)[0]}, since ${holder.since}`;
}

async function acquire(file: string, notify: (notice: string) => void, patience: Patience): Promise<string> {
  const begin = performance.now();
  let isTold = false;
  for (;;) {
    const token = tryAcquire(file);
    if (token !== undefined) return token;
    const waited = performance.now() - begin;
    const holder = look(file)?.holder;
    if (waited > patience.giveUpAfter)
      throw new UserError(
        `Another planproof writes here (${describe(holder)}), nothing written`,
        `If that is wrong, delete ${file}`,
      );
    if (waited > patience.noticeAfter && !isTold) {
      isTold = true;
      notify(`Waiting for another planproof that writes here (${describe(holder)}).`);
    }
    await sleep(10 + Math.random() * 40);
  }
}

/** A lock that cannot be made is no defect: the repository cannot be written. */
function explain(file: string, error: unknown): never {
  if (error instanceof UserError) throw error;
  throw new UserError(`Cannot write ${file}: ${reasonOf(error)}, nothing changed`);
}

/**
 * Runs work while no other planproof writes in any worktree of this clone; what an interrupted run left is finished or
 * undone before. Work must not call this again.
 *
 * @param top absolute path of the top of the repository
 * @param notify takes notices for people
 * @throws UserError when others hold the lock for too long, or it cannot be made
 */
export async function exclusively<T>(
  top: string,
  notify: (notice: string) => void,
  work: () => T | Promise<T>,
  patience: Patience = PATIENCE,
): Promise<T> {
  const { lock } = writingPlaces(top);
  const token = await acquire(lock, notify, patience).catch((error: unknown) => explain(lock, error));
  try {
    recover(top, notify);
    return await work();
  } finally {
    release(lock, token);
  }
}
