import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { adr, plan } from '../helpers/documents.ts';
import { environment, PROJECT, Repository } from '../helpers/repository.ts';

const IDENTITY = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];

/** A copy of this project with its own hook, as the working tree has it, and one commit. */
function copyOfProject(): Repository {
  const repository = new Repository();
  const files = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: environment(),
  });
  const needed = files.split('\0').filter((path) => path !== '' && !/^(?:test|bench|docs|examples)\//.test(path));
  for (const path of [...needed, 'dist']) {
    mkdirSync(dirname(join(repository.folder, path)), { recursive: true });
    cpSync(join(PROJECT, path), join(repository.folder, path), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(repository.folder, 'node_modules'), 'junction');
  repository.write({
    'dev_ops/adrs/ADR-901-tokens.md': adr('ADR-901', 'Tokens'),
    'dev_ops/plans/PLAN-901-limit.md': plan({ id: 'PLAN-901', title: 'Limit', related: '[ADR-901]' }),
  });
  repository.commit();
  execFileSync(process.execPath, ['node_modules/husky/bin.js'], { cwd: repository.folder, env: environment() });
  return repository;
}

describe('the pre-commit hook of this repository', () => {
  let repository: Repository;
  beforeEach(() => {
    repository = copyOfProject();
  });

  const commit = () => {
    repository.git('add', '-A');
    return spawnSync('git', [...IDENTITY, 'commit', '-m', 'change'], {
      cwd: repository.folder,
      env: environment(),
      encoding: 'utf8',
    });
  };

  it('lets a clean document pass, and stops a broken one with its line', () => {
    repository.write({ 'dev_ops/plans/PLAN-902-next.md': plan({ id: 'PLAN-902', title: 'Next' }) });
    expect(commit().status).toBe(0);
    repository.write({ 'dev_ops/plans/PLAN-902-next.md': plan({ id: 'PLAN-902', title: 'Next', status: 'Actve' }) });
    const { status, stderr } = commit();
    expect(status).toBe(1);
    expect(stderr).toContain('dev_ops/plans/PLAN-902-next.md');
    expect(stderr).toContain('6:9  error  Unexpected status `Actve`');
  });

  it('stops a commit that only deletes the decision on which a plan rests', () => {
    repository.git('rm', '-q', 'dev_ops/adrs/ADR-901-tokens.md');
    const { status, stderr } = commit();
    expect(status).toBe(1);
    expect(stderr).toContain('Unknown document `ADR-901`');
  });
});
