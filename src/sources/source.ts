import { posix } from 'node:path';
import { plainPath } from '../model/plain-path.ts';

/** A file that is there and cannot be read as text; the message is written for a finding. */
export interface Unreadable {
  readonly unreadable: string;
}

/** Where documents come from. All paths are relative to the top of the repository, with `/`. */
export interface Source {
  /** The files below the folders given, sorted. */
  list(folders: readonly string[]): string[];
  /** The bytes of a file; undefined when there is none. */
  read(path: string): Uint8Array | Unreadable | undefined;
  /** Whether a file or folder exists; nothing exists outside the repository. */
  exists(path: string): boolean;
  /** Whether a path leads through a link: where to, this source does not tell. Absent where links are followed. */
  readonly isLinked?: ((path: string) => boolean) | undefined;
  /** Whether git knows something at a path that does not lie in the folders. Absent where all that git knows is there. */
  readonly isLeftOut?: ((path: string) => boolean) | undefined;
  /** Whether the repository has a commit; undefined where that cannot be told: outside git, or in a shallow clone. */
  hasCommit(hash: string): boolean | undefined;
}

/** A source that reads files ahead. */
export interface ExpectingSource extends Source {
  /** Says which files will be read, in which order, where it is not all documents of those that were listed last. */
  expect(paths: readonly string[]): void;
}

/**
 * Makes `isLinked` of a source.
 *
 * @param isLink whether a link is at a path
 */
export function linkedBy(isLink: (path: string) => boolean): (path: string) => boolean {
  const isBehind = (path: string): boolean => {
    const above = posix.dirname(path);
    // A path from the root of the disk ends there.
    return isLink(path) || (above !== '.' && above !== path && isBehind(above));
  };
  return (path) => isBehind(plainPath(path));
}

/** A source whose links lead where they lead in another one, which follows them: so they are no difference between both. */
export function withLinksOf<Own extends Source>(own: Own, followed: Source): Own {
  const exists = (path: string): boolean => (own.isLinked?.(path) ? followed.exists(path) : own.exists(path));
  return { ...own, exists, isLinked: undefined };
}
