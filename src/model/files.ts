import { existsSync, readFileSync } from 'node:fs';

/** Files by absolute path: those on disk, or those of a commit or the git index as if they lay there. */
export interface Files {
  exists(path: string): boolean;
  /** The text of a file, byte order mark included; undefined when there is none. */
  read(path: string): string | undefined;
}

/** The files on disk. */
export const DISK: Files = {
  exists: existsSync,
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
};
