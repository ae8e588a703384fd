import type { Io } from '../../src/io.ts';
import { main } from '../../src/main.ts';
import { environment, type Outcome } from './repository.ts';

/** Runs the command line as a function, in this process: for tests that run it hundreds of times. */
export async function runHere(folder: string, args: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written): Io['stdout'] => ({
    isTerminal: false,
    write: (text) => {
      written[name] += text;
    },
  });
  const code = await main(args, {
    cwd: folder,
    environment: environment(),
    stdout: into('stdout'),
    stderr: into('stderr'),
    stdin: { isTerminal: false, read: async () => new Uint8Array() },
    today: '2026-01-31',
    now: '2026-01-31T00:00:00Z',
  });
  return { code, ...written };
}
