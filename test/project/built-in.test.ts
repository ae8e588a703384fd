import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildId } from '../../src/model/build-id.ts';
import { BUILT_IN_FILE, builtIn } from '../../src/model/built-in.ts';
import { makeBuiltIn } from '../../src/pipeline/make-built-in.ts';
import { plan } from '../helpers/documents.ts';
import { CLI, environment, PROJECT, Repository } from '../helpers/repository.ts';

const LOADED = `
  process.on('exit', () => {
    const { writeSync } = require('node:fs');
    const { basename } = require('node:path');
    const builtins = process.moduleLoadList.filter((name) => name.startsWith('NativeModule ')).map((name) => name.slice(13));
    writeSync(2, JSON.stringify({ builtins, parts: Object.keys(require.cache).map((file) => basename(file)) }));
  });
`;

describe('what the build has read beforehand', () => {
  it('is what the schemas and templates say now', async () => {
    const built = JSON.parse(readFileSync(join(PROJECT, 'dist', BUILT_IN_FILE), 'utf8'));
    expect(built).toEqual(JSON.parse(JSON.stringify(await makeBuiltIn())));
  });

  it('counts for the bundle only, which has an id', () => {
    expect([buildId(), builtIn()]).toEqual([undefined, undefined]);
    expect(readFileSync(join(PROJECT, 'dist', 'start.cjs'), 'utf8')).toMatch(/return "[0-9a-f]{32}";/);
  });
});

describe('what a run loads', () => {
  const withPlan = (): Repository =>
    new Repository({ 'dev_ops/plans/PLAN-001-rate-limit.md': plan(), 'loaded.cjs': LOADED });

  function loadedBy(repository: Repository, ...argv: string[]): { builtins: string[]; parts: string[] } {
    const preload = join(repository.folder, 'loaded.cjs');
    const { stderr } = spawnSync(process.execPath, ['-r', preload, CLI, ...argv], {
      cwd: repository.folder,
      // Without compiled code Node loads the parts, and lists them.
      env: environment({ NODE_DISABLE_COMPILE_CACHE: '1' }),
      encoding: 'utf8',
    });
    return JSON.parse(stderr);
  }

  /** All but the validators of types. */
  const scriptsIn = (parts: readonly string[]): string[] =>
    parts.filter((part) => part.endsWith('.cjs') && !/^[0-9a-f]{40}\.cjs$/.test(part));

  it('is three files to know the version', () => {
    const { builtins, parts } = loadedBy(withPlan(), '--version');
    expect(parts).toEqual(['loaded.cjs', 'cli.cjs', 'command.cjs', 'start.cjs']);
    expect(builtins).not.toContain('stream');
  });

  it('is neither commander, YAML, remark, ajv nor crypto to lint a plain document', () => {
    const { builtins, parts } = loadedBy(withPlan(), 'lint');
    expect(scriptsIn(parts).sort()).toEqual([
      'cli.cjs',
      'command.cjs',
      'first.cjs',
      'known.cjs',
      'lint.cjs',
      'loaded.cjs',
      'satteri.cjs',
      'start.cjs',
    ]);
    for (const name of ['crypto', 'zlib', 'tty', 'readline', 'timers/promises']) expect(builtins).not.toContain(name);
  });

  it('is what judges a document, and not what takes in all, for one that changed', () => {
    const repository = withPlan();
    repository.commit();
    const file = 'dev_ops/plans/PLAN-001-rate-limit.md';
    const text = repository.read(file);
    const stage = (words: string): void => {
      repository.write({ [file]: text.replace('## Context\n\n', `## Context\n\n${words}\n\n`) });
      repository.git('add', '-A');
    };
    stage('More of it.');
    repository.run(['lint', '--staged']);
    stage('Even more.');
    const { builtins, parts } = loadedBy(repository, 'lint', '--staged');
    expect(scriptsIn(parts)).toEqual([
      'loaded.cjs',
      'cli.cjs',
      'command.cjs',
      'start.cjs',
      'known.cjs',
      'lint.cjs',
      'satteri.cjs',
    ]);
    for (const name of ['crypto', 'zlib', 'stream', 'child_process']) expect(builtins).not.toContain(name);
  });

  it('is no rule and no parser where nothing is new', () => {
    const repository = withPlan();
    repository.commit();
    const file = 'dev_ops/plans/PLAN-001-rate-limit.md';
    repository.write({ [file]: repository.read(file).replace('## Context\n\n', '## Context\n\nMore of it.\n\n') });
    repository.git('add', '-A');
    for (const args of [['lint', '--staged'], ['lint']]) {
      loadedBy(repository, ...args);
      const { builtins, parts } = loadedBy(repository, ...args);
      expect(parts, args.join(' ')).toEqual(['loaded.cjs', 'cli.cjs', 'command.cjs', 'start.cjs', 'known.cjs']);
      expect(builtins.includes('child_process'), args.join(' ')).toBe(!args.includes('--staged'));
    }
  });
});
