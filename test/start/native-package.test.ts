import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plan } from '../helpers/documents.ts';
import { copyOfProject } from '../helpers/package.ts';
import { environment, PROJECT, Repository, temporaryFolder } from '../helpers/repository.ts';

const NATIVE = join(PROJECT, 'node_modules', '@bruits');
/** Writes which native code was loaded, and whether Node had to look for it. */
const WATCH = `
  const { Module } = require('node:module');
  const { _resolveFilename: resolve } = Module;
  Module._resolveFilename = (name, ...more) => {
    if (name.startsWith('@bruits/')) require('node:fs').writeSync(2, 'looked for\\n');
    return resolve(name, ...more);
  };
  const { dlopen } = process;
  process.dlopen = (module, file, ...more) => {
    require('node:fs').writeSync(2, file + '\\n');
    return dlopen.call(process, module, file, ...more);
  };
`;

/** The package as a package manager has put it. */
function install(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of ['dist', 'schemas', 'templates', 'package.json']) copyOfProject(name, folder);
  return join(folder, 'dist', 'cli.cjs');
}

/** Lints a repository with a finding. */
function lint(cli: string, env: NodeJS.ProcessEnv = {}) {
  const repository = new Repository({
    'dev_ops/plans/PLAN-001-rate-limit.md': plan({ body: '## Goal\n' }),
  });
  const watch = join(repository.folder, 'watch.cjs');
  writeFileSync(watch, WATCH);
  const { status, stderr } = spawnSync(process.execPath, ['-r', watch, cli, 'lint'], {
    cwd: repository.folder,
    env: environment(env),
    encoding: 'utf8',
  });
  return { status, told: stderr.trim().split('\n') };
}

describe('the parser’s native code', () => {
  const [name = ''] = readdirSync(NATIVE);
  const [file = ''] = readdirSync(join(NATIVE, name)).filter((one) => one.endsWith('.node'));

  it('is found beside the package, below it, and through the links of pnpm, without a search of Node', () => {
    const top = realpathSync(temporaryFolder());
    const hoisted = install(join(top, 'a', 'node_modules', 'planproof'));
    cpSync(NATIVE, join(top, 'a', 'node_modules', '@bruits'), { recursive: true, dereference: true });
    expect(lint(hoisted)).toEqual({ status: 1, told: [join(top, 'a', 'node_modules', '@bruits', name, file)] });

    const nested = install(join(top, 'b', 'node_modules', 'planproof'));
    cpSync(NATIVE, join(top, 'b', 'node_modules', 'planproof', 'node_modules', '@bruits'), {
      recursive: true,
      dereference: true,
    });
    expect(lint(nested).told).toEqual([
      join(top, 'b', 'node_modules', 'planproof', 'node_modules', '@bruits', name, file),
    ]);

    const store = join(top, 'c', 'node_modules', '.pnpm', 'planproof@1', 'node_modules');
    install(join(store, 'planproof'));
    mkdirSync(join(store, '@bruits'));
    symlinkSync(join(NATIVE, name), join(store, '@bruits', name), 'junction');
    symlinkSync(join(store, 'planproof'), join(top, 'c', 'node_modules', 'planproof'), 'junction');
    expect(lint(join(top, 'c', 'node_modules', 'planproof', 'dist', 'cli.cjs')).told).toEqual([
      join(store, '@bruits', name, file),
    ]);
  });

  it('is found by Node where it lies elsewhere', () => {
    const top = realpathSync(temporaryFolder());
    const cli = install(join(top, 'planproof'));
    const { status, told } = lint(cli, { NODE_PATH: dirname(NATIVE) });
    expect(status).toBe(1);
    expect(told[0]).toBe('looked for');
    expect(told.at(-1)).toMatch(/\.node$/);
  });

  it('is done without where there is none, or none that can be loaded', () => {
    const top = realpathSync(temporaryFolder());
    const cli = install(join(top, 'node_modules', 'planproof'));
    expect(lint(cli).status).toBe(1);
    const folder = join(top, 'node_modules', '@bruits', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), 'no native code');
    const { status, told } = lint(cli);
    expect(status).toBe(1);
    expect(told[0]).toBe(join(folder, file));
  });
});
