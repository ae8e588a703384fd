import type { History } from '../model/history.ts';
import type { Workspace } from './workspace.ts';

/** What judging needs besides the documents. */
export interface JudgeOptions {
  readonly today: string;
  readonly history?: History | undefined;
  exists(path: string): boolean;
  hasCommit(hash: string): boolean | undefined;
  commandError(command: string): string | undefined;
}

/** The options that a workspace gives; without `commandError` no command line is judged. */
export function judgeOptions(
  { source }: Workspace,
  today: string,
  commandError: JudgeOptions['commandError'] = () => undefined,
): JudgeOptions {
  return { today, exists: source.exists, hasCommit: source.hasCommit, commandError };
}
