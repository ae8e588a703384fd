import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActionEvent, type ActionOutcome, Runner } from '../helpers/action.ts';
import { Repository } from '../helpers/repository.ts';

/** Stands in for planproof: notes how it was started, and ends as it is told. */
const STAND_IN = `
const { writeFileSync } = require('node:fs');
const { SEEN, ENDS = '0', REPORT = '{"summary":{"errors":0,"warnings":0}}', SAYS = '' } = process.env;
const steering = Object.keys(process.env).filter((name) => /^(PLANPROOF_|GITHUB_(OUTPUT|ENV|PATH|STATE)$)/.test(name));
writeFileSync(SEEN, JSON.stringify({ file: __filename, argv: process.argv.slice(2), cwd: process.cwd(), steering }));
const report = process.argv.find((one) => /^--format=json=.*counts/.test(one)).slice('--format=json='.length);
if (REPORT !== '') writeFileSync(report, REPORT);
process.stderr.write(SAYS);
process.exit(Number(ENDS));
`;

function standIn(folder: string, version: string): Record<string, string> {
  return {
    [join(folder, 'package.json')]: JSON.stringify({ name: 'planproof', version, bin: { planproof: 'dist/cli.cjs' } }),
    [join(folder, 'dist/cli.cjs')]: STAND_IN,
  };
}

const runner = new Runner();
beforeAll(() => {
  for (const [file, text] of Object.entries(standIn(join(runner.modules, 'planproof'), runner.version))) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
});
afterAll(() => runner.dispose());

interface Seen {
  readonly file: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly steering: readonly string[];
}

interface Use {
  readonly event?: ActionEvent;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly repository?: Repository;
}

function checkout(): Repository {
  const repository = new Repository({ 'dev_ops/README.md': '' });
  repository.commit('one');
  repository.write({ 'dev_ops/README.md': 'two' });
  repository.commit('two');
  return repository;
}

const ZEROS = '0'.repeat(40);
const UNKNOWN = 'ab'.repeat(20);

/** Uses the action, and tells how the stand-in was started; undefined when it was not. */
async function use({
  event = { name: 'push', payload: {} },
  inputs = {},
  env = {},
  repository = checkout(),
}: Use): Promise<ActionOutcome & { seen: Seen | undefined }> {
  const file = join(runner.folder, 'seen.json');
  writeFileSync(file, '');
  const outcome = await runner.use({ workspace: repository.folder, event, inputs, env: { SEEN: file, ...env } });
  const seen = readFileSync(file, 'utf8');
  return { ...outcome, seen: seen === '' ? undefined : (JSON.parse(seen) as Seen) };
}

const bases = (seen: Seen | undefined): string[] => (seen?.argv ?? []).filter((one) => one.startsWith('--base'));

const pullRequest = (from: unknown, to: unknown = 'team/plans', sha: unknown = UNKNOWN): unknown => ({
  pull_request: { head: { repo: from }, base: { sha, repo: { full_name: to } } },
});
const OWN = { full_name: 'team/plans' };
const FORK = { full_name: 'stranger/plans' };

describe('what the action compares with', () => {
  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])(
    '%s: the base of the pull request',
    async (name) => {
      expect(bases((await use({ event: { name, payload: pullRequest(FORK) } })).seen)).toEqual([`--base=${UNKNOWN}`]);
    },
  );

  it('merge_group: the commit on which the group rests', async () => {
    const base_sha = 'cd'.repeat(32);
    const { seen } = await use({ event: { name: 'merge_group', payload: { merge_group: { base_sha } } } });
    expect(bases(seen)).toEqual([`--base=${base_sha}`]);
  });

  it('push: what it replaces, if the checkout has it', async () => {
    const repository = checkout();
    const before = repository.git('rev-parse', 'HEAD~1').trim();
    const { seen } = await use({ repository, event: { name: 'push', payload: { before } } });
    expect(bases(seen)).toEqual([`--base=${before}`]);
  });

  it.each([
    ['a new branch', 'push', { before: ZEROS }],
    ['a commit that the checkout lacks', 'push', { before: UNKNOWN }],
    ['no commit at all', 'push', { before: '--upload-pack=x' }],
    ['an event that cannot be read', 'push', undefined],
    ['an event that is no JSON', 'push', '{'],
    ['another event', 'schedule', { before: UNKNOWN }],
  ])('%s: nothing', async (_, name, payload) => {
    const { code, seen } = await use({ event: { name, payload } });
    expect([code, bases(seen)]).toEqual([0, []]);
  });

  it('the input comes before the event, and none means none', async () => {
    const event = { name: 'pull_request', payload: pullRequest(OWN) };
    expect(bases((await use({ event, inputs: { base: 'origin/main' } })).seen)).toEqual(['--base=origin/main']);
    expect(bases((await use({ event, inputs: { base: 'none' } })).seen)).toEqual([]);
  });

  it.each([
    ['an event that cannot be read', undefined],
    ['an event that is no object', '"x"'],
    ['a hash that is none', pullRequest(OWN, 'team/plans', `${UNKNOWN}\n--x`)],
    ['a hash that is cut off', pullRequest(OWN, 'team/plans', 'abcdef0')],
    ['an option', pullRequest(OWN, 'team/plans', '--upload-pack=x')],
  ])('a pull request with %s is no reason to compare with nothing', async (_, payload) => {
    const { code, stdout, seen } = await use({ event: { name: 'pull_request', payload } });
    expect([code, stdout, seen]).toEqual([
      2,
      '::error title=planproof::The event pull_request names no base commit%0AGive one as `base`, or `base: none`.\n',
      undefined,
    ]);
  });
});

