import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adr as acceptedAdr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { environment, type Files, PROJECT, Repository } from '../helpers/repository.ts';

/** A decision, in whatever status. */
function adr({ id = 'ADR-001', title = 'Use X', status = 'Accepted' } = {}): string {
  return acceptedAdr(id, title).replace('status: Accepted', `status: ${status}`);
}

const ADR = 'dev_ops/adrs/ADR-001-use-x.md';
const PLAN = 'dev_ops/plans/PLAN-001-a.md';
const OTHER = 'dev_ops/plans/PLAN-002-b.md';

const FILES: Files = {
  [ADR]: adr(),
  [PLAN]: plan({ related: '[ADR-001]' }),
};

/** What must not change: the git index to the byte, the stash, and every file of the working tree. */
function stateOf({ folder }: Repository): string {
  const hash = createHash('sha256');
  const walk = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = join(path, entry.name);
      if (entry.name === '.git' || entry.name === 'hook.log') continue;
      if (entry.isDirectory()) walk(file);
      else hash.update(`${file}\0`).update(readFileSync(file));
    }
  };
  walk(folder);
  for (const name of ['index', 'refs/stash', 'HEAD']) {
    const file = join(folder, '.git', name);
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** A repository with one commit. */
function committed(files: Files = FILES): Repository {
  const repository = new Repository(files);
  repository.commit('first');
  return repository;
}

interface Verdict {
  readonly code: number | null;
  readonly findings: readonly string[];
}

/** Judges what is staged: `file:line rule <- cause: change`; nothing on disk may change. */
function staged(repository: Repository, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Verdict {
  const before = stateOf(repository);
  const { code, stdout, stderr } = repository.run(['lint', '--staged', '--format', 'json', ...args], { env });
  expect(stateOf(repository)).toBe(before);
  if (code === 2) return { code, findings: [stderr.trim()] };
  const { findings } = JSON.parse(stdout) as {
    findings: { file: string; line: number; rule: string; cause: { file: string; change: string } | null }[];
  };
  return {
    code,
    findings: findings.map(
      ({ file, line, rule, cause }) =>
        `${file}:${line} ${rule} <- ${cause ? `${cause.file}: ${cause.change}` : 'older'}`,
    ),
  };
}

const CLEAN: Verdict = { code: 0, findings: [] };

describe('lint --staged', () => {
  it('a staged plan that refers to an untracked decision fails', () => {
    const repository = committed({ [ADR]: adr() });
    repository.write({ 'dev_ops/adrs/ADR-002-b.md': adr({ id: 'ADR-002' }), [PLAN]: plan({ related: '[ADR-002]' }) });
    repository.git('add', PLAN);
    expect(repository.run(['lint']).code).toBe(0);
    expect(staged(repository)).toEqual({ code: 1, findings: [`${PLAN}:7 relation-exists <- ${PLAN}: added`] });
    repository.git('add', '-A');
    expect(staged(repository)).toEqual(CLEAN);
  });

  it('a decision deleted in the index fails at the untouched plan; deleted in the working tree alone it passes', () => {
    const repository = committed();
    repository.remove(ADR);
    expect(staged(repository)).toEqual(CLEAN);
    repository.git('rm', '-q', '--cached', ADR);
    expect(staged(repository)).toEqual({ code: 1, findings: [`${PLAN}:7 relation-exists <- ${ADR}: deleted`] });
    expect(repository.run(['lint', '--staged']).stdout).toBe(
      `${PLAN}
  7:16  error  Unknown document \`ADR-001\`, expected an existing adr, backlog, bug, plan, research or task  relation-exists
     7 | related_docs: [ADR-001]
       |                ^^^^^^^
       = caused by: ${ADR}: deleted

1 error in 1 document. planproof explain <rule> tells more.
`,
    );
  });

  const NO_ID = 'dev_ops/research/tides.md';
  const noted = plan({ id: 'RESEARCH-001', status: 'Dratf' }).replace('type: plan', 'type: research');

  it.each([
    ['a document without an id is moved', noted.replace(/^id: .*\n/m, ''), 'dev_ops/research/heights.md'],
    ['a text without frontmatter is moved', '# Tides\n\nThey come twice a day.\n', 'dev_ops/research/heights.md'],
    ['a document gets an id', noted.replace(/^id: .*\n/m, ''), NO_ID],
  ])('%s: what was wrong with it is no news', (_, text, path) => {
    const repository = committed({ ...FILES, [NO_ID]: text });
    const before = staged(repository, ['--all']).findings;
    expect(before).not.toEqual([]);
    if (path === NO_ID) repository.write({ [NO_ID]: noted });
    else repository.git('mv', NO_ID, path);
    repository.git('add', '-A');
    const isOfName = (finding: string): boolean => / file-(?:name|location) /.test(finding);
    for (const args of [[], ['--no-cache']])
      expect(staged(repository, args).findings.filter((finding) => !isOfName(finding))).toEqual([]);
    expect(staged(repository, ['--all']).findings.every((one) => one.endsWith('older') || isOfName(one))).toBe(true);
    repository.write({ [path]: `${repository.read(path)}\n[none](none.md)\n` });
    repository.git('add', '-A');
    for (const args of [[], ['--no-cache']])
      expect(staged(repository, args).findings).toEqual(
        expect.arrayContaining([expect.stringContaining(`link-target <- ${path}`)]),
      );
  });

  it('a document that was wrong before anybody judged it is changed: only what that breaks is news', () => {
    const repository = committed({ ...FILES, [OTHER]: plan({ id: 'PLAN-002', status: 'Dratf' }) });
    // The first run judges nothing: nothing is staged.
    expect(staged(repository)).toEqual(CLEAN);
    const changed = (body: string): Verdict => {
      repository.write({ [OTHER]: `${plan({ id: 'PLAN-002', status: 'Dratf' })}\n${body}\n` });
      repository.git('add', '-A');
      return staged(repository);
    };
    expect(changed('More words.')).toEqual(CLEAN);
    expect(changed('[none](none.md)').findings).toEqual([`${OTHER}:36 link-target <- ${OTHER}: changed`]);
    repository.commit('all the same');
    expect(changed('[none](none.md) and more')).toEqual(CLEAN);
  });

  it('of two documents with an id one is renumbered: what was wrong with either is no news, then and later', () => {
    const moved = 'dev_ops/adrs/ADR-003-use-y.md';
    const wrong = (id: string, extra = ''): string =>
      adr({ id, status: 'Nonsense' }).replace('related_docs: []\n', `related_docs: []\n${extra}`);
    const repository = committed({
      [ADR]: wrong('ADR-001'),
      'dev_ops/adrs/ADR-001-use-y.md': wrong('ADR-001'),
      [PLAN]: plan(),
    });
    repository.git('mv', 'dev_ops/adrs/ADR-001-use-y.md', moved);
    repository.write({ [moved]: wrong('ADR-003', 'formerly: [ADR-001]\n') });
    repository.git('add', '-A');
    for (const args of [[], ['--no-cache']]) expect(staged(repository, args)).toEqual(CLEAN);
    repository.commit('renumber');
    repository.write({ [PLAN]: plan({ title: 'Another rate limit' }) });
    repository.git('add', '-A');
    for (const args of [[], ['--no-cache']]) expect(staged(repository, args)).toEqual(CLEAN);
    expect(staged(repository, ['--all']).findings).toEqual([
      `${ADR}:6 frontmatter-schema <- older`,
      `${moved}:6 frontmatter-schema <- older`,
    ]);
  });

  it('says of one of two documents with an id what it was renumbered to', () => {
    const twin = 'dev_ops/adrs/ADR-001-use-y.md';
    const moved = 'dev_ops/adrs/ADR-003-use-y.md';
    const link = { body: PLAN_BODY.replace('The decision on counters.', '[It](../adrs/ADR-001-use-y.md).') };
    const repository = committed({ [ADR]: adr(), [twin]: adr(), [PLAN]: plan(link) });
    repository.git('mv', twin, moved);
    repository.write({
      [moved]: adr({ id: 'ADR-003' }).replace('related_docs: []', 'related_docs: []\nformerly: [ADR-001]'),
    });
    repository.git('add', '-A');
    expect(staged(repository)).toEqual({
      code: 1,
      findings: [`${PLAN}:30 link-target <- ${twin}: renumbered to ADR-003`],
    });
  });

  it('a status moved under a plan’s feet, and a task taken off the board, are found where they hurt', () => {
    const board = (items: readonly object[]): string => `${JSON.stringify({ version: 1, items }, null, 2)}\n`;
    const item = {
      id: 'TASK-001',
      title: 'a',
      status: 'in_progress',
      artifacts: [{ id: 'PLAN-001', relation: 'output' }],
    };
    const repository = committed({
      [ADR]: adr({ status: 'Accepted' }),
      [PLAN]: plan({ status: 'Active', related: '[ADR-001]', extra: 'task: TASK-001\n' }),
      'dev_ops/kanban/board.json': board([item]),
    });
    repository.write({ [ADR]: adr({ status: 'Deprecated' }) });
    repository.git('add', '-A');
    expect(staged(repository)).toEqual({
      code: 1,
      findings: [`${PLAN}:7 relation-status <- ${ADR}: status Accepted → Deprecated`],
    });
    repository.git('reset', '-q', '--hard');
    repository.write({ 'dev_ops/kanban/board.json': board([]) });
    repository.git('add', '-A');
    const { findings } = staged(repository);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings)
      expect(finding).toMatch(/PLAN-001-a\.md:\d+ .* <- dev_ops\/kanban\/board\.json: TASK-001 taken off the board$/);
  });

  it('a partially staged plan is judged by its staged text', () => {
    const repository = committed();
    repository.write({ [PLAN]: plan({ status: 'Dratf', related: '[ADR-001]' }) });
    repository.git('add', PLAN);
    repository.write({ [PLAN]: plan({ related: '[ADR-001]' }) });
    expect(staged(repository)).toEqual({
      code: 1,
      findings: [`${PLAN}:6 frontmatter-schema <- ${PLAN}: status Draft → Dratf`],
    });
    repository.git('add', PLAN);
    repository.write({ [PLAN]: plan({ status: 'Dratf' }) });
    expect(staged(repository)).toEqual(CLEAN);
  });

  it('older findings are silent unless --all; paths choose causes', () => {
    const repository = committed({ ...FILES, [OTHER]: plan({ id: 'PLAN-002', status: 'Dratf' }) });
    repository.git('rm', '-q', '--cached', ADR);
    const caused = `${PLAN}:7 relation-exists <- ${ADR}: deleted`;
    expect(staged(repository)).toEqual({ code: 1, findings: [caused] });
    expect(staged(repository, ['--all'])).toEqual({
      code: 1,
      findings: [caused, `${OTHER}:6 frontmatter-schema <- older`],
    });
    expect(staged(repository, ['dev_ops/adrs'])).toEqual({ code: 1, findings: [caused] });
    expect(staged(repository, [PLAN])).toEqual(CLEAN);
    expect(staged(repository, ['dev_ops/nothing'])).toEqual({
      code: 2,
      findings: [expect.stringContaining('No such file or folder: `dev_ops/nothing`')],
    });
    repository.git('reset', '-q');
    expect(repository.run(['lint', '--staged']).stdout).toBe('No new findings in 3 documents.\n');
  });

  it('config, schemas and templates come from the index, and a change of them is a cause', () => {
    const repository = committed({ ...FILES, 'planproof.config.json': '{}\n' });
    repository.write({ 'planproof.config.json': '{ "roots": ["nowhere"] }\n' });
    expect(staged(repository)).toEqual(CLEAN);
    repository.write({ 'planproof.config.json': '{ "rules": { "placeholder": "off" } }\n' });
    repository.git('add', '-A');
    repository.write({ 'planproof.config.json': 'broken' });
    expect(staged(repository)).toEqual(CLEAN);
    repository.git('add', '-A');
    expect(staged(repository)).toEqual({ code: 2, findings: [expect.stringContaining('planproof.config.json:1:1')] });
    const own = committed({
      'types/plan.schema.json': readFileSync(join(PROJECT, 'schemas/devops/plan.schema.json')),
      'types/plan.md': readFileSync(join(PROJECT, 'templates/devops/plan.md')),
      'planproof.config.json':
        '{ "types": { "plan": { "schema": "types/plan.schema.json", "template": "types/plan.md" } } }\n',
      [PLAN]: plan(),
    });
    own.write({ 'types/plan.md': own.read('types/plan.md').replace('## Goal', '## Objective') });
    expect(staged(own)).toEqual(CLEAN);
    own.git('add', '-A');
    expect(staged(own)).toEqual({ code: 1, findings: [`${PLAN}:16 required-sections <- types/plan.md: changed`] });
  });

  it('the first commit is judged against nothing, and one that leaves nothing is refused', () => {
    const repository = new Repository({ [PLAN]: plan({ related: '[ADR-001]' }) });
    expect(staged(repository)).toEqual({ code: 0, findings: [] });
    repository.git('add', '-A');
    expect(staged(repository)).toEqual({ code: 1, findings: [`${PLAN}:7 relation-exists <- ${PLAN}: added`] });
    repository.commit();
    repository.git('rm', '-q', '--cached', PLAN);
    expect(staged(repository)).toEqual({
      code: 2,
      findings: [
        'planproof: No document is left of the 1 in HEAD\n  Check `roots` in the config. If they are to go, leave planproof out of this one: git commit --no-verify.',
      ],
    });
  });

  it('files only announced with --intent-to-add are not there; a staged empty file is', () => {
    const repository = committed({ [ADR]: adr() });
    repository.write({ [PLAN]: plan({ status: 'Dratf' }) });
    repository.git('add', '-N', PLAN);
    expect(staged(repository)).toEqual(CLEAN);
    repository.write({ [OTHER]: '' });
    repository.git('add', OTHER);
    expect(staged(repository).findings).toContain(`${OTHER}:1 frontmatter-required <- ${OTHER}: added`);
  });

  it('a merge conflict in the index is a finding', () => {
    const repository = committed();
    repository.git('checkout', '-q', '-b', 'side');
    repository.write({ [ADR]: adr({ title: 'Use Y' }) });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ [ADR]: adr({ title: 'Use Z' }) });
    repository.commit();
    expect(() => repository.git('merge', '-q', 'side')).toThrow();
    expect(staged(repository)).toEqual({
      code: 1,
      findings: [expect.stringMatching(/^dev_ops\/adrs\/ADR-001-use-x\.md:1 unreadable-document <- .*: changed$/)],
    });
  });

  it('odd file names, core.quotePath, sparse and shallow checkouts, subfolders', () => {
    const odd = 'dev_ops/plans/ä "b"\tc/PLAN-001-a.md';
    const repository = committed({ [ADR]: adr(), [odd]: plan({ related: '[ADR-001]' }), 'src/a.ts': '' });
    repository.git('config', 'core.quotePath', 'true');
    repository.git('rm', '-q', '--cached', ADR);
    expect(staged(repository).findings).toEqual([`${odd}:7 relation-exists <- ${ADR}: deleted`]);
    expect(repository.run(['lint', '--staged'], { cwd: 'src' }).code).toBe(1);
    repository.git('reset', '-q', '--hard');
    repository.git('sparse-checkout', 'set', '--sparse-index', 'src');
    expect(existsSync(join(repository.folder, ADR))).toBe(false);
    expect(staged(repository)).toEqual(CLEAN);
    repository.git('rm', '-q', '--cached', '--sparse', ADR);
    expect(staged(repository).findings).toEqual([`${odd}:7 relation-exists <- ${ADR}: deleted`]);
  });

  it('outside git, and with options that contradict it, it cannot run', () => {
    const folder = new Repository(FILES, { git: false });
    expect(folder.run(['lint', '--staged'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'planproof: --staged outside a git repository\n  planproof lint without --staged judges what lies here.\n',
    });
    const repository = committed();
    for (const more of [['--stdin'], ['--base', 'main'], ['--type', 'plan']])
      expect(repository.run(['lint', '--staged', ...more]).stderr).toMatch(/^planproof: Both --staged and --/);
    expect(repository.run(['lint', '--all']).stderr).toMatch(/^planproof: --all without --staged or --base\n/);
  });

  it('an index handed to a hook is honoured, relative or absolute; one of another repository is not', () => {
    const repository = committed();
    repository.git('rm', '-q', '--cached', ADR);
    const index = readFileSync(join(repository.folder, '.git/index'));
    repository.git('reset', '-q');
    repository.write({ '.git/next-index.lock': index });
    expect(staged(repository)).toEqual(CLEAN);
    for (const file of ['.git/next-index.lock', join(repository.folder, '.git/next-index.lock')])
      expect(staged(repository, [], { GIT_INDEX_FILE: file }).code).toBe(1);
    const other = committed();
    const foreign = {
      GIT_DIR: join(repository.folder, '.git'),
      GIT_INDEX_FILE: join(repository.folder, '.git/next-index.lock'),
    };
    expect(staged(other, [], foreign)).toEqual(CLEAN);
  });
});

