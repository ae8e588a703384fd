import { describe, expect, it } from 'vitest';
import { packageVersion } from '../../src/model/package-files.ts';
import { adr, plan } from '../helpers/documents.ts';
import { manifest } from '../helpers/installed.ts';
import { Repository } from '../helpers/repository.ts';
import { init, stateOf } from '../helpers/setup.ts';

const PLAN = `packages: npm (no lock file)
documents: none yet; new ones go below dev_ops/
hooks: git (no hook manager)
CI: none found (--ci github or --ci gitlab writes a step)

create  planproof.config.json
        says that documents are kept here; all else is as by default
create  dev_ops/workflows/create_plan.md
        how a document of the kind PLAN-XXX comes about; yours to change
create  .githooks/pre-commit
        every commit is judged, those that only delete files too
create  .githooks/pre-merge-commit
        merges are judged: git does not ask pre-commit for those without conflicts
change  package.json
        the same in every other clone
          @@ -1,3 +1,6 @@
           {
          -  "name": "example"
          +  "name": "example",
          +  "scripts": {
          +    "prepare": "git config core.hooksPath .githooks || exit 0"
          +  }
           }
set     git config core.hooksPath .githooks
        git runs the hooks of that folder, in every worktree of this clone

run     npm install --save-dev planproof
        hook and CI run what is installed
`;
const MANIFEST = '{\n  "name": "example"\n}\n';

describe('init shows what it will do', () => {
  it('and with --dry-run writes nothing', () => {
    const repository = new Repository({ 'package.json': MANIFEST });
    const before = stateOf(repository);
    expect(repository.run(['init', '--dry-run'])).toEqual({ code: 0, stdout: PLAN, stderr: '' });
    expect(stateOf(repository)).toEqual(before);
  });

  it('and without a terminal and --yes refuses, as with --json', () => {
    const repository = new Repository({ 'package.json': MANIFEST });
    const before = stateOf(repository);
    const stderr =
      'planproof: Nothing written: there is nobody to ask\n  Add --yes to have it written, or --dry-run to see it only.\n';
    expect(repository.run(['init'])).toEqual({ code: 2, stdout: PLAN, stderr });
    const json = repository.run(['init', '--json']);
    expect([json.code, json.stderr, JSON.parse(json.stdout).written]).toEqual([2, stderr, false]);
    expect(stateOf(repository)).toEqual(before);
  });

  it('and with --yes writes it; what it wrote gives no finding', () => {
    const repository = new Repository({ 'package.json': MANIFEST });
    const hooks = '.githooks/pre-commit, .githooks/pre-merge-commit';
    const written = `planproof.config.json, dev_ops/workflows/create_plan.md, ${hooks}, package.json`;
    expect(repository.run(['init', '--yes'])).toEqual({
      code: 0,
      stdout: `${PLAN}\nWritten: ${written}\n`,
      stderr: '',
    });
    expect(repository.git('config', 'core.hooksPath')).toBe('.githooks\n');
    expect(repository.run(['lint', '--max-warnings', '0'])).toMatchObject({ code: 0 });
    expect(JSON.parse(repository.read('planproof.config.json'))).toEqual({
      $schema: './node_modules/planproof/schemas/config.schema.json',
    });
    const before = stateOf(repository);
    const again = repository.run(['init']);
    expect(again.stdout).toMatch(/\nNothing to write: all of it is in place\.\n$/);
    expect([again.code, again.stderr, stateOf(repository)]).toEqual([0, '', before]);
  });
});