describe('what the action runs', () => {
  const project = (): Repository => {
    const repository = checkout();
    repository.write(standIn('node_modules/planproof', '9.9.9'));
    return repository;
  };

  it('is the published package, also where the checkout has one', async () => {
    const repository = project();
    const { seen } = await use({ repository });
    expect(seen?.file).toBe(join(runner.modules, 'planproof', 'dist', 'cli.cjs'));
    expect(seen?.cwd).toBe(repository.folder);
  });

  it('gets its options, then the paths, and nothing by which a step steers others', async () => {
    const { seen } = await use({ inputs: { paths: 'a\n--fix\nb c' } });
    expect(seen?.argv.slice(0, 2)).toEqual(['lint', '--format=github']);
    expect(seen?.argv[2]).toMatch(/^--format=json=/);
    expect(seen?.argv.slice(3)).toEqual(['--', 'a', '--fix', 'b c']);
    expect(seen?.steering).toEqual([]);
  });

  it.each([
    ['push', {}],
    ['schedule', {}],
    ['workflow_dispatch', {}],
    ['pull_request', pullRequest(OWN)],
    ['pull_request_target', pullRequest(OWN)],
  ])('use: project runs the package of the checkout on %s of its own', async (name, payload) => {
    const repository = project();
    const { code, seen } = await use({ repository, event: { name, payload }, inputs: { use: 'project' } });
    expect([code, seen?.file]).toEqual([0, join(repository.folder, 'node_modules/planproof/dist/cli.cjs')]);
  });

  it.each([
    ['a pull request from a fork', 'pull_request', pullRequest(FORK)],
    ['a pull request from a fork, with the rights of the target', 'pull_request_target', pullRequest(FORK)],
    ['a pull request from a fork that is gone', 'pull_request', pullRequest(null)],
    ['two repositories without names', 'pull_request', pullRequest({ full_name: '' }, '')],
    ['a comment, for which a workflow may have checked out anything', 'issue_comment', {}],
    ['another run, which may have been one of a fork', 'workflow_run', {}],
    ['a push whose event cannot be read', 'push', undefined],
    ['no event', '', undefined],
  ])('use: project is refused for %s', async (_, name, payload) => {
    const { code, stdout, seen } = await use({
      repository: project(),
      event: { name, payload },
      inputs: { use: 'project', base: 'none' },
    });
    expect([code, stdout, seen]).toEqual([
      2,
      '::error title=planproof::`use: project` would run code that anybody may have proposed%0ALeave `use` at `package` for pull requests from forks.\n',
      undefined,
    ]);
  });

  it('use: project looks upwards from the folder it works in, and says when there is nothing', async () => {
    const inputs = { use: 'project', 'working-directory': 'dev_ops' };
    expect((await use({ repository: project(), inputs })).code).toBe(0);
    const { code, stdout } = await use({ inputs });
    expect([code, stdout]).toEqual([
      2,
      '::error title=planproof::No planproof in node_modules%0AInstall it before this step, or leave `use` at `package`.\n',
    ]);
  });

  it('use: project and a version contradict each other', async () => {
    const { code, stdout } = await use({ repository: project(), inputs: { use: 'project', version: '9.9.9' } });
    expect(code).toBe(2);
    expect(stdout).toContain('Both `version` and `use: project`');
  });
});

