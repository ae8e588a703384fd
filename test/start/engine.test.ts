import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'node:process';
import v8 from 'node:v8';
import { Script } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
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

  it('keeps its options where nobody has told anything', () => {
    const before = code();
    const engine = new Engine();
    expect(engine.asUsual(() => takes(before))).toBe(true);
    expect(takes(before)).toBe(true);
    engine.end();
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
const watching = (args: readonly string[]): string => `
  const given = [];
  require('node:v8').setFlagsFromString = (option) => given.push(option);
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
  return {
    told: [`${option}=200`, '--no-parallel-scavenge', ...later(patience)],
    usual: [`${option}=920`, '--parallel-scavenge', ...later(1)],
  };
}

/** What the engine is told while somebody does something. */
function toldWhile(work: () => void): unknown[] {
  const spy = vi.spyOn(v8, 'setFlagsFromString');
  try {
    work();
    return spy.mock.calls.flat();
  } finally {
    spy.mockRestore();
  }
}

describe('who is told how many documents are left', () => {
  it('passes on what is new', () => {
    const engine = new Engine();
    const told = (documents: number): unknown[] => toldWhile(() => engine.expect(documents));
    expect(told(10_000)).toEqual(optionsOf(1).told);
    expect(told(5000)).toEqual([]);
    expect(told(2000)).toEqual(optionsOf(2).told.slice(2));
    expect(told(1000)).toEqual(optionsOf(4).told.slice(2));
    expect(told(1000)).toEqual([]);
    expect(toldWhile(() => engine.end())).toEqual(optionsOf(1).usual);
  });
});

describe('the command', () => {
  const given = (args: readonly string[], cwd: string, extra: NodeJS.ProcessEnv = {}): string[] => {
    const file = join(temporaryFolder(), 'watch.cjs');
    writeFileSync(file, watching(args));
    const { stderr } = spawnSync(process.execPath, [file], { cwd, env: environment(extra), encoding: 'utf8' });
    return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  };

  /** A repository with a plan, committed. */
  function withPlan(): Repository {
    const repository = new Repository();
    repository.run(['create', 'plan', '--title', 'Rate limit']);
    repository.commit();
    return repository;
  }

  it('has the engine wait in a run that judges few documents, and takes it back', () => {
    const { told, usual } = optionsOf(60);
    const { folder } = withPlan();
    const options = given(['lint', '--no-cache'], folder, { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(options).toEqual([...told, ...usual]);
    // Parts of the program are loaded with the usual options.
    const withCode = given(['lint', '--no-cache'], folder);
    expect(withCode.slice(0, told.length)).toEqual(told);
    expect(withCode.slice(-usual.length)).toEqual(usual);
  });

  it('tells the engine nothing in a commit, once what is there is remembered', () => {
    const repository = withPlan();
    const first = given(['lint', '--staged'], repository.folder);
    expect(first.slice(0, optionsOf(60).told.length)).toEqual(optionsOf(60).told);
    repository.run(['lint', '--staged']);
    repository.run(['create', 'plan', '--title', 'Another']);
    repository.git('add', '-A');
    expect(given(['lint', '--staged'], repository.folder)).toEqual([]);
  });

  it('leaves options alone where Node was given some', () => {
    expect(given(['lint'], withPlan().folder, { NODE_OPTIONS: '--max-old-space-size=2000' })).toEqual([]);
  });
});
