import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nextNumbers } from '../../src/generator/number.ts';
import { plan } from '../helpers/documents.ts';
import { GitLog, importBranches } from '../helpers/history.ts';
import { Repository, temporaryFolder } from '../helpers/repository.ts';

/** The id that the next document gets. */
function next(repository: Repository, options: { cwd?: string; env?: NodeJS.ProcessEnv; type?: string } = {}): string {
  const { code, stdout, stderr } = repository.run(
    ['create', options.type ?? 'plan', '--title', 'N', '--json'],
    options,
  );
  expect([code, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as { id: string }).id;
}

/** What `create` says when it refuses, and nothing is written. */
function refusal(repository: Repository, env: NodeJS.ProcessEnv = {}): string {
  const before = repository.git('status', '--porcelain', '-uall');
  const { code, stdout, stderr } = repository.run(['create', 'plan', '--title', 'N'], { env });
  expect([code, stdout]).toEqual([2, '']);
  expect(repository.git('status', '--porcelain', '-uall')).toBe(before);
  return stderr;
}

const file = (id: string): string => `dev_ops/plans/${id}-rate-limit.md`;
const planFile = (id: string, parts: Parameters<typeof plan>[0] = {}) => ({ [file(id)]: plan({ id, ...parts }) });

/** A repository with PLAN-001 committed on `main`. */
function repositoryWithPlan(): Repository {
  const repository = new Repository(planFile('PLAN-001'));
  repository.commit();
  return repository;
}

/** One with a branch that holds the files given besides. */
function withBranch(files: Readonly<Record<string, string>>, ref = 'refs/heads/other'): Repository {
  const repository = repositoryWithPlan();
  importBranches(repository, [{ ref, files }]);
  return repository;
}

/** A linked worktree, beside the repository. */
function linked(repository: Repository, ...options: readonly string[]): Repository {
  const worktree = new Repository({}, { git: false });
  repository.git('worktree', 'add', '-q', ...options, worktree.folder);
  return worktree;
}

describe('a number is taken', () => {
  it.each(['refs/heads/other', 'refs/heads/a/b', 'refs/remotes/origin/other', 'refs/heads/-x'])(
    'by a plan on %s',
    (ref) => {
      expect(next(withBranch(planFile('PLAN-007'), ref))).toBe('PLAN-008');
    },
  );

  it('by a plan on a branch of which the pack holds all', () => {
    const repository = withBranch(planFile('PLAN-007'));
    repository.git('gc', '-q');
    repository.git('pack-refs', '--all', '--prune');
    expect(next(repository)).toBe('PLAN-008');
  });

  it('by a plan that only the git index has', () => {
    const repository = repositoryWithPlan();
    repository.write(planFile('PLAN-007'));
    repository.git('add', '-A');
    repository.remove(file('PLAN-007'));
    expect(next(repository)).toBe('PLAN-008');
  });

  it('by what the git index has of a plan that was changed since', () => {
    const repository = repositoryWithPlan();
    const committed = repository.read(file('PLAN-001'));
    repository.write({ [file('PLAN-001')]: plan({ id: 'PLAN-040' }) });
    repository.git('add', '-A');
    repository.write({ [file('PLAN-001')]: committed });
    expect(next(repository)).toBe('PLAN-041');
  });

  it('by a plan that a merge has left in conflict', () => {
    const repository = withBranch({ [file('PLAN-001')]: plan({ id: 'PLAN-020' }) });
    repository.write({ [file('PLAN-001')]: plan({ id: 'PLAN-030' }) });
    repository.commit();
    expect(() => repository.git('merge', '-q', '--allow-unrelated-histories', 'other')).toThrow(
      /CONFLICT|Command failed/,
    );
    repository.git('branch', '-q', '-D', 'other');
    expect(repository.git('ls-files', '-u')).not.toBe('');
    expect(next(repository)).toBe('PLAN-031');
  });

  it.each([
    ['untracked', (worktree: Repository) => worktree.write(planFile('PLAN-007'))],
    [
      'untracked with another number in its name',
      (worktree: Repository) => worktree.write({ [file('PLAN-002')]: plan({ id: 'PLAN-007' }) }),
    ],
    ['changed', (worktree: Repository) => worktree.write({ [file('PLAN-001')]: plan({ id: 'PLAN-007' }) })],
    [
      'staged and deleted',
      (worktree: Repository) => {
        worktree.write(planFile('PLAN-007'));
        worktree.git('add', '-A');
        worktree.remove(file('PLAN-007'));
      },
    ],
    [
      'committed on no branch',
      (worktree: Repository) => {
        worktree.write(planFile('PLAN-007'));
        worktree.commit();
      },
    ],
  ])('by a plan in a linked worktree, %s', (_, change) => {
    const repository = repositoryWithPlan();
    change(linked(repository, '--detach'));
    expect(next(repository)).toBe('PLAN-008');
  });

  it('by a plan in the main worktree, seen from a linked one', () => {
    const repository = repositoryWithPlan();
    const worktree = linked(repository, '-b', 'side');
    repository.write(planFile('PLAN-007'));
    expect(next(worktree)).toBe('PLAN-008');
  });

  it('by the last commit of a worktree whose folder is gone', () => {
    const repository = repositoryWithPlan();
    const worktree = linked(repository, '--detach');
    worktree.write(planFile('PLAN-007'));
    worktree.commit();
    rmSync(worktree.folder, { recursive: true });
    expect(next(repository)).toBe('PLAN-008');
  });

  it('by a document whose file name says otherwise, and by one without a number in its name', () => {
    expect(next(withBranch({ [file('PLAN-002')]: plan({ id: 'PLAN-020' }) }))).toBe('PLAN-021');
    expect(next(withBranch({ 'dev_ops/plans/limit.md': plan({ id: 'pln-20' }) }))).toBe('PLAN-021');
    expect(next(withBranch({ 'dev_ops/adrs/deep/er/x.md': plan({ id: 'PLAN-020' }) }))).toBe('PLAN-021');
  });

  it('by a document that is broken, in its name', () => {
    expect(next(withBranch({ [file('PLAN-020')]: '---\nid: [\n---\n' }))).toBe('PLAN-021');
    expect(next(withBranch({ [file('PLAN-020')]: '\0' }))).toBe('PLAN-021');
  });

  it('by an id that a document had before, here and elsewhere', () => {
    const files = planFile('PLAN-002', { extra: 'formerly: [PLAN-030, PLN-31]\n' });
    expect(next(withBranch(files))).toBe('PLAN-032');
    expect(next(new Repository(files))).toBe('PLAN-032');
  });

  it('beyond what a double can hold, also behind a huge gap; 201 digits fit no file name', () => {
    expect(next(withBranch(planFile('PLAN-9007199254740993')))).toBe('PLAN-9007199254740994');
    expect(next(withBranch({ [file('PLAN-002')]: plan({ id: `PLAN-${'9'.repeat(201)}` }) }))).toBe('PLAN-003');
  });

  it('below every root, and where the whole repository is one', () => {
    const config = (roots: string[]) => ({ 'planproof.config.json': JSON.stringify({ roots }) });
    const two = new Repository(config(['docs', 'dev_ops']));
    importBranches(two, [{ ref: 'refs/heads/other', files: planFile('PLAN-007') }]);
    expect(next(two)).toBe('PLAN-008');
    const whole = new Repository(config(['.']));
    importBranches(whole, [
      { ref: 'refs/heads/other', files: { 'plans/PLAN-007-x.md': plan({ id: 'PLAN-007' }), 'x/y.md': '' } },
    ]);
    expect(next(whole)).toBe('PLAN-008');
  });

  it('in a repository whose hashes are of SHA-256', () => {
    const repository = new Repository({}, { git: false });
    repository.git('init', '-q', '-b', 'main', '--object-format=sha256');
    importBranches(repository, [
      { ref: 'refs/heads/other', files: { ...planFile('PLAN-002'), 'dev_ops/plans/a/b.md': plan({ id: 'PLAN-007' }) } },
    ]);
    expect(next(repository)).toBe('PLAN-008');
  });

  it('in a submodule by its own branches, not by those of the repository around it', () => {
    const inner = repositoryWithPlan();
    const outer = withBranch(planFile('PLAN-090'));
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'sub');
    outer.commit();
    outer.git('-C', 'sub', 'update-ref', 'refs/heads/other', 'HEAD');
    outer.write({ [`sub/${file('PLAN-005')}`]: plan({ id: 'PLAN-005' }) });
    expect(next(outer, { cwd: 'sub' })).toBe('PLAN-006');
    expect(next(outer)).toBe('PLAN-091');
  });

  it('in a worktree of a bare clone, and before the first commit', () => {
    const origin = withBranch(planFile('PLAN-007'));
    const bare = new Repository({}, { git: false });
    bare.git('clone', '-q', '--bare', origin.folder, '.');
    expect(next(linked(bare, '--detach'))).toBe('PLAN-008');
    const unborn = new Repository();
    importBranches(unborn, [{ ref: 'refs/heads/other', files: planFile('PLAN-007') }]);
    expect(next(unborn)).toBe('PLAN-008');
  });

  it('whatever the environment of a hook of another repository says', () => {
    const other = withBranch(planFile('PLAN-090'));
    const env = { GIT_DIR: join(other.folder, '.git'), GIT_INDEX_FILE: 'index', GIT_WORK_TREE: other.folder };
    expect(next(withBranch(planFile('PLAN-007')), { env })).toBe('PLAN-008');
  });

  it('and no program of the repository is run to find out', () => {
    const repository = withBranch({ ...planFile('PLAN-007'), '.gitattributes': '* filter=bad diff=bad\n' });
    const linkedOne = linked(repository, '--detach');
    linkedOne.write({ ...planFile('PLAN-008'), '.gitattributes': '* filter=bad diff=bad\n' });
    for (const key of ['core.fsmonitor', 'filter.bad.clean', 'filter.bad.smudge', 'diff.bad.textconv', 'core.pager'])
      repository.git('config', key, `touch ${join(repository.folder, 'ran')}; false`);
    repository.write({ '.git/hooks/post-index-change': `#!/bin/sh\ntouch ${join(repository.folder, 'ran')}\n` });
    expect(next(repository)).toBe('PLAN-009');
    expect(repository.has('ran')).toBe(false);
  });

  it('outside git by what lies in the folders', () => {
    expect(next(new Repository(planFile('PLAN-007'), { git: false }))).toBe('PLAN-008');
  });

  it('by what an interrupted run is about to write in another worktree', () => {
    const repository = repositoryWithPlan();
    const worktree = linked(repository, '--detach');
    const text = plan({ id: 'PLAN-002' });
    const temporary = '.planproof-00000000-0000-0000-0000-000000000000.tmp';
    const entry = {
      path: file('PLAN-002'),
      before: null,
      after: createHash('sha256').update(text).digest('hex'),
      temporary,
      mode: null,
    };
    const own = worktree.git('rev-parse', '--path-format=absolute', '--git-path', 'planproof/journal.json').trim();
    worktree.write({ [`dev_ops/plans/${temporary}`]: text });
    repository.write({
      [own.slice(repository.folder.length + 1)]: JSON.stringify({
        version: 1,
        phase: 'committed',
        folders: [],
        entries: [entry],
      }),
    });
    expect(next(repository)).toBe('PLAN-003');
    expect(worktree.run(['list']).stderr).toContain(
      'An interrupted run is finished: dev_ops/plans/PLAN-002-rate-limit.md.',
    );
    expect(worktree.has(file('PLAN-002'))).toBe(true);
  });
});

