#!/usr/bin/env node
import type { Io } from './io.ts';
import { main } from './main.ts';

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

const io: Io = {
  cwd: process.cwd(),
  environment: process.env,
  stdout: { write: (text) => void process.stdout.write(text), isTerminal: process.stdout.isTTY === true },
  stderr: { write: (text) => void process.stderr.write(text), isTerminal: process.stderr.isTTY === true },
  stdin: { read: readStdin, isTerminal: process.stdin.isTTY === true },
  today: today(),
  now: new Date().toISOString(),
};

// A reader such as `head` may go before all is written: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
