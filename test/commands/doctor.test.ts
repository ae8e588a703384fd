import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { beforeEach, describe, expect, it } from 'vitest';
import { packageVersion } from '../../src/model/package-files.ts';
import { adr } from '../helpers/documents.ts';
import { commitAll, install, manifest, shell } from '../helpers/installed.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const IGNORED = { '.gitignore': 'node_modules/\n' };
const LINE = 'npx --no-install planproof lint --staged';

interface Told {
  readonly state: string;
  readonly subject: string;
  readonly message: string;
  readonly mend: string | null;
}

/** What the doctor says of one thing; the exit code must agree with it all. */
function told(repository: Repository, subject: string, cwd = '', env: NodeJS.ProcessEnv = {}): Told[] {
  const { code, stdout, stderr } = repository.run(['doctor', '--json'], { cwd, env });
  expect(stderr).toBe('');
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Told[] };
  const failed = checks.some(({ state }) => state === 'fail');
  expect([ok, code]).toEqual([!failed, failed ? 1 : 0]);
  return checks.filter((check) => check.subject === subject);
}

/** A repository in order: set up by init, with the package in its place. */
function inOrder(files: Files = {}): Repository {
  const repository = new Repository({ ...IGNORED, 'package.json': manifest(['planproof']), ...files });
  install(repository, ['planproof']);
  expect(repository.run(['init', '--yes', '--ci', 'github']).code).toBe(0);
  return repository;
}

