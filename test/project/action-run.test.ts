import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActionEvent, type ActionOutcome, Runner } from '../helpers/action.ts';
import { adr, plan } from '../helpers/documents.ts';
import { installTarball, packProject } from '../helpers/package.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const runner = new Runner();
beforeAll(() => installTarball(packProject(runner.folder), runner.modules));
afterAll(() => runner.dispose());

const ZEROS = '0'.repeat(40);
const PUSH: ActionEvent = { name: 'push', payload: { before: ZEROS } };
const CLEAN: Files = {
  'dev_ops/adrs/ADR-001-count-in-memory.md': adr(),
  'dev_ops/plans/PLAN-001-rate-limit.md': plan({ related: '[ADR-001]' }),
};
const BROKEN: Files = { ...CLEAN, 'dev_ops/plans/PLAN-001-rate-limit.md': plan({ related: '[ADR-009]' }) };
const WARNED: Files = {
  ...CLEAN,
  'dev_ops/plans/PLAN-001-rate-limit.md': plan({ related: '[ADR-1]' }),
};

function checkout(files: Files): Repository {
  const repository = new Repository(files);
  repository.commit();
  return repository;
}

const use = (
  repository: Repository,
  inputs: Readonly<Record<string, string>> = {},
  event: ActionEvent = PUSH,
): Promise<ActionOutcome> => runner.use({ workspace: repository.folder, event, inputs });

describe('the steps of the action on a push', () => {
  it('pass a clean repository, and say so', async () => {
    const outcome = await use(checkout(CLEAN));
    expect(outcome).toEqual({
      code: 0,
      stdout: 'No findings in 2 documents.\n',
      stderr: '',
      outputs: { errors: '0', warnings: '0', 'sarif-file': '' },
      summary: '**planproof**: No findings in 2 documents\n',
    });
  });

  it('fail on an error, with an annotation on its line and all findings in the job summary', async () => {
    const outcome = await use(checkout(BROKEN));
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toMatch(
      /^::error file=dev_ops\/plans\/PLAN-001-rate-limit\.md,line=7,endLine=7,col=16,endColumn=22,title=planproof%3A relation-exists::Unknown document `ADR-009`/m,
    );
    expect(outcome.stderr).toBe('');
    expect(outcome.outputs).toEqual({ errors: '1', warnings: '0', 'sarif-file': '' });
    expect(outcome.summary).toContain('ADR-009');
  });

  it.each([
    ['error', WARNED, 0],
    ['warning', WARNED, 1],
    ['warning', CLEAN, 0],
    ['never', WARNED, 0],
    ['never', BROKEN, 0],
  ])('fail-on: %s', async (failOn, files, code) => {
    const outcome = await use(checkout(files), { 'fail-on': failOn });
    expect([outcome.code, outcome.stderr]).toEqual([code, '']);
    expect(outcome.outputs).toMatchObject({
      errors: files === BROKEN ? '1' : '0',
      warnings: files === WARNED ? '1' : '0',
    });
  });

  it('show the findings of the paths, one a line, relative to the folder they work in', async () => {
    const files = { ...BROKEN, 'dev_ops/plans/PLAN-002-two words.md': plan({ id: 'PLAN-002', related: '[ADR-008]' }) };
    const paths = 'plans/PLAN-002-two words.md\r\n\n  adrs  \n';
    const { code, stdout } = await use(checkout(files), { paths, 'working-directory': 'dev_ops', format: 'text' });
    expect(code).toBe(1);
    expect(stdout).toContain('ADR-008');
    expect(stdout).not.toContain('ADR-009');
  });

  it('leave nothing behind, neither in the checkout nor in the folder of the runner', async () => {
    const repository = checkout(BROKEN);
    await use(repository, { 'sarif-file': 'out/planproof.sarif' });
    expect(repository.git('status', '--porcelain', '--ignored', '-uall')).toBe('?? out/planproof.sarif\n');
    expect(existsSync(runner.modules)).toBe(true);
    expect(readdirSync(runner.temp)).toEqual([`planproof-${runner.version}`]);
  });
});

describe('reports of the action', () => {
  it('are written below the workspace, and sarif-file is named as upload actions take it', async () => {
    const repository = checkout(BROKEN);
    const format = 'text\njunit=out/junit.xml\njson=out=1.json';
    const outcome = await use(repository, { format, 'sarif-file': './out/planproof.sarif' });
    expect(outcome.code).toBe(1);
    expect(outcome.outputs['sarif-file']).toBe('out/planproof.sarif');
    expect(outcome.summary).toBe('');
    expect(outcome.stdout).toMatch(/1 error in 2 documents\. planproof explain <rule> tells more\.$/m);
    const { runs } = JSON.parse(repository.read('out/planproof.sarif'));
    expect(runs[0].results.map((result: { ruleId: string }) => result.ruleId)).toEqual(['relation-exists']);
    expect(repository.read('out/junit.xml')).toContain('<testsuites');
    expect(JSON.parse(repository.read('out=1.json')).summary.errors).toBe(1);
  });

  it('replace what lies in their place, and follow no link out of the checkout', async () => {
    const repository = checkout(CLEAN);
    const elsewhere = join(runner.folder, 'elsewhere');
    writeFileSync(elsewhere, 'untouched');
    repository.link(elsewhere, 'planproof.sarif');
    const outcome = await use(repository, { 'sarif-file': 'planproof.sarif' });
    expect([outcome.code, readFileSync(elsewhere, 'utf8')]).toEqual([0, 'untouched']);
    expect(JSON.parse(repository.read('planproof.sarif')).version).toBe('2.1.0');
  });

  it.each([
    ['../planproof.sarif', 'a path that leads out'],
    ['out/planproof.sarif', 'a link to a folder outside'],
    ['dev_ops', 'a folder'],
  ])('are refused at %s: %s', async (file) => {
    const repository = checkout(CLEAN);
    const outside = join(runner.folder, 'outside');
    mkdirSync(outside, { recursive: true });
    repository.link(outside, 'out');
    const outcome = await use(repository, { 'sarif-file': file });
    expect([outcome.code, outcome.stdout]).toEqual([
      2,
      `::error title=planproof::Unexpected \`${file}\` for a report, expected a file inside the workspace\n`,
    ]);
    expect(existsSync(join(outside, 'planproof.sarif'))).toBe(false);
  });

  it('are not sent through a link that leads nowhere yet', async () => {
    const repository = checkout(CLEAN);
    const nowhere = join(runner.folder, 'nowhere');
    symlinkSync(nowhere, join(repository.folder, 'out'));
    const outcome = await use(repository, { 'sarif-file': 'out/planproof.sarif' });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toContain('::error title=planproof::Cannot write the report ');
    expect(existsSync(nowhere)).toBe(false);
  });
});