describe('the next numbers', () => {
  it('follow the greatest that is taken, however large, and fill no gap', () => {
    expect(nextNumbers(new Set(), 2)).toEqual(['1', '2']);
    expect(nextNumbers(new Set([3n, 1n]), 3)).toEqual(['4', '5', '6']);
    expect(nextNumbers(new Set([9_007_199_254_740_993n, 5n]), 2)).toEqual(['9007199254740994', '9007199254740995']);
    expect(nextNumbers(new Set([1n]), 0)).toEqual([]);
  });
});

describe('a number is free', () => {
  it('though other types, other folders, ignored and untracked-and-ignored files elsewhere have it', () => {
    const repository = new Repository({
      ...planFile('PLAN-001'),
      'planproof.config.json': JSON.stringify({ ignore: ['dev_ops/plans/old/'] }),
      '.gitignore': 'secret.md\n',
      'dev_ops/plans/old/PLAN-090-x.md': plan({ id: 'PLAN-090' }),
      'notes/PLAN-080-x.md': plan({ id: 'PLAN-080' }),
      'dev_ops/adrs/ADR-070-x.md': '---\nid: ADR-070\n---\n',
      'dev_ops/plans/PLAN-060-x.txt': '',
    });
    repository.commit();
    repository.write({ 'dev_ops/plans/secret.md': plan({ id: 'PLAN-050' }) });
    linked(repository, '--detach').write({ 'dev_ops/plans/secret.md': plan({ id: 'PLAN-050' }) });
    expect(next(repository)).toBe('PLAN-002');
  });

  it('though other documents refer to it', () => {
    expect(
      next(withBranch({ [file('PLAN-002')]: plan({ id: 'PLAN-002', related: '[PLAN-090]', body: 'PLAN-091' }) })),
    ).toBe('PLAN-003');
  });

  it('where a branch has something else in the place of a folder, or nothing', () => {
    const repository = repositoryWithPlan();
    const blob = repository.git('rev-parse', `HEAD:${file('PLAN-001')}`).trim();
    const commit = (path: string, mode: string, hash: string): string => {
      repository.git('read-tree', '--empty');
      repository.git('update-index', '--add', '--cacheinfo', `${mode},${hash},${path}`);
      return repository.git('commit-tree', '-m', 'x', repository.git('write-tree').trim()).trim();
    };
    const odd = [
      commit('dev_ops', '120000', blob),
      commit('dev_ops', '160000', '1'.repeat(40)),
      commit('dev_ops/plans', '100644', blob),
      commit('dev_ops/plans', '160000', '1'.repeat(40)),
      commit('dev_ops/plans/PLAN-050-x.md', '160000', '1'.repeat(40)),
      commit('index.html', '100644', blob),
    ];
    for (const [at, hash] of odd.entries()) repository.git('update-ref', `refs/heads/odd${at}`, hash);
    repository.git('read-tree', 'HEAD');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
    expect(next(repository)).toBe('PLAN-002');
  });
});