describe('the doctor', () => {
  it('finds all in order after init', () => {
    const { code, stdout, stderr } = inOrder().run(['doctor']);
    expect(stdout.replace(/^(ok {4}(?:git|node) +)[0-9.]+$/gm, '$1VERSION')).toBe(`ok    git        VERSION
ok    node       VERSION
ok    package    planproof ${packageVersion()}
ok    config     planproof.config.json
ok    types      7, all of a preset; schemas and templates hold
ok    documents  1 below dev_ops/
ok    board      none
ok    hook       .githooks/pre-commit runs planproof on what will be committed
ok    ci         .github/workflows/planproof.yml runs planproof
ok    writing    nobody is writing, nothing was interrupted
`);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('in a repository that nobody set up says what is missing, each with its command', () => {
    const { code, stdout } = new Repository({ 'package.json': '{}' }).run(['doctor']);
    expect(code).toBe(1);
    expect(stdout).toContain('fail  package    package.json does not name planproof: hook and CI cannot start it\n');
    expect(stdout).toContain('                 npm install --save-dev planproof\n');
    expect(stdout).toMatch(
      /^fail {2}hook {7}no commit is judged: .*pre-commit is missing\n {17}npx --no-install planproof init$/m,
    );
    expect(stdout).toMatch(
      /^warn {2}ci {9}no CI found: commits that no hook saw are not judged\n.* init --ci github$/m,
    );
    expect(stdout).toMatch(/^warn {2}documents {2}none below dev_ops\/$/m);
  });

  it('cannot say anything outside git', () => {
    const { code, stderr } = new Repository({}, { git: false }).run(['doctor']);
    expect([code, stderr]).toEqual([
      2,
      'planproof: No git repository here\n  git init begins one; planproof judges what is committed to it.\n',
    ]);
  });

  it('takes warnings for no failure', () => {
    const repository = inOrder();
    repository.remove('.github/workflows/planproof.yml');
    expect(told(repository, 'ci')).toEqual([
      {
        state: 'warn',
        subject: 'ci',
        message: 'no CI found: commits that no hook saw are not judged',
        mend: 'npx --no-install planproof init --ci github',
      },
    ]);
  });

  it('executes nothing of the repository', () => {
    const touch = 'touch "$(git rev-parse --show-toplevel)/pwned"';
    const repository = new Repository({
      'package.json': manifest(['planproof', 'husky', 'lint-staged'], { scripts: { prepare: touch, docs: touch } }),
      '.husky/pre-commit': `${touch}\nnpm run docs\nnpx lint-staged\n`,
      '.husky/_/pre-commit': `#!/bin/sh\n. "$(dirname "$0")/h"\n${touch}\n`,
      'lint-staged.config.mjs': 'import { writeFileSync } from "node:fs"; writeFileSync("pwned", "");',
      'dev_ops/plans/PLAN-001-a.md': '---js\nrequire("fs").writeFileSync("pwned", "")\n---\n',
    });
    chmodSync(join(repository.folder, '.husky/_/pre-commit'), 0o755);
    for (const [key, value] of [
      ['core.hooksPath', '.husky/_'],
      ['core.fsmonitor', touch],
      ['core.sshCommand', touch],
    ])
      repository.git('config', key as string, value as string);
    expect(repository.run(['doctor']).code).toBe(1);
    expect(repository.run(['init', '--yes']).code).toBe(0);
    expect(repository.has('pwned')).toBe(false);
  });
});

describe('the doctor and husky in a linked worktree', () => {
  let repository: Repository;
  let worktree: string;
  const names = ['planproof', 'husky', 'lint-staged'] as const;

  beforeEach(() => {
    repository = new Repository({
      ...IGNORED,
      'package.json': manifest(names),
      'dev_ops/adrs/ADR-001-a.md': adr(),
      'dev_ops/adrs/ADR-002-b.md': adr('ADR-002', 'B').replace('related_docs: []', 'related_docs: [ADR-001]'),
    });
    install(repository, names);
    expect(shell(repository.folder, 'npx --no-install husky').status).toBe(0);
    expect(repository.run(['init', '--yes']).code).toBe(0);
    repository.commit();
    worktree = 'node_modules/linked';
    repository.git('worktree', 'add', '-q', worktree);
  });

  it('finds the silent hole, and what it prints mends it', () => {
    expect(told(repository, 'hook')).toMatchObject([{ state: 'ok' }]);
    install(repository, names, worktree);
    const top = join(repository.folder, worktree);
    shell(top, 'git rm -q dev_ops/adrs/ADR-001-a.md');
    // The hole: git commits what the hook would have refused.
    expect(commitAll(top)).toMatchObject({ code: 0 });
    shell(top, 'git reset -q --hard HEAD^');
    const [hook] = told(repository, 'hook', worktree);
    expect(hook).toEqual({
      state: 'fail',
      subject: 'hook',
      message:
        'core.hooksPath is .husky/_, and this worktree has no such folder: git runs no hook here, without a word',
      mend: 'npx --no-install husky',
    });
    expect(shell(top, hook?.mend as string).status).toBe(0);
    expect(told(repository, 'hook', worktree)).toMatchObject([{ state: 'ok' }]);
    shell(top, 'git rm -q dev_ops/adrs/ADR-001-a.md');
    expect(commitAll(top)).toMatchObject({ code: 1 });
  });

  it('where nothing is installed yet, says what installs it', () => {
    expect(told(repository, 'hook', worktree)[0]?.mend).toBe('npm install && npx --no-install husky');
    expect(told(repository, 'package', worktree)).toMatchObject([
      { state: 'fail', message: 'planproof is not installed in this worktree', mend: 'npm install' },
    ]);
  });
});

describe('the doctor and the hook of git', () => {
  it('in a clone that lacks the setting prints what sets it', () => {
    const repository = inOrder();
    repository.git('config', '--unset', 'core.hooksPath');
    const [hook] = told(repository, 'hook');
    expect(hook).toMatchObject({ state: 'fail', mend: 'git config core.hooksPath .githooks' });
    shell(repository.folder, hook?.mend as string);
    expect(told(repository, 'hook')).toMatchObject([{ state: 'ok' }]);
  });

  it('finds a hook that may not be executed, here and in other clones', () => {
    const repository = inOrder();
    const file = join(repository.folder, '.githooks/pre-commit');
    chmodSync(file, 0o644);
    const [hook] = told(repository, 'hook');
    expect(hook).toMatchObject({ state: 'fail', mend: 'chmod +x .githooks/pre-commit' });
    repository.git('add', '-A');
    shell(repository.folder, hook?.mend as string);
    const [, mode] = told(repository, 'hook');
    expect(mode).toMatchObject({ state: 'warn', mend: 'git update-index --chmod=+x .githooks/pre-commit' });
    shell(repository.folder, mode?.mend as string);
    expect(told(repository, 'hook')).toMatchObject([{ state: 'ok' }]);
  });

  it.each([
    ['#!/bin/sh\nnpm test\n', 'fail', '.githooks/pre-commit does not run planproof: no commit is judged'],
    [
      '#!/bin/sh\n# planproof lint --staged\n',
      'fail',
      '.githooks/pre-commit does not run planproof: no commit is judged',
    ],
    [
      '#!/bin/sh\nnpx planproof\n',
      'warn',
      '.githooks/pre-commit runs planproof on the working tree, not on what will be committed',
    ],
    [
      '#!/bin/sh\nnpx lint-staged\n',
      'fail',
      '.githooks/pre-commit runs lint-staged, which does not run planproof: no commit is judged',
    ],
  ])('%j: %s', (text, state, message) => {
    const repository = inOrder();
    repository.write({ '.githooks/pre-commit': text });
    expect(told(repository, 'hook')).toMatchObject([{ state, message }]);
  });

  it('finds that lint-staged drops deletions', () => {
    const repository = inOrder({
      'lint-staged.config.mjs': "export default { '*': () => 'planproof lint --staged' };\n",
    });
    repository.write({ '.githooks/pre-commit': '#!/bin/sh\nnpx lint-staged\n' });
    expect(told(repository, 'hook')).toEqual([
      {
        state: 'fail',
        subject: 'hook',
        message:
          '.githooks/pre-commit runs lint-staged without `--diff-filter=ACMRD`: commits that only delete files are not judged',
        mend: 'In .githooks/pre-commit: lint-staged --diff-filter=ACMRD --no-stash',
      },
    ]);
    repository.write({ '.githooks/pre-commit': '#!/bin/sh\nnpx lint-staged --diff-filter=ACMRD --no-stash\n' });
    expect(told(repository, 'hook')).toMatchObject([{ state: 'ok' }]);
  });

  it('finds that merges are not judged', () => {
    const repository = inOrder();
    repository.remove('.githooks/pre-merge-commit');
    expect(told(repository, 'hook')[1]).toEqual({
      state: 'warn',
      subject: 'hook',
      message: 'merges without conflicts are not judged: .githooks/pre-merge-commit does not run planproof',
      mend: 'npx --no-install planproof init',
    });
    expect(repository.run(['init', '--yes']).code).toBe(0);
    expect(told(repository, 'hook')).toMatchObject([{ state: 'ok' }]);
  });

  it('in CI asks for none', () => {
    const repository = inOrder();
    repository.git('config', '--unset', 'core.hooksPath');
    expect(told(repository, 'hook', '', { CI: 'true' })).toMatchObject([{ state: 'ok' }]);
  });
});

describe('the doctor and hook managers', () => {
  it.each([
    [{ HUSKY: '0' }, 'HUSKY=0 is set: hooks are switched off', 'unset HUSKY'],
    [{ LEFTHOOK: 'false' }, 'LEFTHOOK=false is set: hooks are switched off', 'unset LEFTHOOK'],
    [{ SKIP: 'a,planproof' }, 'SKIP=a,planproof is set: hooks are switched off', 'unset SKIP'],
  ])('%j', (env, message, mend) => {
    const [, off] = told(inOrder(), 'hook', '', env);
    expect(off).toEqual({ state: 'fail', subject: 'hook', message, mend });
  });

  it('finds husky switched off outside the repository', () => {
    const repository = new Repository({
      ...IGNORED,
      'package.json': manifest(['planproof', 'husky']),
      '.husky/pre-commit': LINE,
      '.husky/pre-merge-commit': LINE,
    });
    install(repository, ['planproof', 'husky']);
    shell(repository.folder, 'npx --no-install husky');
    const home = new Repository({ 'husky/init.sh': '# ours\nexport HUSKY=0\n' }, { git: false });
    expect(told(repository, 'hook', '', { XDG_CONFIG_HOME: home.folder })[1]?.message).toBe(
      `${join(home.folder, 'husky', 'init.sh')} sets HUSKY=0: hooks are switched off`,
    );
  });

  it.each([
    ['husky', { '.husky/pre-commit': LINE }, 'npm install && npx --no-install husky'],
    [
      'lefthook',
      { 'lefthook.yml': `pre-commit:\n  commands:\n    planproof:\n      run: ${LINE}\n` },
      'npm install && npx --no-install lefthook install',
    ],
    [
      'pre-commit',
      { '.pre-commit-config.yaml': 'repos: []\n' },
      'pre-commit install --hook-type pre-commit --hook-type pre-merge-commit',
    ],
    ['simple-git-hooks', {}, 'npm install && npx --no-install simple-git-hooks'],
  ])('finds that %s is not installed in this clone', (name, files, mend) => {
    const repository = new Repository({
      'package.json': manifest(['planproof', name], { [name === 'simple-git-hooks' ? name : 'x']: {} }),
      ...files,
    } as Files);
    expect(told(repository, 'hook')).toMatchObject([{ state: 'fail', mend }]);
    expect(told(repository, 'hook')[0]?.message).toContain(`${name} is used here (`);
  });

  it('reads what lefthook runs, and whether its version runs it for deletions', () => {
    const repository = inOrder({ 'lefthook.yml': `pre-commit:\n  jobs:\n    - run: ${LINE}\n` });
    repository.write({ '.git/hooks/pre-commit': '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n' });
    chmodSync(join(repository.folder, '.git/hooks/pre-commit'), 0o755);
    const [hook, merge] = told(repository, 'hook');
    expect(hook).toMatchObject({ state: 'ok', message: 'lefthook.yml runs planproof on what will be committed' });
    expect(merge).toMatchObject({ state: 'warn', mend: 'npm install && npx --no-install lefthook install' });
    shell(repository.folder, 'cp -p .git/hooks/pre-commit .git/hooks/pre-merge-commit');
    expect(told(repository, 'hook')).toMatchObject([{ state: 'ok' }]);
    repository.write({ 'node_modules/lefthook/package.json': '{"version":"1.9.0"}' });
    expect(told(repository, 'hook')[1]).toMatchObject({
      state: 'fail',
      message: 'lefthook 1.9.0 skips commits that only delete files, expected 1.10.2 or newer',
      mend: 'npm install --save-dev lefthook@latest',
    });
  });
});

describe('the doctor and what hangs on the config', () => {
  it('says what is wrong with it, and goes on', () => {
    const repository = inOrder();
    repository.write({ 'planproof.config.json': '{ "rootz": [] }' });
    expect(told(repository, 'config')).toMatchObject([
      { state: 'fail', message: 'planproof.config.json:1:3: Unknown key `rootz`: did you mean `roots`?' },
    ]);
    expect(told(repository, 'hook')).toMatchObject([{ state: 'ok' }]);
  });

  it('says what is wrong with a type', () => {
    const repository = inOrder();
    repository.write({ 'planproof.config.json': '{ "types": { "rfc": { "schema": "a.json", "template": "a.md" } } }' });
    expect(told(repository, 'config')).toMatchObject([
      { state: 'fail', message: 'No such schema of the document type `rfc`: a.json' },
    ]);
  });

  it('finds a broken board', () => {
    const repository = inOrder({ 'dev_ops/kanban/board.json': '{ "version": 1, "items": [' });
    const [board] = told(repository, 'board');
    expect(board).toMatchObject({ state: 'fail', mend: 'npx --no-install planproof lint dev_ops/kanban/board.json' });
    expect(board?.message).toMatch(/^dev_ops\/kanban\/board\.json:1: Unreadable JSON/);
    repository.remove('dev_ops/kanban/board.json');
    repository.run(['task', 'create', '--title', 'One']);
    expect(told(repository, 'board')).toMatchObject([{ state: 'ok', message: 'dev_ops/kanban/board.json' }]);
  });

  it('finds another version installed than the one that asks', () => {
    const repository = new Repository({
      'package.json': manifest(['planproof']),
      'node_modules/planproof/package.json': '{"version":"0.0.1"}',
    });
    expect(told(repository, 'package')).toMatchObject([
      { state: 'warn', message: `this is planproof ${packageVersion()}, hook and CI run 0.0.1` },
    ]);
  });
});

describe('the doctor and writers', () => {
  const holder = (process: number): string =>
    JSON.stringify({
      token: '0'.repeat(36),
      pid: process,
      host: 'elsewhere',
      start: null,
      since: '2026-01-31T00:00:00.000Z',
    });

  it('says who writes just now, and that a lock left behind holds nobody up', () => {
    const repository = inOrder();
    repository.write({ '.git/planproof/lock': holder(pid) });
    expect(told(repository, 'writing')).toEqual([
      {
        state: 'warn',
        subject: 'writing',
        message: `process ${pid}, since 2026-01-31T00:00:00.000Z writes here just now`,
        mend: `If that is wrong, delete ${join(repository.folder, '.git/planproof/lock')}`,
      },
    ]);
    shell(repository.folder, 'touch -d 2020-01-01 .git/planproof/lock');
    expect(told(repository, 'writing')).toMatchObject([
      { state: 'ok', message: 'a lock was left behind; it holds nobody up' },
    ]);
  });

  it('finds an interrupted run, without touching it, and a damaged journal', () => {
    const repository = inOrder();
    const journal = '.git/planproof/journal.json';
    repository.write({ [journal]: '{"version":1,"phase":"preparing","entries":[],"folders":[]}' });
    expect(told(repository, 'writing')).toMatchObject([
      { state: 'warn', message: 'a run was interrupted: the next command finishes or undoes it' },
    ]);
    expect(repository.has(journal)).toBe(true);
    repository.write({ [journal]: '{' });
    expect(told(repository, 'writing')[0]).toMatchObject({ state: 'fail' });
    expect(repository.has(journal)).toBe(true);
  });
});

describe('the doctor below the top', () => {
  it('prints commands that work at the top', () => {
    const repository = new Repository({ 'my app/package.json': '{}', 'my app/src/a.ts': '' });
    expect(told(repository, 'package', 'my app/src')[0]?.mend).toBe("cd 'my app' && npm install --save-dev planproof");
    expect(told(repository, 'ci', 'my app')[0]?.mend).toBe(
      "cd 'my app' && npx --no-install planproof init --ci github",
    );
  });
});