describe('inputs that mean harm, or nothing', () => {
  const refused = async (inputs: Readonly<Record<string, string>>): Promise<string> => {
    const repository = checkout(CLEAN);
    const outcome = await use(repository, { 'fail-on': 'never', ...inputs });
    expect(outcome.code).toBe(2);
    expect(outcome.outputs).toEqual({});
    expect(repository.git('status', '--porcelain')).toBe('');
    return outcome.stdout;
  };

  it.each(['$(touch pwned)', '`touch pwned`', '"; touch pwned; "', '--cwd=/', '-h'])(
    'paths: %s is a path like any other',
    async (paths) => {
      const said = await refused({ paths });
      expect(said).toMatch(/^::error title=planproof could not run::/);
      expect(said).toContain(paths);
    },
  );

  it.each([
    [
      'base',
      '--upload-pack=touch pwned',
      'Unexpected `--upload-pack=touch pwned` as `base`, expected a commit, a branch, a tag or none',
    ],
    ['base', 'main\n::error::pwned', 'Unexpected line break in `base`, expected one line'],
    ['working-directory', '../..', 'Unexpected `../..` as `working-directory`, expected a folder inside the workspace'],
    ['working-directory', '/', 'Unexpected `/` as `working-directory`, expected a folder inside the workspace'],
    ['working-directory', 'gone', 'Unexpected `gone` as `working-directory`, expected a folder inside the workspace'],
    ['working-directory', 'dev_ops\n..', 'Unexpected line break in `working-directory`, expected one line'],
    ['fail-on', 'sometimes', 'Unexpected `sometimes` as `fail-on`, expected error, warning or never'],
    ['use', 'checkout', 'Unexpected `checkout` as `use`, expected package or project'],
    ['version', 'latest', 'Unexpected `latest` as `version`, expected an exact version such as 1.2.3'],
    [
      'version',
      '1.2.3 --registry=http://localhost',
      'Unexpected `1.2.3 --registry=http://localhost` as `version`, expected an exact version such as 1.2.3',
    ],
    ['version', 'file:.', 'Unexpected `file:.` as `version`, expected an exact version such as 1.2.3'],
    ['format', '--fix', 'Unexpected `--fix` as `format`, expected name or name=file'],
    ['format', 'json=', 'Unexpected `json=` as `format`, expected name or name=file'],
  ])('%s: %s', async (name, value, message) => {
    expect(await refused({ [name]: value })).toBe(`::error title=planproof::${message}\n`);
  });

  it('a format that does not exist is an error, and so are two on the log', async () => {
    expect(await refused({ format: 'txt' })).toContain('could not run::Unknown format `txt`');
    expect(await refused({ format: 'text\ngithub' })).toContain('could not run::Two formats on standard output');
  });

  it('a link in the checkout is no way out of the workspace', async () => {
    const repository = checkout(CLEAN);
    repository.link(runner.folder, 'inside');
    const { code, stdout } = await use(repository, { 'working-directory': 'inside' });
    expect([code, stdout]).toEqual([
      2,
      '::error title=planproof::Unexpected `inside` as `working-directory`, expected a folder inside the workspace\n',
    ]);
  });

  it('what a document or a file name says reaches the log as no command', async () => {
    const title = '"x\\n::error::pwned ##[error]pwned"';
    const text = plan({ related: '[ADR-001]', title: 'Rate limit' }).replace('title: Rate limit', `title: ${title}`);
    const { stdout, stderr } = await use(checkout({ ...CLEAN, 'dev_ops/plans/PLAN-001-rate-limit.md': text }));
    for (const line of `${stdout}${stderr}`.split('\n')) {
      expect(line).not.toMatch(/^\s*::error::pwned/);
      expect(line).not.toContain('##[error]');
    }
    expect(stdout).toMatch(/^::error file=/);
  });
});

describe('a run that cannot judge', () => {
  it('fails, whatever fail-on says, and tells why at the step', async () => {
    const repository = checkout({ ...CLEAN, 'planproof.config.json': '{ "rotos": [] }' });
    const outcome = await use(repository, { 'fail-on': 'never' });
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toMatch(/^::error title=planproof could not run::[^\n]*rotos[^\n]*\n$/);
    expect(outcome.stderr).toContain('rotos');
    expect(outcome.outputs).toEqual({});
  });

  it('is said of a step that is none', async () => {
    const repository = checkout(CLEAN);
    const outcome = await runner.use({ workspace: repository.folder, event: PUSH, env: { RUNNER_TEMP: '' } });
    expect([outcome.code, outcome.stdout]).toEqual([
      2,
      '::error title=planproof::No RUNNER_TEMP here, expected to run as a step of GitHub Actions\n',
    ]);
  });
});
