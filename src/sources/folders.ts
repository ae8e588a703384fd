import { posix } from 'node:path';

/** Every folder above some paths, and the top. */
export function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set(['.']);
  for (const path of paths)
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  return folders;
}
