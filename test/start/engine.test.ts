import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'node:process';
import { setTimeout as after } from 'node:timers/promises';
import { Script } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Engine } from '../../src/start/engine.ts';
import { environment, PROJECT, Repository, temporaryFolder } from '../helpers/repository.ts';

const SOURCE = '(function (a) { return a; })';
let scripts = 0;

/** A script of a name of its own: the engine remembers others. */
function compiled(cachedData?: Buffer): Script {
  scripts += 1;
  return new Script(SOURCE, { filename: `${scripts}`, ...(cachedData && { cachedData }) });
}

/** Whether the engine takes code that it made before: not where its options are other ones. */
const takes = (code: Buffer): boolean => compiled(code).cachedDataRejected === false;

describe('the engine', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const code = (): Buffer => compiled().createCachedData();

  it('has other options once somebody has told how much there is to do, to the end', () => {
    const before = code();
    const engine = new Engine();
    expect(takes(before)).toBe(true);
    for (const documents of [0, 1, 500, 100_000]) {
      engine.expect(documents);
      expect(takes(before)).toBe(false);
    }
    engine.end();
    expect(takes(before)).toBe(true);
    expect(takes(code())).toBe(true);
  });

  it('has other options when a run takes long', () => {
    const before = code();
    const engine = new Engine();
    vi.advanceTimersByTime(399);
    expect(takes(before)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(takes(before)).toBe(false);
    engine.end();
    expect(takes(before)).toBe(true);
  });

  it('keeps its options where a run ends before', () => {
    const before = code();
    new Engine().end();
    vi.advanceTimersByTime(1000);
    expect(takes(before)).toBe(true);
  });

  it('has the usual ones for a while, though that may fail', () => {
    const before = code();
    const engine = new Engine();
    engine.expect(10);
    expect(engine.asUsual(() => takes(before))).toBe(true);
    expect(takes(before)).toBe(false);
    const fail = (): never => {
      throw new Error('no such file');
    };
    expect(() => engine.asUsual(fail)).toThrow('no such file');
    expect(takes(before)).toBe(false);
    engine.end();
    expect(engine.asUsual(() => takes(before))).toBe(true);
    expect(takes(before)).toBe(true);
  });
});

/** Runs the command in a process that tells which options the engine is given. */
const watching = (args: readonly string[], wait: string): string => `
  const given = [];
  require('node:v8').setFlagsFromString = (option) => given.push(option);
  const { setTimeout: usual } = globalThis;
  globalThis.setTimeout = (work, ...more) => { ${wait}; return { unref() {} }; };
  process.argv = [process.argv[0], 'planproof', ...${JSON.stringify(args)}];
  require(${JSON.stringify(join(PROJECT, 'dist', 'cli.cjs'))});
  process.on('exit', () => console.error(JSON.stringify(given)));
`;

/** The options of this engine for so much patience, and the usual ones. */
function optionsOf(patience: number): { readonly told: string[]; readonly usual: string[] } {
  const [major = ''] = version.slice(1).split('.');
  const option = '--max-inlined-bytecode-size-cumulative';
  const before = { 20: ['--interrupt-budget', 67_584], 22: ['--invocation-count-for-turbofan', 3000] } as const;
  const [name, usual] = before[major as '20' | '22'] ?? [];
  const later = (factor: number): string[] => (usual === undefined ? [] : [`${name}=${Math.round(usual * factor)}`]);
  return { told: [`${option}=200`, ...later(patience)], usual: [`${option}=920`, ...later(1)] };
}

describe('the command', () => {
  const given = (
    extra: NodeJS.ProcessEnv,
    args: readonly string[] = ['--version'],
    wait = 'work()',
    cwd = temporaryFolder(),
  ): string[] => {
    const file = join(temporaryFolder(), 'watch.cjs');
    writeFileSync(file, watching(args, wait));
    const { stderr } = spawnSync(process.execPath, [file], { cwd, env: environment(extra), encoding: 'utf8' });
    return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  };
  const never = 'usual(() => undefined, 0)';

  it('sees to long runs, with compiled code or without, and takes it back', () => {
    const { told, usual } = optionsOf(1);
    expect(given({ NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual([...told, ...usual]);
    const withCode = given({});
    expect(withCode.slice(0, told.length)).toEqual(told);
    expect(withCode.slice(-usual.length)).toEqual(usual);
  });

  it('leaves options alone where Node was given some', () => {
    expect(given({ NODE_OPTIONS: '--max-old-space-size=2000' })).toEqual([]);
  });

  it('has the engine wait in runs that judge few documents, and hurries in no commit after', () => {
    const repository = new Repository();
    repository.run(['create', 'plan', '--title', 'Rate limit']);
    repository.commit();
    const lint = (...args: string[]): string[] =>
      given({ NODE_DISABLE_COMPILE_CACHE: '1' }, ['lint', ...args], never, repository.folder);
    const { told, usual } = optionsOf(60);
    expect(lint('--no-cache')).toEqual([...told, ...usual]);
    const first = lint('--staged');
    expect(first.slice(0, told.length)).toEqual(told);
    expect(first.slice(-usual.length)).toEqual(usual);
    repository.run(['lint', '--staged']);
    expect(lint('--staged')).toEqual([]);
  });
});

describe('the wait for a long run', () => {
  it('keeps no process', async () => {
    const kept = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await after(1);
    const before = kept();
    const engine = new Engine();
    expect(kept()).toBe(before);
    engine.end();
  });
});
