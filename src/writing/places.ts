import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gitDirectory } from '../sources/git-directory.ts';

/** Files that keep writers apart and make an interrupted run whole; absolute paths. */
export interface WritingPlaces {
  /** Held by the one process that writes: shared by all worktrees of a clone. */
  readonly lock: string;
  /** What a run is about to change: one for each worktree. */
  readonly journal: string;
}

/**
 * Where lock and journal lie: in the git directory, or as hidden files in the root outside git.
 *
 * @param top absolute path of the top of the repository
 */
export function writingPlaces(top: string): WritingPlaces {
  const git = gitDirectory(top);
  return git === undefined
    ? { lock: join(top, '.planproof.lock'), journal: join(top, '.planproof-journal.json') }
    : { lock: join(git.common, 'planproof', 'lock'), journal: join(git.own, 'planproof', 'journal.json') };
}

/** Where a journal is begun, before it has its name. */
export const temporaryOf = (journal: string): string => `${journal}.tmp`;

/** Whether a run left a journal, or the beginning of one. */
export function hasJournal(journal: string): boolean {
  return existsSync(journal) || existsSync(temporaryOf(journal));
}
