import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CLI, environment, Repository } from '../helpers/repository.ts';

function repositoryWith(count: number): Repository {
  const names = Array.from({ length: count }, (_, nth) => `dev_ops/plans/PLAN-${nth + 1}-no-frontmatter.md`);
  return new Repository(Object.fromEntries(names.map((name) => [name, '# Words\n'])));
}

/** What can be read without waiting. */
function readNow(descriptor: number, bytes: Buffer): Buffer {
  try {
    return Buffer.from(bytes.subarray(0, readSync(descriptor, bytes)));
  } catch {
    return Buffer.alloc(0);
  }
}

/** Runs the command with a pipe for its report that never lets it wait, and reads that bit by bit. */
async function readSlowly(repository: Repository, args: readonly string[]): Promise<{ code: number; report: string }> {
  const pipe = join(repository.folder, '.git', 'pipe');
  execFileSync('mkfifo', [pipe]);
  const from = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const to = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  const bytes = Buffer.alloc(4096);
  const read: Buffer[] = [];
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: repository.folder,
    env: environment(),
    stdio: ['ignore', to, 'inherit'],
  });
  const ended = once(child, 'exit');
  closeSync(to);
  for (let isOver = false; !isOver; ) {
    const hasEnded = child.exitCode !== null;
    const piece = readNow(from, bytes);
    read.push(piece);
    isOver = hasEnded && piece.length === 0;
    await setTimeout(1);
  }
  closeSync(from);
  const [code] = (await ended) as [number];
  return { code, report: Buffer.concat(read).toString('utf8') };
}

describe.skipIf(process.platform === 'win32')('a report arrives as a whole', () => {
  it.each([
    ['json', 60],
    ['text', 200],
  ])('%s, where its reader is slower', async (format, count) => {
    const repository = repositoryWith(count);
    const args = ['lint', '--format', format];
    const { code, report } = await readSlowly(repository, args);
    const fast = repository.run(args);
    // More than a pipe holds.
    expect(fast.stdout.length).toBeGreaterThan(70_000);
    expect(report).toBe(fast.stdout);
    expect([code, fast.code]).toEqual([1, 1]);
  });
});