describe('init refuses', () => {
  const refused = (repository: Repository, ...args: string[]): string => {
    const { code, stderr } = repository.run(['init', '--yes', ...args]);
    expect(code).toBe(2);
    return stderr;
  };

  it('outside git', () => {
    const repository = new Repository({}, { git: false });
    expect(refused(repository)).toBe(
      'planproof: No git repository here\n  git init begins one; planproof judges what is committed to it.\n',
    );
    expect(repository.has('planproof.config.json')).toBe(false);
  });

  it.each([
    ['a broken package.json', { 'package.json': '{' }, /^planproof: package\.json: no valid JSON \(/],
    [
      'a broken config',
      { 'planproof.config.json': '{"root": []}' },
      /^planproof: planproof\.config\.json:1:2: Unknown key `root`/,
    ],
    [
      'a hook that is no text',
      { '.husky/pre-commit': new Uint8Array([0xff, 0xfe]), 'package.json': manifest(['husky']) },
      /^planproof: Cannot read \.husky\/pre-commit: it is not UTF-8 text\n$/,
    ],
  ])('%s, and writes nothing', (_, files, message) => {
    const repository = new Repository(files as Record<string, string>);
    const before = stateOf(repository);
    expect(refused(repository)).toMatch(message);
    expect(stateOf(repository)).toEqual(before);
  });

  it('a hook that is a symbolic link', () => {
    const repository = new Repository({ 'package.json': manifest(['husky']), '.husky/other': '', outside: '' });
    repository.link('../outside', '.husky/pre-commit');
    expect(refused(repository)).toContain('Cannot read .husky/pre-commit: Unexpected symbolic link');
    expect(repository.read('outside')).toBe('');
  });

  it('husky without a package.json, and names that it does not know', () => {
    expect(refused(new Repository(), '--hook', 'husky')).toContain('husky needs a package.json');
    expect(refused(new Repository(), '--hook', 'overcommit')).toContain('Allowed choices are husky, lefthook');
    expect(refused(new Repository(), '--ci', 'jenkins')).toContain('Allowed choices are github, gitlab, none');
  });
});

describe('init without a package.json', () => {
  it('starts planproof by its version, and says what other clones need', () => {
    const repository = new Repository();
    const told = init(repository, ['--ci', 'github']);
    const run = `npx --yes planproof@${packageVersion()}`;
    expect(repository.read('.githooks/pre-commit')).toMatch(new RegExp(`^#!/bin/sh\n#.*\n${run} lint --staged\n$`));
    expect(repository.read('.github/workflows/planproof.yml')).toContain(`- run: ${run} lint `);
    expect(told.commands).toEqual([
      {
        command: 'git config core.hooksPath .githooks',
        why: 'once in every other clone, since git clones no settings',
      },
    ]);
    expect(JSON.parse(repository.read('planproof.config.json'))).toEqual({
      $schema: `https://unpkg.com/planproof@${packageVersion()}/schemas/config.schema.json`,
    });
  });
});

describe('init in a part of the repository', () => {
  it('sets the whole up from a package below, and finds that package again from the top', () => {
    const repository = new Repository({ 'web/package.json': manifest(['planproof']), 'web/src/a.ts': '' });
    init(repository, [], 'web/src');
    expect(repository.has('planproof.config.json')).toBe(true);
    expect(repository.read('.githooks/pre-commit')).toContain('\ncd web && npx --no-install planproof lint --staged\n');
    expect(JSON.parse(repository.read('planproof.config.json')).$schema).toBe(
      './web/node_modules/planproof/schemas/config.schema.json',
    );
    expect(repository.run(['init', '--yes']).stdout).toContain('Nothing to write');
  });

  it('keeps to the folder that has the documents, and to the root of the workspace for its packages', () => {
    const repository = new Repository({
      'package.json': manifest(['planproof'], { workspaces: ['packages/*'] }),
      'packages/a/package.json': '{}',
      'packages/a/dev_ops/adrs/ADR-001-a.md': adr(),
    });
    const told = init(repository, [], 'packages/a');
    expect(told.files.map(({ path }) => path)).toEqual([
      'packages/a/planproof.config.json',
      'packages/a/dev_ops/workflows/create_plan.md',
      '.githooks/pre-commit',
      '.githooks/pre-merge-commit',
      'package.json',
    ]);
    expect(repository.read('.githooks/pre-commit')).toContain(
      '\nnpx --no-install planproof --cwd packages/a lint --staged\n',
    );
    expect(JSON.parse(repository.read('packages/a/planproof.config.json')).$schema).toBe(
      '../../node_modules/planproof/schemas/config.schema.json',
    );
  });
});

describe('init looks where documents lie', () => {
  const rootsOf = (repository: Repository): unknown => JSON.parse(repository.read('planproof.config.json')).roots;

  it.each([
    [
      ['docs/plans/PLAN-001-a.md', 'docs/plans/PLAN-002-b.md', 'dev_ops/plans/PLAN-003-c.md'],
      ['docs', 'dev_ops'],
    ],
    [['plans/PLAN-001-a.md'], ['.']],
    [['dev_ops/plans/PLAN-001-a.md'], undefined],
    [['a/b/plans/deep/er/PLAN-001-a.md'], ['a/b']],
    [['node_modules/x/plans/PLAN-001-a.md', 'vendor/plans/PLAN-002-a.md'], undefined],
  ])('%j: roots %j', (paths, roots) => {
    const files = paths.map((path) => [path, plan({ id: /PLAN-[0-9]+/.exec(path)?.[0] as string })]);
    const repository = new Repository(Object.fromEntries(files));
    init(repository);
    expect(rootsOf(repository)).toEqual(roots);
  });

  it("writes the type as the repository's own where its folder has another name", () => {
    const repository = new Repository({ 'docs/adr/ADR-001-a.md': adr(), 'docs/plans/PLAN-001-a.md': plan() });
    const told = init(repository);
    expect(rootsOf(repository)).toEqual(['docs']);
    expect(told.files.map(({ path }) => path)).toContain('planproof/adr.schema.json');
    expect(JSON.parse(repository.read('planproof/adr.schema.json'))['x-document'].folder).toBe('adr');
    expect(repository.findings()).toEqual([]);
    expect(repository.run(['create', 'adr', '--title', 'Next']).stdout).toBe('docs/adr/ADR-002-next.md\n');
    expect(repository.read('docs/workflows/create_plan.md')).toContain(
      'This writes `docs/plans/PLAN-XXX-plan-title.md`',
    );
  });

  it('says what it leaves alone: files without an id, and documents in several places', () => {
    const repository = new Repository({
      'docs/decisions/0001-a.md': '# A\n',
      'docs/decisions/0002-b.md': '---\nstatus: accepted\n---\n# B\n',
      'docs/decisions/README.md': '# Decisions\n',
      'x/ADR-001-a.md': adr('ADR-001'),
      'y/ADR-002-b.md': adr('ADR-002'),
      'dev_ops/plans/PLAN-001-a.md': plan(),
    });
    expect(init(repository).notes).toEqual(
      expect.arrayContaining([
        'documents: 3; roots: dev_ops',
        "in no type's folder, and so not judged: x/ADR-001-a.md, y/ADR-002-b.md",
        'docs/decisions/: 2 files look like type adr, without an id: not touched, not judged',
      ]),
    );
  });

  it('leaves a config and a workflow alone that are there', () => {
    const repository = new Repository({
      'package.json': manifest(['planproof'], { planproof: { roots: ['docs'] } }),
      'docs/workflows/how.md': '---\ndescription: ours\nproduces: PLAN-XXX\n---\n',
    });
    const told = init(repository, ['--hook', 'none']);
    expect([told.files, told.notes]).toEqual([
      [],
      [
        'packages: npm (no lock file)',
        'config: package.json, left as it is',
        'CI: none found (--ci github or --ci gitlab writes a step)',
      ],
    ]);
  });
});

describe('init on request', () => {
  it('settles line ends, and keeps what is there', () => {
    const repository = new Repository({ '.gitattributes': '*.png binary' });
    init(repository, ['--gitattributes']);
    expect(repository.read('.gitattributes')).toBe('*.png binary\ndev_ops/** text=auto eol=lf\n');
  });

  it('tells the editor of the schemas, and keeps comments, order and indentation', () => {
    const settings = `{
\t// ours
\t"editor.rulers": [120], // wide
\t"json.schemas": [
\t\t{ "fileMatch": ["a.json"], "url": "./a.schema.json" } // a
\t],
\t"z": 1
}
`;
    const repository = new Repository({ 'package.json': MANIFEST, '.vscode/settings.json': settings });
    init(repository, ['--vscode']);
    const after = repository.read('.vscode/settings.json');
    for (const line of settings.split('\n').filter((one) => !one.includes('a.schema.json')))
      expect(after).toContain(line);
    expect(after).toContain('"./node_modules/planproof/schemas/board.schema.json"');
    expect(after).toContain('// a');
    expect(after.indexOf('"editor.rulers"')).toBeLessThan(after.indexOf('"z"'));
  });

  it('says what to do where the settings cannot be read', () => {
    const repository = new Repository({ '.vscode/settings.json': '{ broken' });
    const told = init(repository, ['--vscode']);
    expect(told.byHand[0]?.why).toBe('.vscode/settings.json cannot be extended safely: put this into it');
    expect(repository.read('.vscode/settings.json')).toBe('{ broken');
  });
});