describe('the number of a task', () => {
  const board = (...ids: string[]): string =>
    JSON.stringify({ version: 1, items: ids.map((id) => ({ id, title: 'x', status: 'todo' })) });
  const path = 'dev_ops/kanban/board.json';
  const nextTask = (repository: Repository): string => repository.run(['task', 'create', '--title', 'x']).stdout;

  it('goes on from the boards of all branches and worktrees', () => {
    const repository = new Repository({ [path]: board('TASK-001') });
    repository.commit();
    importBranches(repository, [
      { ref: 'refs/heads/other', files: { [path]: board('TASK-003', 'TASK-012') } },
      { ref: 'refs/heads/odd', files: { [path]: '[null]' } },
      { ref: 'refs/heads/odder', files: { [path]: '{"items":[null,1,{}]}' } },
    ]);
    expect(nextTask(repository)).toBe('TASK-013\n');
    const worktree = linked(repository, '--detach');
    worktree.write({ [path]: board('TASK-020') });
    expect(nextTask(repository)).toBe('TASK-021\n');
    worktree.write({ [path]: `<<<<<<< ours\n${board('TASK-030')}\n=======\n` });
    expect(nextTask(repository)).toBe('TASK-031\n');
    expect(repository.run(['task', 'list']).stdout.match(/TASK-\d+/g)).toEqual([
      'TASK-001',
      'TASK-013',
      'TASK-021',
      'TASK-031',
    ]);
  });

  it('goes on from the board of another branch where this one has none', () => {
    expect(nextTask(withBranch({ [path]: board('TASK-005') }))).toBe('TASK-006\n');
  });
});

