import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Io } from '../../src/io.ts';
import { environment, type Outcome, PROJECT } from './repository.ts';

/** Where and when a built command runs. */
export interface Circumstances {
  readonly cwd?: string;
  readonly today?: string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Built {
  main(argv: readonly string[], io: Io): Promise<number>;
}

/**
 * Runs the command as it is built, in this process. Only what is built remembers verdicts: the sources may change between two
 * runs.
 */
export async function runBuilt(
  folder: string,
  args: readonly string[],
  { cwd = '', today = '2026-06-30', env = {} }: Circumstances = {},
): Promise<Outcome> {
  const { main } = createRequire(import.meta.url)(join(PROJECT, 'dist', 'start.cjs')) as Built;
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written): Io['stdout'] => ({
    isTerminal: false,
    write: (text) => {
      written[name] += text;
    },
  });
  const code = await main(args, {
    cwd: join(folder, cwd),
    environment: environment(env),
    stdout: into('stdout'),
    stderr: into('stderr'),
    stdin: { isTerminal: false, read: async () => new Uint8Array() },
    today,
    now: `${today}T00:00:00Z`,
  });
  return { code, ...written };
}

/** What a cache may not change: the files as they lie there, and those of the git index. */
export const LINTS: readonly (readonly string[])[] = [
  ['lint', '--format', 'json'],
  ['lint', '--staged', '--format', 'json'],
  ['lint', '--staged', '--all', '--format', 'json'],
];

/** What a command says with a cache and without one. */
export interface Pair {
  readonly args: readonly string[];
  readonly warm: Outcome;
  readonly cold: Outcome;
}

/** Runs each lint with the cache and without one. */
export async function pairsOf(
  folder: string,
  circumstances?: Circumstances,
  lints: readonly (readonly string[])[] = LINTS,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const args of lints) {
    const warm = await runBuilt(folder, args, circumstances);
    const cold = await runBuilt(folder, [...args, '--no-cache'], circumstances);
    pairs.push({ args, warm, cold });
  }
  return pairs;
}
