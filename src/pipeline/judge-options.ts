import type { History } from '../model/history.ts';
import type { Head } from './readings.ts';
import type { Workspace } from './workspace.ts';

/** What judging needs besides the documents. */
export interface JudgeOptions {
  readonly today: string;
  readonly history?: History | undefined;
  exists(path: string): boolean;
  hasCommit(hash: string): boolean | undefined;
  commandError(command: string): string | undefined;
}

/**
 * Options of a state whose files have just been read, so that the disk need not be asked whether these exist: most paths that are
 * asked for are those of documents.
 *
 * @param heads of the files, by path; those that could not be read as text have none
 */
export function withFilesRead<Options extends Pick<JudgeOptions, 'exists'>>(
  options: Options,
  heads: ReadonlyMap<string, Pick<Head, 'head'>>,
): Options {
  return { ...options, exists: (path) => heads.get(path)?.head !== undefined || options.exists(path) };
}

/** The options that a workspace gives; without `commandError` no command line is judged. */
export function judgeOptions(
  { source }: Workspace,
  today: string,
  commandError: JudgeOptions['commandError'] = () => undefined,
): JudgeOptions {
  const { isLinked, isLeftOut } = source;
  // Where in doubt, a file is there.
  const exists = (path: string): boolean =>
    source.exists(path) || isLinked?.(path) === true || isLeftOut?.(path) === true;
  return { today, exists, hasCommit: source.hasCommit, commandError };
}