describe('where git cannot tell, there is no number', () => {
  it('a branch whose commit, folder or document is missing', () => {
    const repository = withBranch({ [file('PLAN-007')]: plan({ id: 'PLAN-007' }) });
    const lose = (name: string): void => {
      const hash = repository.git('rev-parse', name).trim();
      rmSync(join(repository.folder, '.git', 'objects', hash.slice(0, 2), hash.slice(2)));
    };
    lose(`other:${file('PLAN-007')}`);
    expect(refusal(repository)).toBe(
      `planproof: Cannot tell which numbers are taken: ${file('PLAN-007')} is missing or damaged\n  git fsck shows what is wrong.\n`,
    );
    const tree = repository.git('rev-parse', 'other:dev_ops/plans').trim();
    lose('other:dev_ops/plans');
    expect(refusal(repository)).toContain(`The folder ${tree} is missing or damaged\n`);
    const root = repository.git('rev-parse', 'other:dev_ops').trim();
    lose('other:dev_ops');
    expect(refusal(repository)).toContain(`The folder ${root} is missing or damaged\n`);
    lose('other');
    expect(refusal(repository)).toContain('refs/heads/other stands at a commit that is missing or damaged\n');
    repository.git('update-ref', '-d', 'refs/heads/other');
    expect(next(repository)).toBe('PLAN-002');
  });

  it('a branch whose file is empty after a crash', () => {
    const repository = repositoryWithPlan();
    repository.write({ '.git/refs/heads/lost': '' });
    expect(refusal(repository)).toBe(
      'planproof: Cannot tell which numbers are taken: The branch refs/heads/lost is damaged\n  git fsck shows what is wrong with it.\n',
    );
  });

  it('another worktree whose index is damaged, until it is gone', () => {
    const repository = repositoryWithPlan();
    const worktree = linked(repository, '--detach');
    const index = worktree.git('rev-parse', '--path-format=absolute', '--git-path', 'index').trim();
    repository.write({ [index.slice(repository.folder.length + 1)]: 'x'.repeat(100) });
    expect(refusal(repository)).toBe(
      `planproof: Cannot tell which numbers are taken: git ls-files failed: bad signature 0x78787878 (in ${worktree.folder})\n`,
    );
    rmSync(worktree.folder, { recursive: true });
    expect(next(repository)).toBe('PLAN-002');
  });

  it('a repository that git refuses to read', () => {
    const repository = repositoryWithPlan();
    expect(refusal(repository, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })).toBe(
      `planproof: git does not read this repository, because it belongs to another user\n  If you trust it: git config --global --add safe.directory ${repository.folder}\n`,
    );
  });

  it('a partial clone without the documents of another branch; a shallow one knows its tips', () => {
    const origin = withBranch(planFile('PLAN-007'));
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clone = (option: string): Repository => {
      const repository = new Repository({}, { git: false });
      repository.git('clone', '-q', option, '--no-single-branch', pathToFileURL(origin.folder).href, '.');
      return repository;
    };
    expect(next(clone('--depth=1'))).toBe('PLAN-008');
    const partial = clone('--filter=blob:none');
    expect(refusal(partial)).toBe(
      'planproof: Cannot tell which numbers are taken: This partial clone lacks an object that is needed here\n  git fetch --refetch --filter=blob:limit=10m fetches it.\n',
    );
    partial.git('fetch', '-q', '--no-auto-maintenance', '--refetch', '--filter=blob:limit=10m');
    expect(next(partial)).toBe('PLAN-008');
  });
});

