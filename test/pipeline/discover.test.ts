import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adr, plan } from '../helpers/documents.ts';
import { PROJECT, Repository } from '../helpers/repository.ts';

const BROKEN = plan({ status: 'Dratf' });

/** The files that a run finds something in. */
const found = (repository: Repository, args: readonly string[] = [], cwd = ''): string[] => {
  const { stdout, stderr } = repository.run(['--format', 'json', ...args], { cwd });
  expect(stderr).toBe('');
  return [...new Set((JSON.parse(stdout) as { findings: { file: string }[] }).findings.map((finding) => finding.file))];
};

describe.each([true, false])('which files are documents (in git: %s)', (git) => {
  it('every .md below a type folder, but for ignored ones', () => {
    const repository = new Repository(
      {
        '.gitignore': 'secret/\n*.tmp.md\n',
        'dev_ops/plans/PLAN-001-rate-limit.md': BROKEN,
        'dev_ops/plans/deep/down/PLAN-002-rate-limit.md': BROKEN,
        'dev_ops/plans/ünï cödé "x".md': BROKEN,
        'dev_ops/plans/README.md': BROKEN,
        'dev_ops/plans/index.md': BROKEN,
        'dev_ops/plans/_draft.md': BROKEN,
        'dev_ops/plans/PLAN-003.tmp.md': BROKEN,
        'dev_ops/plans/secret/PLAN-004-a.md': BROKEN,
        'dev_ops/plans/.gitignore': 'mine/\n',
        'dev_ops/plans/mine/PLAN-005-a.md': BROKEN,
        'dev_ops/plans/notes.txt': BROKEN,
        'dev_ops/notes.md': BROKEN,
        'dev_ops/planss/PLAN-006-a.md': BROKEN,
        'plans/PLAN-007-a.md': BROKEN,
      },
      { git },
    );
    expect(found(repository)).toEqual([
      'dev_ops/plans/PLAN-001-rate-limit.md',
      'dev_ops/plans/deep/down/PLAN-002-rate-limit.md',
      'dev_ops/plans/ünï cödé "x".md',
    ]);
  });

  it('several roots, with ids unique over all, and patterns of the config that take back a default', () => {
    const repository = new Repository(
      {
        'planproof.config.yaml': 'roots: [a, "services/x y"]\nignore: ["/a/adrs/old/", "!README.md"]\n',
        'a/adrs/ADR-001-count-in-memory.md': adr(),
        'a/adrs/old/ADR-001-count-in-memory.md': adr(),
        'a/adrs/README.md': '',
        'services/x y/adrs/ADR-001-count-in-memory.md': adr(),
      },
      { git },
    );
    expect(found(repository)).toEqual([
      'a/adrs/ADR-001-count-in-memory.md',
      'a/adrs/README.md',
      'services/x y/adrs/ADR-001-count-in-memory.md',
    ]);
  });

  it('from a subfolder the whole set is indexed, and paths are those of the subfolder', () => {
    const repository = new Repository(
      {
        'dev_ops/adrs/ADR-001-count-in-memory.md': adr(),
        'dev_ops/plans/PLAN-001-rate-limit.md': plan({ related: '[ADR-001, ADR-002]' }),
      },
      { git },
    );
    expect(found(repository, ['.'], 'dev_ops/plans')).toEqual(['dev_ops/plans/PLAN-001-rate-limit.md']);
    expect(found(repository, ['../adrs'], 'dev_ops/plans')).toEqual([]);
    expect(repository.report().map((finding) => finding.message)).toEqual([
      'Unknown document `ADR-002`, expected an existing adr, backlog, bug, plan, research or task: did you mean `ADR-001`?',
    ]);
  });
});

describe('in git', () => {
  it('a file deleted in the working tree is gone, one that is not tracked counts', () => {
    const repository = new Repository({
      'dev_ops/adrs/ADR-001-count-in-memory.md': adr(),
      'dev_ops/plans/PLAN-001-rate-limit.md': plan({ related: '[ADR-001]' }),
    });
    repository.commit();
    expect(repository.report()).toEqual([]);
    repository.git('rm', '-q', '--cached', 'dev_ops/adrs/ADR-001-count-in-memory.md');
    expect(repository.report()).toEqual([]);
    repository.git('add', '-A');
    repository.remove('dev_ops/adrs/ADR-001-count-in-memory.md');
    expect(repository.report().map((finding) => finding.rule)).toEqual(['relation-exists']);
  });

  it('a linked worktree is a repository of its own, and so is a nested dev_ops/', () => {
    const repository = new Repository({
      'dev_ops/plans/PLAN-001-rate-limit.md': plan(),
      'sub/dev_ops/plans/PLAN-001-other.md': BROKEN,
    });
    repository.commit();
    repository.git('worktree', 'add', '-q', 'tree');
    expect(repository.run(['lint'], { cwd: 'tree' })).toMatchObject({
      code: 0,
      stdout: 'No findings in 1 document.\n',
    });
    expect(found(repository, [], 'sub')).toEqual(['sub/dev_ops/plans/PLAN-001-other.md']);
  });

  it("the variables of another repository's hook do not lead astray", () => {
    const other = new Repository({ 'dev_ops/plans/PLAN-009-x.md': BROKEN });
    const repository = new Repository({ 'dev_ops/plans/PLAN-001-rate-limit.md': plan() });
    const env = {
      GIT_DIR: join(other.folder, '.git'),
      GIT_INDEX_FILE: join(other.folder, '.git', 'index'),
      GIT_WORK_TREE: other.folder,
    };
    expect(repository.run(['lint'], { env })).toMatchObject({ code: 0, stdout: 'No findings in 1 document.\n' });
  });
});

