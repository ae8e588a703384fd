import { beforeEach, describe, expect, it, vi } from 'vitest';
import { initCommand } from '../../src/commands/init.ts';
import type { Io } from '../../src/io.ts';
import { environment, Repository } from '../helpers/repository.ts';

const asked = vi.hoisted(() => ({ answer: 'no' as string | symbol, questions: [] as string[] }));

vi.mock('@clack/prompts', () => ({
  select: async ({ message }: { message: string }) => {
    asked.questions.push(message);
    return asked.answer;
  },
  isCancel: (answer: unknown) => typeof answer === 'symbol',
}));

/** A terminal whose user gives an answer, and what was shown there. */
function terminal(cwd: string): { io: Io; shown: { stdout: string; stderr: string } } {
  const shown = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTerminal: true,
    write: (text: string) => {
      shown[name] += text;
    },
  });
  const stdin = { isTerminal: true, read: async () => new Uint8Array() };
  const [today, now] = ['2026-01-31', '2026-01-31T00:00:00.000Z'];
  return {
    io: { cwd, environment: environment(), stdout: output('stdout'), stderr: output('stderr'), stdin, today, now },
    shown,
  };
}

describe('init on a terminal', () => {
  let repository: Repository;
  beforeEach(() => {
    repository = new Repository();
    asked.questions.length = 0;
  });

  it('shows the plan, asks once, and writes when told so', async () => {
    asked.answer = 'yes';
    const { io, shown } = terminal(repository.folder);
    expect(await initCommand({}, io)).toBe(0);
    expect(asked.questions).toEqual(['Write this?']);
    expect(shown.stdout).toContain('create  planproof.config.json\n');
    expect(repository.has('planproof.config.json')).toBe(true);
  });

  it('writes nothing when told not to', async () => {
    asked.answer = 'no';
    const { io, shown } = terminal(repository.folder);
    expect(await initCommand({}, io)).toBe(0);
    expect(shown.stderr).toBe('planproof: Nothing written.\n');
    expect(repository.has('planproof.config.json')).toBe(false);
  });

  it('writes nothing when the question is left', async () => {
    asked.answer = Symbol('cancel');
    await expect(initCommand({}, terminal(repository.folder).io)).rejects.toThrow('Cancelled, nothing written');
    expect(repository.has('planproof.config.json')).toBe(false);
  });

  it('asks nothing with --yes, --dry-run or --json, nor when there is nothing to write', async () => {
    const { io } = terminal(repository.folder);
    await initCommand({ dryRun: true }, io);
    await expect(initCommand({ json: true }, io)).rejects.toThrow('Nothing written: there is nobody to ask');
    await initCommand({ yes: true }, io);
    await initCommand({}, io);
    expect(asked.questions).toEqual([]);
  });
});
