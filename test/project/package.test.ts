import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installTarball, packProject } from '../helpers/package.ts';
import { environment, PROJECT } from '../helpers/repository.ts';

let folder = '';
const installed = (): string => join(folder, 'node_modules', 'planproof');

/** Packs the project as npm would, and installs the tarball by hand: the tests need no network. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'planproof-package-'));
  installTarball(packProject(folder), join(folder, 'node_modules'));
  execFileSync('git', ['init', '-q'], { cwd: folder });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(installed(), 'dist', 'cli.cjs'), ...args], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
  });

describe('the packed tarball', () => {
  it('creates and lints in a repository where nothing else is installed', () => {
    expect(run('create', 'plan', '--title', 'First').stdout).toBe('dev_ops/plans/PLAN-001-first.md\n');
    const { status, stdout, stderr } = run();
    expect([status, stdout, stderr]).toEqual([0, 'No findings in 1 document.\n', '']);
  });

  it('has all that its commands print', () => {
    expect(run('explain', 'placeholder').stdout).toMatch(/^# placeholder\n/);
    expect(run('show', '--template', 'plan').stdout).toContain('## Exit Criteria');
    expect(run('--cwd', join(installed(), 'examples'), 'lint').stdout).toMatch(/^No findings in \d+ documents\.\n$/);
  });

  it('works without the native parser, with one notice', () => {
    const without = join(folder, 'without');
    cpSync(installed(), join(without, 'node_modules', 'planproof'), { recursive: true });
    mkdirSync(join(without, 'dev_ops'), { recursive: true });
    cpSync(join(PROJECT, 'examples', 'dev_ops'), join(without, 'dev_ops'), { recursive: true });
    const cli = join(without, 'node_modules', 'planproof', 'dist', 'cli.cjs');
    // Node looks for packages in the folders above too: the ones of the first test must not be found.
    rmSync(join(folder, 'node_modules', '@bruits'), { recursive: true });
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli], {
      cwd: without,
      env: environment(),
      encoding: 'utf8',
    });
    cpSync(join(PROJECT, 'node_modules', '@bruits'), join(folder, 'node_modules', '@bruits'), { recursive: true });
    expect([status, stdout]).toEqual([0, 'No findings in 17 documents.\n']);
    expect(stderr).toMatch(/^planproof: The parser satteri cannot load here \([^\n]+\): using remark, [^\n]+\n$/);
  });

  it('offers its API and its types', () => {
    const script = `import { lint, RULES } from 'planproof'; import preset from 'planproof/remark';
      const { findings } = await lint({ paths: [], today: '2026-01-31' }, { cwd: '.', environment: process.env, notify() {} });
      console.log(findings.length, RULES.length > 20, preset.plugins.length > 20);`;
    writeFileSync(join(folder, 'api.mjs'), script);
    expect(execFileSync(process.execPath, ['api.mjs'], { cwd: folder, encoding: 'utf8' })).toBe('0 true true\n');
    expect(readFileSync(join(installed(), 'dist', 'index.d.ts'), 'utf8')).toContain('lint');
  });

  it('brings no code that evaluates text, and the licences of all that it bundles', () => {
    const scripts = readdirSync(join(installed(), 'dist')).filter((file) => /\.c?js$/.test(file));
    for (const file of scripts) {
      const code = readFileSync(join(installed(), 'dist', file), 'utf8');
      // Methods named eval (a regular-expression engine has them) are none of the function.
      expect(code.match(/(?<![.\w$])eval\((?!input, pos\) \{)/g), file).toBeNull();
      expect(code, file).not.toMatch(/require\(.js-yaml.\)|esprima/);
    }
    const licences = readFileSync(join(installed(), 'dist', 'THIRD-PARTY-LICENSES'), 'utf8');
    for (const name of ['ajv', 'commander', 'gray-matter', 'satteri', 'unified', 'yaml'])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  it('asks npm to run nothing, and depends on nothing but the native parser', () => {
    const { scripts, dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(installed(), 'package.json'), 'utf8'),
    );
    expect([scripts, dependencies]).toEqual([undefined, undefined]);
    expect(Object.keys(optionalDependencies).every((name) => name.startsWith('@bruits/satteri-'))).toBe(true);
  });
});