describe('standard input', () => {
  it('takes the place of the file it is named after', () => {
    const path = 'dev_ops/plans/PLAN-001-rate-limit.md';
    const repository = new Repository({ [path]: plan(), 'dev_ops/adrs/ADR-001-count-in-memory.md': adr() });
    const run = (input: string, ...args: string[]) => repository.run(['lint', '--stdin', ...args], { input });
    expect(run(plan({ related: '[ADR-001]' }), '--stdin-filename', path)).toMatchObject({
      code: 0,
      stdout: 'No findings in 1 document.\n',
    });
    const { code, stdout } = run(plan({ related: '[ADR-002]' }), '--stdin-filename', path);
    expect(code).toBe(1);
    expect(stdout).toContain('     7 | related_docs: [ADR-002]\n       |                ^^^^^^^\n');
  });

  it('without a name is judged by what it says of itself, or by --type', () => {
    const repository = new Repository({ 'dev_ops/adrs/ADR-001-count-in-memory.md': adr() });
    const run = (input: string, ...args: string[]) =>
      repository.run(['lint', '--stdin', '--format', 'json', ...args], { input });
    expect(run(plan()).code).toBe(0);
    expect(JSON.parse(run('# Hello\n').stdout).findings[0].rule).toBe('unknown-type');
    expect(JSON.parse(run('# Hello\n', '--type', 'plan').stdout).findings[0].rule).toBe('frontmatter-required');
    expect(run(plan(), '--stdin-filename', '').code).not.toBe(1);
  });

  it('is refused together with paths', () => {
    expect(new Repository().run(['lint', '--stdin', 'x.md']).stderr).toBe(
      'planproof: Both --stdin and paths\n  Give one of them.\n',
    );
    expect(new Repository().run(['lint', '--stdin-filename', 'x.md']).stderr).toMatch(
      /^planproof: --stdin-filename without --stdin\n/,
    );
  });
});

describe('the type of a document', () => {
  const types = (path: string, frontmatter: string): string => {
    const repository = new Repository({ [path]: `---\n${frontmatter}\n---\n` });
    return JSON.parse(repository.run(['config', path, '--json']).stdout).type;
  };

  it.each([
    ['folder and prefix agree', 'dev_ops/plans/a.md', 'id: PLAN-001\ntype: adr', 'plan'],
    ['folder and field agree', 'dev_ops/plans/a.md', 'id: ADR-001\ntype: plan', 'plan'],
    ['prefix and field agree', 'dev_ops/plans/a.md', 'id: ADR-001\ntype: adr', 'adr'],
    ['all differ', 'dev_ops/plans/a.md', 'id: ADR-001\ntype: bug', 'bug'],
    ['only folder and field, which differ', 'dev_ops/plans/a.md', 'type: bug', 'bug'],
    ['only folder and prefix, which differ', 'dev_ops/plans/a.md', 'id: BUG-1', 'bug'],
    ['only the folder', 'dev_ops/plans/a.md', 'title: x', 'plan'],
    ['an unknown field', 'dev_ops/plans/a.md', 'type: paln', 'plan'],
    ['an alias of the prefix', 'x/a.md', 'id: RES-1', 'research'],
    ['a marker without an id', 'x/a.md', 'produces: PLAN-XXX', 'workflow'],
    ['a marker with an id is none', 'dev_ops/plans/a.md', 'id: PLAN-001\nproduces: PLAN-XXX', 'plan'],
  ])('%s', (_what, path, frontmatter, type) => {
    expect(types(path, frontmatter)).toBe(type);
  });

  it.each([
    ['the folder is odd', 'dev_ops/adrs/PLAN-001-rate-limit.md', plan(), '2:5 file-location'],
    [
      'the prefix is odd',
      'dev_ops/plans/PLAN-001-rate-limit.md',
      plan().replace('id: PLAN-001', 'id: ADR-001'),
      '2:5 id-format',
    ],
    [
      'the field is odd',
      'dev_ops/plans/PLAN-001-rate-limit.md',
      plan().replace('type: plan', 'type: adr'),
      '4:7 frontmatter-schema',
    ],
  ])('%s: the only finding is about it', (_what, path, content, finding) => {
    expect(new Repository({ [path]: content }).report().map((f) => `${f.line}:${f.column} ${f.rule}`)).toEqual([
      finding,
    ]);
  });
});

it('the parser can be switched, with the same verdicts on the broken example', () => {
  const example = join(PROJECT, 'examples', 'broken');
  const repository = new Repository({ 'planproof.config.json': '{ "parser": "remark" }' });
  repository.copy(join(example, 'dev_ops'), 'dev_ops');
  const remark = repository.report();
  repository.write({ 'planproof.config.json': '{ "parser": "satteri" }' });
  expect(remark).toHaveLength(
    JSON.parse(readFileSync(join(PROJECT, 'examples', 'defects.json'), 'utf8')).defects.length,
  );
  expect(repository.report()).toEqual(remark);
});
