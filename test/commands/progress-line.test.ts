import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/commands/progress-line.ts';
import { main } from '../../src/main.ts';
import { tracked } from '../../src/pipeline/progress.ts';
import { plan } from '../helpers/documents.ts';
import { environment, Repository } from '../helpers/repository.ts';

const ERASE = '\r\u001b[2K';

/** A terminal, and a clock that is asked: each question takes so many milliseconds. */
function watch(pace: number, variables: NodeJS.ProcessEnv = {}, isTerminal = true) {
  const written: string[] = [];
  let now = 0;
  let asked = 0;
  const stderr = { isTerminal, write: (text: string) => void written.push(text) };
  const progress = progressLine({ stderr, environment: variables }, () => {
    asked += 1;
    now += pace;
    return now - pace;
  });
  return { progress, written, asked: () => asked };
}

const items = Array.from({ length: 3_450 }, (_, at) => at);

describe('the line on the terminal', () => {
  it('comes after a second, not oftener than it can be read, and is taken back', () => {
    const { progress, written } = watch(9);
    expect(tracked({ progress }, 'read', items, (item) => (item % 2 === 0 ? [item] : []))).toHaveLength(1_725);
    expect(written[0]).toBe(`${ERASE}planproof: 2,220 of 3,450 documents read …`);
    expect(written[1]).toBe(`${ERASE}planproof: 2,460 of 3,450 documents read …`);
    expect(written).toHaveLength(7);
    expect(written.at(-1)).toBe(ERASE);
  });

  it('does not come where it goes quickly', () => {
    const { progress, written } = watch(1);
    tracked({ progress }, 'read', items, (item) => item);
    expect(written).toEqual([]);
  });

  it('asks the clock once in twenty documents', () => {
    const { progress, asked } = watch(1);
    tracked({ progress }, 'read', items, (item) => item);
    expect(asked()).toBe(1 + Math.ceil(items.length / 20));
  });

  it('is taken back when something fails', () => {
    const { progress, written } = watch(600);
    const fail = (item: number): number => {
      if (item === 100) throw new Error('gone');
      return item;
    };
    expect(() => tracked({ progress }, 'read', items, fail)).toThrow('gone');
    expect(written.length).toBeGreaterThan(1);
    expect(written.at(-1)).toBe(ERASE);
  });

  it('counts the documents of the next part of the run in the same line', () => {
    const { progress, written } = watch(600);
    tracked({ progress }, 'read', items.slice(0, 21), (item) => item);
    tracked({ progress }, 'judged', items.slice(0, 21), (item) => item);
    expect(written).toEqual([
      ...[`${ERASE}planproof: 20 of 21 documents read …`, ERASE],
      ...[`${ERASE}planproof: 0 of 21 documents judged …`, `${ERASE}planproof: 20 of 21 documents judged …`, ERASE],
    ]);
  });

  it.each([
    ['in a pipe', {}, false],
    ['in CI', { CI: 'true' }, true],
    ['on a terminal that cannot take it back', { TERM: 'dumb' }, true],
  ])('never comes %s', (_, variables, isTerminal) => {
    expect(watch(1, variables, isTerminal).progress).toBeUndefined();
  });
});

describe('lint on a terminal', () => {
  /** What stands on standard error after a run whose clock jumps. */
  async function stderrOf(args: readonly string[], isTerminal: boolean): Promise<string> {
    const repository = new Repository({ 'dev_ops/plans/PLAN-001-a.md': plan() });
    repository.commit();
    let written = '';
    let now = 0;
    const clock = performance.now;
    performance.now = () => (now += 700);
    try {
      const out = { isTerminal: false, write: () => {} };
      const code = await main(args, {
        cwd: repository.folder,
        environment: environment({ TERM: 'xterm' }),
        stdout: out,
        stderr: {
          isTerminal,
          write: (text) => {
            written += text;
          },
        },
        stdin: { isTerminal: false, read: async () => new Uint8Array() },
        today: '2026-01-31',
        now: '2026-01-31T00:00:00Z',
      });
      expect(code).toBe(0);
    } finally {
      performance.now = clock;
    }
    return written;
  }

  it.each([[['lint']], [['lint', '--staged', '--all']], [['lint', '--fix']]])('%j says how far it is', async (args) => {
    const written = await stderrOf(args, true);
    expect(written).toContain('planproof: 0 of 1 documents judged …');
    expect(written.endsWith(ERASE)).toBe(true);
  });

  it('says nothing elsewhere', async () => {
    expect(await stderrOf(['lint'], false)).toBe('');
  });
});
