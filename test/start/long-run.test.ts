import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Script } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { easeLongRun } from '../../src/start/long-run.ts';
import { environment, PROJECT, temporaryFolder } from '../helpers/repository.ts';

const SOURCE = '(function (a) { return a; })';
let scripts = 0;

/** A script of a name of its own: the engine remembers others. */
function compiled(cachedData?: Buffer): Script {
  scripts += 1;
  return new Script(SOURCE, { filename: `${scripts}`, ...(cachedData && { cachedData }) });
}

/** Whether the engine takes code that it made before: not where its options are other ones. */
const takes = (code: Buffer): boolean => compiled(code).cachedDataRejected === false;

describe('a long run', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const code = (): Buffer => compiled().createCachedData();

  it('has other options of the engine, as long as it lasts', () => {
    const before = code();
    expect(takes(before)).toBe(true);
    const end = easeLongRun();
    vi.advanceTimersByTime(399);
    expect(takes(before)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(takes(before)).toBe(false);
    end();
    expect(takes(before)).toBe(true);
    expect(takes(code())).toBe(true);
  });

  it('is none that ends before', () => {
    const before = code();
    easeLongRun()();
    vi.advanceTimersByTime(1000);
    expect(takes(before)).toBe(true);
  });
});

/** Runs the command in a process in which each wait is over at once, and tells which options the engine is given. */
const WATCH = `
  const given = [];
  require('node:v8').setFlagsFromString = (option) => given.push(option);
  globalThis.setTimeout = (work) => { work(); return { unref() {} }; };
  process.argv = [process.argv[0], 'planproof', '--version'];
  require(${JSON.stringify(join(PROJECT, 'dist', 'cli.cjs'))});
  process.on('exit', () => console.error(JSON.stringify(given)));
`;

describe('the command', () => {
  const given = (extra: NodeJS.ProcessEnv): unknown => {
    const file = join(temporaryFolder(), 'watch.cjs');
    writeFileSync(file, WATCH);
    const { stderr } = spawnSync(process.execPath, [file], { env: environment(extra), encoding: 'utf8' });
    return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  };
  const option = '--max-inlined-bytecode-size-cumulative';

  it('sees to long runs, with compiled code or without, and takes it back', () => {
    expect(given({})).toEqual([`${option}=200`, `${option}=920`]);
    expect(given({ NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual([`${option}=200`, `${option}=920`]);
  });

  it('leaves options alone where Node was given some', () => {
    expect(given({ NODE_OPTIONS: '--max-old-space-size=2000' })).toEqual([]);
  });
});

describe('the wait for a long run', () => {
  it('keeps no process', async () => {
    const kept = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await after(1);
    const before = kept();
    const end = easeLongRun();
    expect(kept()).toBe(before);
    end();
  });
});
