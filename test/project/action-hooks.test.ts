import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adr, plan } from '../helpers/documents.ts';
import { environment, PROJECT, Repository } from '../helpers/repository.ts';

const IDENTITY = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
const DECISION = 'dev_ops/adrs/ADR-001-count-in-memory.md';

describe('the plain git hook of docs/ci.md', () => {
  const page = readFileSync(join(PROJECT, 'docs', 'ci.md'), 'utf8');
  const script = /`\.githooks\/pre-commit`, executable:\n\n```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const [setting, ...command] = /`git (config core\.hooksPath \.githooks)`/.exec(page)?.[1]?.split(' ') ?? [];

  function repository(): Repository {
    const made = new Repository({
      '.gitignore': 'node_modules',
      '.githooks/pre-commit': script,
      '.githooks/pre-merge-commit': script,
      [DECISION]: adr(),
      'dev_ops/plans/PLAN-001-rate-limit.md': plan(),
    });
    for (const name of ['pre-commit', 'pre-merge-commit']) chmodSync(join(made.folder, '.githooks', name), 0o755);
    mkdirSync(join(made.folder, 'node_modules', '.bin'), { recursive: true });
    const program = join(made.folder, 'dist-cli.js');
    made.write({
      'dist-cli.js': `#!/usr/bin/env node\nimport(${JSON.stringify(join(PROJECT, 'dist', 'cli.cjs'))});\n`,
    });
    chmodSync(program, 0o755);
    symlinkSync(program, join(made.folder, 'node_modules', '.bin', 'planproof'));
    made.git(setting as string, ...command);
    return made;
  }

  const git = (where: Repository, ...args: readonly string[]) =>
    spawnSync('git', [...IDENTITY, ...args], { cwd: where.folder, env: environment(), encoding: 'utf8' });

  it.skipIf(process.platform === 'win32')('stops a commit and a merge that break a plan, and lets others pass', () => {
    const here = repository();
    here.git('add', '-A');
    expect(git(here, 'commit', '-m', 'begin').status).toBe(0);
    here.git('checkout', '-q', '-b', 'other');
    here.git('rm', '-q', DECISION);
    expect(git(here, 'commit', '-m', 'remove').status).toBe(0);
    here.git('checkout', '-q', 'main');
    here.write({ 'dev_ops/plans/PLAN-001-rate-limit.md': plan({ related: '[ADR-001]' }) });
    here.git('add', '-A');
    expect(git(here, 'commit', '-m', 'refer').status).toBe(0);
    const merge = git(here, 'merge', '--no-edit', 'other');
    expect([merge.status === 0, `${merge.stdout}${merge.stderr}`.includes('Unknown document `ADR-001`')]).toEqual([
      false,
      true,
    ]);
    here.git('merge', '--abort');
    here.git('rm', '-q', DECISION);
    const removal = git(here, 'commit', '-m', 'remove');
    expect([removal.status, `${removal.stdout}${removal.stderr}`.includes('Unknown document `ADR-001`')]).toEqual([
      1,
      true,
    ]);
  });
});

describe('an installation from git, as pre-commit makes it', () => {
  function sources(): Repository {
    const repository = new Repository();
    const list = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    for (const path of list.split('\0').filter((one) => one !== '' && !/^(?:test|bench|dev_ops)\//.test(one))) {
      mkdirSync(dirname(join(repository.folder, path)), { recursive: true });
      cpSync(join(PROJECT, path), join(repository.folder, path));
    }
    return repository;
  }

  const prepare = (where: Repository, env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, ['scripts/prepare.mjs'], {
      cwd: where.folder,
      env: environment({ HUSKY: '0', npm_config_global: '', npm_execpath: '', ...env }),
      encoding: 'utf8',
    });

  it('builds the command that the package names', () => {
    const repository = sources();
    symlinkSync(join(PROJECT, 'node_modules'), join(repository.folder, 'node_modules'), 'junction');
    expect(prepare(repository).status).toBe(0);
    const { version } = JSON.parse(repository.read('package.json')) as { version: string };
    expect(
      execFileSync(process.execPath, ['dist/cli.cjs', '--version'], { cwd: repository.folder, encoding: 'utf8' }),
    ).toBe(`${version}\n`);
  });

  it('needs nothing where there is nothing to build with', () => {
    const repository = sources();
    expect(prepare(repository)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(repository.has('dist')).toBe(false);
  });

  it('fetches what it builds with when it is global: npm leaves that out then', () => {
    const repository = sources();
    repository.write({
      'npm.cjs': `require('node:fs').writeFileSync('asked', JSON.stringify([process.argv.slice(2), process.env.npm_config_global ?? null]));process.exit(3)`,
    });
    const { status } = prepare(repository, {
      npm_config_global: 'true',
      npm_execpath: join(repository.folder, 'npm.cjs'),
    });
    expect(status).toBe(3);
    expect(JSON.parse(repository.read('asked'))).toEqual([['ci', '--include=dev', '--ignore-scripts'], null]);
  });
});