/** Makes git run the command before each commit; what it said is kept. */
function hook(repository: Repository, folder = '.git/hooks'): void {
  const log = join(repository.folder, 'hook.log');
  repository.write({
    [`${folder}/pre-commit`]: `#!/bin/sh\n"${process.execPath}" "${join(PROJECT, 'dist/cli.cjs')}" lint --staged > "${log}" 2>&1\n`,
    '.git/info/exclude': 'hook.log\n',
  });
  chmodSync(join(repository.folder, folder, 'pre-commit'), 0o755);
}

/** Runs git with its hooks. @returns whether it went through, and what the hook said */
function attempt(repository: Repository, args: readonly string[], options: { cwd?: string; input?: string } = {}) {
  const identity = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'core.editor=true',
  ];
  const { status } = spawnSync('git', [...identity, ...args], {
    cwd: options.cwd ?? repository.folder,
    env: environment(),
    input: options.input ?? '',
    encoding: 'utf8',
  });
  const log = repository.has('hook.log') ? repository.read('hook.log') : '';
  if (repository.has('hook.log')) repository.remove('hook.log');
  return { passed: status === 0, log };
}

describe('as a hook', () => {
  const DELETED = /relation-exists\n.*\n.*\n.*= caused by: dev_ops\/adrs\/ADR-001-use-x\.md: deleted/;

  it.each<[string, (repository: Repository) => readonly string[]]>([
    [
      'commit',
      (repository) => {
        repository.git('rm', '-q', ADR);
        return ['commit', '-m', 'x'];
      },
    ],
    [
      'commit -a',
      (repository) => {
        repository.remove(ADR);
        return ['commit', '-a', '-m', 'x'];
      },
    ],
    [
      'commit <path>',
      (repository) => {
        repository.remove(ADR);
        return ['commit', '-m', 'x', '--', ADR];
      },
    ],
    [
      'commit --include',
      (repository) => {
        repository.remove(ADR);
        return ['commit', '-m', 'x', '--include', ADR];
      },
    ],
    [
      'commit --amend',
      (repository) => {
        repository.git('rm', '-q', ADR);
        return ['commit', '--amend', '--no-edit'];
      },
    ],
  ])('%s: a broken reference keeps the commit from being made, and nothing is changed', (_name, prepare) => {
    const repository = committed();
    repository.git('commit', '-q', '--allow-empty', '-m', 'second');
    hook(repository);
    const args = prepare(repository);
    const head = repository.git('rev-parse', 'HEAD');
    const status = repository.git('status', '--porcelain');
    const { passed, log } = attempt(repository, args);
    expect(log).toMatch(DELETED);
    expect(passed).toBe(false);
    expect([repository.git('rev-parse', 'HEAD'), repository.git('status', '--porcelain')]).toEqual([head, status]);
  });

  it('commit <path> leaves what else is staged out of the verdict', () => {
    const repository = committed();
    hook(repository);
    repository.git('rm', '-q', '--cached', ADR);
    repository.write({ [OTHER]: plan({ id: 'PLAN-002' }) });
    repository.git('add', OTHER);
    expect(attempt(repository, ['commit', '-m', 'x', '--', OTHER])).toEqual({
      passed: true,
      log: 'No new findings in 3 documents.\n',
    });
    expect(attempt(repository, ['commit', '-m', 'y']).passed).toBe(false);
  });

  it('commit -p judges the hunks that were taken', () => {
    const repository = committed({
      [ADR]: adr(),
      [PLAN]: plan({ status: 'Draft', related: '[]', body: `${PLAN_BODY}\nlast\n` }),
    });
    hook(repository);
    const text = repository.read(PLAN);
    repository.write({ [PLAN]: text.replace('status: Draft', 'status: Dratf').replace('\nlast\n', '\nLast.\n') });
    // The first hunk stays, the second one goes.
    expect(attempt(repository, ['commit', '-p', '-m', 'x'], { input: 'n\ny\n' })).toEqual({
      passed: true,
      log: 'No new findings in 2 documents.\n',
    });
    expect(attempt(repository, ['commit', '-p', '-m', 'x'], { input: 'y\n' }).log).toContain('frontmatter-schema');
  });

  it('a merge shows only what neither parent had', () => {
    const repository = committed({ ...FILES, [OTHER]: plan({ id: 'PLAN-002', status: 'Dratf' }) });
    repository.git('checkout', '-q', '-b', 'side');
    repository.write({
      'dev_ops/plans/PLAN-003-c.md': plan({ id: 'PLAN-003', status: 'Actve', related: '[ADR-001]' }),
    });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ 'dev_ops/adrs/ADR-002-b.md': adr({ id: 'ADR-002' }) });
    repository.commit();
    hook(repository);
    expect(attempt(repository, ['merge', '--no-commit', '--no-ff', 'side']).passed).toBe(true);
    expect(attempt(repository, ['commit', '-m', 'merged'])).toEqual({
      passed: true,
      log: 'No new findings in 5 documents.\n',
    });
    // The one side takes away what the other begins to need.
    repository.git('checkout', '-q', '-b', 'needs');
    repository.write({ 'dev_ops/plans/PLAN-004-d.md': plan({ id: 'PLAN-004', related: '[ADR-002]' }) });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.git('rm', '-q', 'dev_ops/adrs/ADR-002-b.md');
    repository.git('commit', '-q', '--no-verify', '-m', 'gone');
    expect(attempt(repository, ['merge', '--no-commit', '--no-ff', 'needs']).passed).toBe(true);
    const { passed, log } = attempt(repository, ['commit', '-m', 'merged']);
    expect(passed).toBe(false);
    expect(log).toMatch(/PLAN-004-d\.md\n {2}7:16 {2}error {2}Unknown document `ADR-002`/);
    expect(log).toContain('1 error in 5 documents.');
  });

  it('two branches that take one id: the merge says so', () => {
    const repository = committed();
    repository.git('checkout', '-q', '-b', 'side');
    repository.write({ [OTHER]: plan({ id: 'PLAN-002', title: 'b' }) });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ 'dev_ops/plans/PLAN-002-c.md': plan({ id: 'PLAN-002', title: 'c' }) });
    repository.commit();
    hook(repository);
    attempt(repository, ['merge', '--no-commit', '--no-ff', 'side']);
    const { passed, log } = attempt(repository, ['commit', '-m', 'merged']);
    expect(passed).toBe(false);
    expect(log.match(/ unique-id$/gm)).toHaveLength(2);
  });

  it('conflicts that were resolved wrongly are found, a rebase is judged commit by commit', () => {
    const repository = committed();
    repository.git('checkout', '-q', '-b', 'side');
    repository.write({ [PLAN]: plan({ title: 'side', related: '[ADR-001]' }) });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ [PLAN]: plan({ title: 'main', related: '[ADR-001]' }) });
    repository.commit();
    hook(repository);
    attempt(repository, ['merge', 'side']);
    repository.git('add', PLAN);
    const wrong = attempt(repository, ['commit', '-m', 'merged']);
    expect([wrong.passed, wrong.log]).toEqual([false, expect.stringContaining('frontmatter-syntax')]);
    repository.write({ [PLAN]: plan({ title: 'both', related: '[ADR-001]' }) });
    repository.git('add', PLAN);
    expect(attempt(repository, ['commit', '-m', 'merged']).passed).toBe(true);
    repository.git('checkout', '-q', 'side');
    attempt(repository, ['rebase', 'main~1']);
    repository.git('rm', '-q', '--cached', ADR);
    repository.write({ [PLAN]: plan({ title: 'again', related: '[ADR-001]' }) });
    repository.git('add', PLAN);
    expect(attempt(repository, ['commit', '-m', 'x']).log).toMatch(DELETED);
  });

  it('works in a linked worktree and in a submodule', () => {
    const repository = committed();
    hook(repository);
    repository.git('worktree', 'add', '-q', '../linked', '-b', 'linked');
    const linked = join(repository.folder, '../linked');
    spawnSync('git', ['rm', '-q', ADR], { cwd: linked, env: environment() });
    expect(attempt(repository, ['commit', '-m', 'x'], { cwd: linked }).log).toMatch(DELETED);
    repository.git('worktree', 'remove', '--force', '../linked');
    const outer = new Repository({ 'README.md': '' });
    outer.commit();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', repository.folder, 'inner');
    outer.commit();
    const inner = join(outer.folder, 'inner');
    outer.write({
      '.git/modules/inner/hooks/pre-commit': readFileSync(join(repository.folder, '.git/hooks/pre-commit')),
    });
    chmodSync(join(outer.folder, '.git/modules/inner/hooks/pre-commit'), 0o755);
    spawnSync('git', ['rm', '-q', ADR], { cwd: inner, env: environment() });
    expect(attempt(repository, ['commit', '-m', 'x'], { cwd: inner }).log).toMatch(DELETED);
  });
});
