import { type Io, notifier } from '../io.ts';
import type { Surroundings } from '../pipeline/workspace.ts';

/** What a command tells the pipeline of the world. */
export function surroundingsOf(io: Io): Surroundings {
  return { cwd: io.cwd, environment: io.environment, notify: notifier(io), expectDocuments: io.expectDocuments };
}