describe('how the command ended', () => {
  const report = (errors: number, warnings: number): string => JSON.stringify({ summary: { errors, warnings } });

  it.each([
    ['2 after a whole report', { ENDS: '2', REPORT: report(0, 0) }],
    ['0 without a report', { ENDS: '0', REPORT: '' }],
    ['1 without a report: Node ends so when it cannot load a file', { ENDS: '1', REPORT: '' }],
    ['1 without a finding', { ENDS: '1', REPORT: report(0, 0) }],
    ['1 with half a report', { ENDS: '1', REPORT: '{"summary":' }],
    ['any other code', { ENDS: '70', REPORT: report(0, 0) }],
  ])('%s is no verdict', async (_, env) => {
    const { code, stdout, outputs } = await use({ env, inputs: { 'fail-on': 'never' } });
    expect([code, stdout, outputs]).toEqual([
      2,
      '::error title=planproof could not run::It ended without a report.\n',
      {},
    ]);
  });

  it('tells what the command said, and lets none of it be a command', async () => {
    const { stdout, stderr } = await use({
      env: { ENDS: '2', SAYS: 'planproof: No\n  50%\n::error::x ##[error]y\n\u0085::error::z\n' },
    });
    expect(stdout).toBe(
      '::error title=planproof could not run::No%0A  50%25%0A::error::x ## [error]y%0A\u0085::error::z\n',
    );
    expect(stderr).toBe('planproof: No\n  50%\n\u200b::error::x ## [error]y\n\u0085\u200b::error::z\n');
  });

  it('in a shallow checkout, says how to fetch more, if something was to be compared with', async () => {
    const origin = checkout();
    const repository = new Repository({}, { git: false });
    repository.git('clone', '-q', '--depth=1', pathToFileURL(origin.folder).href, '.');
    const env = { ENDS: '2', SAYS: 'planproof: Unknown commit\n' };
    const asked = await use({ repository, env, event: { name: 'pull_request', payload: pullRequest(OWN) } });
    expect([asked.code, asked.stdout]).toEqual([
      2,
      '::error title=planproof could not run::Unknown commit%0AThe checkout has only a part of the history: set fetch-depth: 0 in actions/checkout.\n',
    ]);
    const { stdout } = await use({ repository, env });
    expect(stdout).toBe('::error title=planproof could not run::Unknown commit\n');
  });
});

describe('the Node that runs the action', () => {
  /** A folder with a `node` that says it is older than it is. */
  function oldNode(repository: Repository, version: string): string {
    repository.write({
      'bin/old.cjs': `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
      'bin/node': `#!/bin/sh\nexec '${process.execPath}' -r '${join(repository.folder, 'bin/old.cjs')}' "$@"\n`,
    });
    chmodSync(join(repository.folder, 'bin/node'), 0o755);
    return join(repository.folder, 'bin');
  }

  it.skipIf(process.platform === 'win32').each(['18.20.8', '20.18.3'])('is refused when it is %s', async (version) => {
    const repository = new Repository();
    const { code, stdout, seen } = await use({
      env: { PATH: `${oldNode(repository, version)}:${process.env['PATH']}` },
    });
    expect([code, stdout, seen]).toEqual([
      2,
      `::error title=planproof::Node.js ${version}, expected 20.19 or newer: put actions/setup-node before this step.\n`,
      undefined,
    ]);
  });

  it.skipIf(process.platform === 'win32')('is asked for when there is none', async () => {
    const { code, stdout } = await use({ env: { PATH: new Repository().folder } });
    expect([code, stdout]).toEqual([
      2,
      '::error title=planproof::No Node.js here, expected 20.19 or newer: put actions/setup-node before this step.\n',
    ]);
  });

  it('is started without what the workflow or the checkout adds to other Nodes', async () => {
    const repository = checkout();
    repository.write({
      'spy.cjs': `require('node:fs').writeFileSync(${JSON.stringify(join(repository.folder, 'pwned'))}, '')`,
    });
    const env = { NODE_OPTIONS: '--require ./spy.cjs', NODE_PATH: '.' };
    expect((await use({ repository, env })).code).toBe(0);
    expect(repository.has('pwned')).toBe(false);
  });
});
