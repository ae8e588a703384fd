/** Where a command's output goes. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
}

/** All that a command sees of the world outside the repository, so that it runs without a process of its own. */
export interface Io {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: { readonly isTerminal: boolean; read(): Promise<Uint8Array> };
  /** The day it is here, YYYY-MM-DD. */
  readonly today: string;
  /** The moment, in UTC, as ISO 8601 writes it. */
  readonly now: string;
  /** Is told how many documents are to be judged, and how many are left; nobody need be. */
  expectDocuments?(count: number): void;
}

/** Exit codes of every command. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const;

/** A notice for people, on standard error. */
export function notifier(io: Io): (notice: string) => void {
  return (notice) => io.stderr.write(`planproof: ${notice}\n`);
}
