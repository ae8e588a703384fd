import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plainPath } from '../model/plain-path.ts';
import { foldersOf } from './folders.ts';
import { git, zeroSeparated } from './git.ts';
import { gitDirectory } from './git-directory.ts';

/** How `ls-files -t` tags files that are to be left out of the folders. */
const LEFT_OUT = 'S ';

/** The files that a sparse checkout leaves out of the folders, and all folders above them. */
function pathsLeftOut(top: string, environment: NodeJS.ProcessEnv): ReadonlySet<string> {
  const directory = gitDirectory(top);
  // One that was given up leaves its patterns behind, and no file that is tagged.
  if (!directory || !existsSync(join(directory.own, 'info', 'sparse-checkout'))) return new Set();
  const tagged = zeroSeparated(git(top, ['ls-files', '-z', '-t', '--cached'], environment));
  const files = tagged.flatMap((line) => (line.startsWith(LEFT_OUT) ? line.slice(LEFT_OUT.length) : []));
  return new Set([...files, ...foldersOf(files)]);
}

/** Tells whether a path is one that git knows and a sparse checkout leaves out; git is asked once. */
export function leftOutBy(top: string, environment: NodeJS.ProcessEnv): (path: string) => boolean {
  let paths: ReadonlySet<string> | undefined;
  return (path) => {
    paths ??= pathsLeftOut(top, environment);
    return paths.has(plainPath(path));
  };
}
