import { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import type { Source } from '../sources/source.ts';

/** No file that init or doctor look into is larger; a larger one is something else. */
const MAX_BYTES = 1_000_000;

/**
 * A text file of the repository; undefined when there is none.
 *
 * @param path relative to the top, with `/`
 * @throws UserError when it is there and cannot be read as text
 */
export function readTextFile(source: Source, path: string): SourceText | undefined {
  const bytes = source.read(path);
  if (bytes === undefined) return undefined;
  if ('unreadable' in bytes) throw new UserError(`Cannot read ${path}: ${bytes.unreadable}`);
  if (bytes.length > MAX_BYTES) throw new UserError(`Cannot read ${path}: it is larger than ${MAX_BYTES} bytes`);
  try {
    return new SourceText(bytes);
  } catch {
    throw new UserError(`Cannot read ${path}: it is not UTF-8 text`);
  }
}

/** The first of some files that exists; undefined when none does. */
export function firstOf(source: Source, paths: readonly string[]): string | undefined {
  return paths.find((path) => source.exists(path));
}

/** A path below a folder; the empty folder is the top. */
export function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** The folder of a path; the empty string is the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
