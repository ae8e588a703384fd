import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageVersion } from '../../src/model/package-files.ts';
import { adr, plan } from '../helpers/documents.ts';
import { commitAll, type Installable, install, manifest, shell } from '../helpers/installed.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const ADR = 'dev_ops/adrs/ADR-001-count.md';
const BOARD = 'dev_ops/kanban/board.json';
const NEXT = 'dev_ops/plans/PLAN-002-next.md';
const ALL = ['planproof', 'husky', 'lint-staged'] as const;

/** Sets a repository up, writes documents that hang together, and commits them through the hook. */
function prepared(files: Files, packages: readonly Installable[], folder = ''): Repository {
  const repository = new Repository({ '.gitignore': 'node_modules/\n', ...files });
  install(repository, packages, folder);
  if (packages.includes('husky')) expect(shell(repository.folder, 'npx --no-install husky').status).toBe(0);
  const { code, stderr } = repository.run(['init', '--yes'], { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  repository.write({ [ADR]: adr('ADR-001', 'Count') });
  const created = [
    repository.run(['task', 'create', '--title', 'Limit requests']),
    repository.run(['create', 'plan', '--title', 'Limit', '--related', 'ADR-001', '--task', 'TASK-001']),
  ];
  expect(created.map((outcome) => outcome.code)).toEqual([0, 0]);
  expect(commitAll(repository.folder)).toMatchObject({ code: 0 });
  return repository;
}

/** A commit that the hook refuses: nothing is committed, and the reason is said. The change is taken back. */
function expectRefused(repository: Repository, reason: string): void {
  const head = repository.git('rev-parse', 'HEAD');
  const { code, said } = commitAll(repository.folder);
  expect(said).toContain(reason);
  expect([code, repository.git('rev-parse', 'HEAD')]).toEqual([1, head]);
  repository.git('reset', '-q', '--hard');
}

function expectDeletionRefused(repository: Repository): void {
  repository.remove(ADR);
  expectRefused(repository, 'Unknown document `ADR-001`');
}

/** Two branches that hold each for itself, and not together: git merges them without a conflict. */
function expectMergeRefused(repository: Repository): void {
  const other = 'dev_ops/adrs/ADR-002-other.md';
  repository.write({ [other]: adr('ADR-002', 'Other') });
  expect(commitAll(repository.folder).code).toBe(0);
  repository.git('checkout', '-q', '-b', 'side');
  repository.write({ [NEXT]: plan({ id: 'PLAN-002', title: 'Next', related: '[ADR-002]' }) });
  expect(commitAll(repository.folder).code).toBe(0);
  repository.git('checkout', '-q', 'main');
  repository.remove(other);
  expect(commitAll(repository.folder).code).toBe(0);
  const { status, stdout, stderr } = shell(
    repository.folder,
    'git -c user.name=a -c user.email=a@b merge --no-edit side',
  );
  expect(stdout + stderr).toContain('Unknown document `ADR-002`');
  expect([status, repository.has('.git/MERGE_HEAD')]).toEqual([1, true]);
}

/** What a hook has to hold: a broken plan, a deletion alone and the board alone are refused, a clean commit passes. */
function expectJudged(repository: Repository): void {
  repository.write({ [NEXT]: plan({ id: 'PLAN-002', title: 'Next', status: 'Actve' }) });
  expectRefused(repository, '6:9  error  Unexpected status `Actve`');
  expectDeletionRefused(repository);
  repository.write({ [BOARD]: repository.read(BOARD).replace('"TASK-001"', '"TASK-002"') });
  expectRefused(repository, 'Unknown task `TASK-001`');
  repository.write({ [NEXT]: plan({ id: 'PLAN-002', title: 'Next' }), 'src/a.ts': '' });
  expect(commitAll(repository.folder)).toMatchObject({ code: 0 });
}

describe('after init a commit of a broken plan, of a deletion alone and of the board alone fails, a clean one passes', () => {
  it('with husky and lint-staged', () => {
    const repository = prepared({ 'package.json': manifest(ALL) }, ALL);
    expect(repository.read('.husky/pre-commit')).toBe('npx --no-install lint-staged --diff-filter=ACMRD --no-stash\n');
    const config = "export default { '*': () => 'planproof lint --staged' };\n";
    expect(repository.read('lint-staged.config.mjs')).toContain(config);
    expectJudged(repository);
    repository.git('reset', '-q', '--hard', 'HEAD^');
    expectMergeRefused(repository);
  });

  it('with husky and lint-staged that has other tasks: by a line of its own, and the tasks stay as they are', () => {
    const tasks = { '*.ts': 'node -e 0' };
    const repository = prepared(
      {
        'package.json': manifest(ALL, { 'lint-staged': tasks }),
        '.husky/pre-commit': 'npx --no-install lint-staged\n',
      },
      ALL,
    );
    const lines = 'npx --no-install lint-staged\nnpx --no-install planproof lint --staged\n';
    expect(repository.read('.husky/pre-commit')).toBe(lines);
    expect(JSON.parse(repository.read('package.json'))['lint-staged']).toEqual(tasks);
    expectJudged(repository);
  });

  it('without a hook manager, in a linked worktree too', () => {
    const repository = prepared({ 'package.json': manifest(['planproof']) }, ['planproof']);
    expectJudged(repository);
    const worktree = 'node_modules/linked';
    repository.git('worktree', 'add', '-q', worktree);
    install(repository, ['planproof'], worktree);
    const top = join(repository.folder, worktree);
    shell(top, `git rm -q ${ADR}`);
    const { code, said } = commitAll(top);
    expect(said).toContain('Unknown document `ADR-001`');
    expect(code).toBe(1);
  });

  it('with the package in a folder of its own', () => {
    const repository = prepared({ 'web app/package.json': manifest(['planproof']) }, ['planproof'], 'web app');
    expectDeletionRefused(repository);
    expectMergeRefused(repository);
  });

  it('without a package.json, in the version that set it up', () => {
    const repository = prepared({}, ['planproof']);
    const line = `npx --yes planproof@${packageVersion()} lint --staged\n`;
    expect(repository.read('.githooks/pre-commit')).toContain(line);
    expectDeletionRefused(repository);
  });
});
