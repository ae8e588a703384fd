import type { Io } from './io.ts';
import { main } from './main.ts';
import { isTerminal, standardOutput } from './standard-output.ts';

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The day where the user is, not in Greenwich. */
function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

/** A reader such as `head` may go before all is written: that is no error. */
function stdoutStream(): NodeJS.WritableStream {
  return process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
}

const stdout = standardOutput(1, stdoutStream);
const stderr = standardOutput(2, () => process.stderr);

const io: Io = {
  cwd: process.cwd(),
  environment: process.env,
  stdout,
  stderr,
  stdin: {
    read: readStdin,
    get isTerminal() {
      return isTerminal(0);
    },
  },
  today: today(),
  now: new Date().toISOString(),
};

/** Runs the command. @param expectDocuments is told how many documents are to be judged, once that is known, and how many are left */
export function start(expectDocuments: (count: number) => void): void {
  main(process.argv.slice(2), { ...io, expectDocuments }).then((code) => {
    process.exitCode = code;
    // Nothing is left to be done but what the engine puts off to the end of a run, such as a collection of garbage.
    if (!stdout.isWaiting && !stderr.isWaiting) process.exit();
  });
}
