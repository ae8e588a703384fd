import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageVersion } from '../../src/model/package-files.ts';
import { adr, plan } from '../helpers/documents.ts';
import { commitAll, type Installable, install, manifest, shell } from '../helpers/installed.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const IGNORED = { '.gitignore': 'node_modules/\n' };
const ADR = 'dev_ops/adrs/ADR-001-count.md';
const BOARD = 'dev_ops/kanban/board.json';

/** Sets a repository up, writes documents that hang together, and commits them through the hook. */
function prepared(files: Files, packages: readonly Installable[], folder = ''): Repository {
  const repository = new Repository({ ...IGNORED, ...files });
  install(repository, packages, folder);
  const { code, stderr } = repository.run(['init', '--yes'], { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  repository.write({ [ADR]: adr('ADR-001', 'Count') });
  expect(repository.run(['task', 'create', '--title', 'Limit requests']).code).toBe(0);
  expect(
    repository.run(['create', 'plan', '--title', 'Limit', '--related', 'ADR-001', '--task', 'TASK-001']).code,
  ).toBe(0);
  expect(commitAll(repository.folder)).toMatchObject({ code: 0 });
  return repository;
}

/** What every way to run the hook has to hold: each case fails with its finding and leaves the commit undone. */
function expectJudged(repository: Repository): void {
  const refused = (message: string): void => {
    const head = repository.git('rev-parse', 'HEAD');
    const { code, said } = commitAll(repository.folder);
    expect(said).toContain(message);
    expect(code).toBe(1);
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
    repository.git('reset', '-q', '--hard');
  };
  repository.write({ 'dev_ops/plans/PLAN-002-next.md': plan({ id: 'PLAN-002', title: 'Next', status: 'Actve' }) });
  refused('Unexpected status `Actve`');
  repository.remove(ADR);
  refused('Unknown document `ADR-001`');
  repository.write({ [BOARD]: repository.read(BOARD).replace('"TASK-001"', '"TASK-002"') });
  refused('TASK-001');
  repository.write({ 'dev_ops/plans/PLAN-002-next.md': plan({ id: 'PLAN-002', title: 'Next' }), 'src/a.ts': '' });
  expect(commitAll(repository.folder)).toMatchObject({ code: 0 });
}

describe('after init, a commit of a broken plan, of a deletion alone and of the board alone fails, a clean one passes', () => {
  it('with husky and lint-staged', () => {
    const names = ['planproof', 'husky', 'lint-staged'] as const;
    const repository = new Repository({
      ...IGNORED,
      'package.json': manifest(names, { scripts: { prepare: 'husky' } }),
    });
    install(repository, names);
    expect(shell(repository.folder, 'npm run prepare').status).toBe(0);
    expect(repository.run(['init', '--yes']).code).toBe(0);
    expect(repository.read('.husky/pre-commit')).toBe('npx --no-install lint-staged --diff-filter=ACMRD --no-stash\n');
    expect(repository.read('lint-staged.config.mjs')).toContain(
      "export default { '*': () => 'planproof lint --staged' };\n",
    );
    repository.write({ [ADR]: adr('ADR-001', 'Count') });
    repository.run(['task', 'create', '--title', 'Limit requests']);
    repository.run(['create', 'plan', '--title', 'Limit', '--related', 'ADR-001', '--task', 'TASK-001']);
    expect(commitAll(repository.folder)).toMatchObject({ code: 0 });
    expectJudged(repository);
  });

  it('with husky and lint-staged that has other tasks: a line of its own, and the tasks stay as they are', () => {
    const names = ['planproof', 'husky', 'lint-staged'] as const;
    const tasks = { '*.ts': 'node -e 0' };
    const repository = new Repository({
      ...IGNORED,
      'package.json': manifest(names, { 'lint-staged': tasks }),
      '.husky/pre-commit': '# ours\nnpx --no-install lint-staged\n',
    });
    install(repository, names);
    expect(shell(repository.folder, 'npx --no-install husky').status).toBe(0);
    expect(repository.run(['init', '--yes']).code).toBe(0);
    expect(repository.read('.husky/pre-commit')).toBe(
      '# ours\nnpx --no-install lint-staged\nnpx --no-install planproof lint --staged\n',
    );
    expect(JSON.parse(repository.read('package.json'))['lint-staged']).toEqual(tasks);
    repository.write({ [ADR]: adr('ADR-001', 'Count') });
    repository.run(['task', 'create', '--title', 'Limit requests']);
    repository.run(['create', 'plan', '--title', 'Limit', '--related', 'ADR-001', '--task', 'TASK-001']);
    expect(commitAll(repository.folder)).toMatchObject({ code: 0 });
    expectJudged(repository);
  });

  it('without a hook manager', () => {
    expectJudged(prepared({ 'package.json': manifest(['planproof']) }, ['planproof']));
  });

  it('with the package in a folder of its own', () => {
    const repository = prepared({ 'web app/package.json': manifest(['planproof']) }, ['planproof'], 'web app');
    expect(repository.read('.githooks/pre-commit')).toContain(
      "\ncd 'web app' && npx --no-install planproof lint --staged\n",
    );
    expectJudged(repository);
  });

  it('without a package.json, in the version that set it up', () => {
    const repository = prepared({}, ['planproof']);
    expect(repository.read('.githooks/pre-commit')).toContain(
      `\nnpx --yes planproof@${packageVersion()} lint --staged\n`,
    );
    expectJudged(repository);
  });

  it('in a linked worktree too, where the hook is committed', () => {
    const repository = prepared({ 'package.json': manifest(['planproof']) }, ['planproof']);
    const worktree = join(repository.folder, 'node_modules', 'worktree');
    repository.git('worktree', 'add', '-q', worktree);
    shell(
      worktree,
      `cp -R ../../node_modules/.bin ../../node_modules/planproof . 2>/dev/null; mkdir node_modules && ln -s ../../.bin ../../planproof node_modules/`,
    );
    shell(worktree, `git rm -q ${ADR}`);
    const { code, said } = commitAll(worktree);
    expect(said).toContain('Unknown document `ADR-001`');
    expect(code).toBe(1);
  });
});