describe('what it costs', () => {
  const branches = (count: number, files: (at: number) => Record<string, string>) =>
    Array.from({ length: count }, (_, at) => ({ ref: `refs/heads/b${at}`, files: files(at), message: `commit ${at}` }));

  function cost(repository: Repository): { calls: string[]; read: number } {
    const log = new GitLog(temporaryFolder());
    repository.run(['create', 'adr', '--title', 'N'], { env: log.environment });
    const { calls, asked } = log.take();
    return { calls, read: asked.filter((line) => /^[0-9a-f]{40}$/.test(line)).length };
  }

  it('200 branches with the same documents cost what one does', () => {
    const files = { ...planFile('PLAN-002'), 'dev_ops/plans/deep/x.md': plan({ id: 'PLAN-003' }) };
    const [one, many] = [1, 200].map((count) => {
      const repository = repositoryWithPlan();
      importBranches(
        repository,
        branches(count, () => files),
      );
      return cost(repository);
    });
    expect(many).toEqual(one);
    expect(one?.calls.length).toBeLessThanOrEqual(15);
  });

  it('200 branches with documents of their own cost as many processes, and one read for each tree and document', () => {
    const own = (at: number) => planFile(`PLAN-${100 + at}`);
    const [one, many] = [1, 200].map((count) => {
      const repository = repositoryWithPlan();
      importBranches(repository, branches(count, own));
      return cost(repository);
    });
    expect(many?.calls).toEqual(one?.calls);
    // A tree for dev_ops, one for plans and the document, each described and read.
    expect((many?.read ?? 0) - (one?.read ?? 0)).toBe(199 * 3 * 2);
  });
});
