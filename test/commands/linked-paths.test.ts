import { describe, expect, it } from 'vitest';
import { PLAN_BODY, plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';
const OTHER = 'dev_ops/plans/PLAN-002-other.md';

const planTo = (target: string, title = 'Rate limit'): string =>
  plan({ title, body: PLAN_BODY.replace('The decision on counters.', `The [counters](../../${target}).`) });

/** A plan with a link through a folder that is a link itself: `docs/latest`. */
function committed(target = 'docs/latest/counters.md'): Repository {
  const repository = new Repository({
    [PLAN]: planTo(target),
    [OTHER]: plan({ id: 'PLAN-002' }),
    'docs/v2/counters.md': 'Counters.\n',
  });
  repository.link('v2', 'docs/latest');
  repository.commit();
  return repository;
}

/** What a lint shows, as `line rule <- cause`, whether it remembers or not. */
function shown(repository: Repository, ...args: string[]): string[] {
  const run = (...more: string[]): string => repository.run(['lint', ...args, '--format', 'json', ...more]).stdout;
  const [warm, again, cold] = [run(), run(), run('--no-cache')];
  expect([warm, again]).toEqual([cold, cold]);
  const { findings } = JSON.parse(cold) as {
    findings: { line: number; rule: string; cause?: { file: string; change: string } | null }[];
  };
  return findings.map(({ line, rule, cause }) => `${line} ${rule}${cause ? ` <- ${cause.file}: ${cause.change}` : ''}`);
}

const withoutCause = (line: string): string => line.replace(/ <- .*/, '');

/** The lints of what is staged: the first leaves most documents for later, the second judges all. */
const STAGED = [['--staged'], ['--staged', '--all']];

describe.skipIf(process.platform === 'win32')('a path through a link', () => {
  it.each([[], ...STAGED, ['--base', 'HEAD']].map((args) => [args]))('is silent: lint %j', (args) => {
    const repository = committed();
    repository.write({ [PLAN]: planTo('docs/latest/counters.md', 'Another') });
    repository.git('add', '-A');
    expect(shown(repository, ...args)).toEqual([]);
  });

  it.each(STAGED.map((args) => [args]))('is told when the link goes: lint %j', (args) => {
    const repository = committed();
    expect(shown(repository, ...args)).toEqual([]);
    repository.git('rm', '-q', 'docs/latest');
    expect(shown(repository, ...args)).toEqual(['30 link-target <- docs/latest: deleted']);
    repository.link('v2', 'docs/latest');
    repository.git('add', '-A');
    expect(shown(repository, ...args)).toEqual([]);
  });

  it.each(STAGED.map((args) => [args]))('is told when a file stands in the place of the link: lint %j', (args) => {
    const repository = committed();
    expect(shown(repository, ...args)).toEqual([]);
    repository.remove('docs/latest');
    repository.write({ 'docs/latest': 'v2\n' });
    repository.git('add', '-A');
    expect(shown(repository, ...args)).toEqual(['30 link-target <- docs/latest: changed']);
  });

  it('is no longer told once the link is there', () => {
    const repository = committed('docs/newest/counters.md');
    expect(shown(repository, '--staged', '--all')).toEqual(['30 link-target']);
    repository.link('v2', 'docs/newest');
    repository.git('add', '-A');
    expect(shown(repository, '--staged', '--all')).toEqual([]);
  });
});

describe('a path from the root of the disk', () => {
  it('is judged as in the folders', () => {
    const downstream = 'downstream: ["/etc/none.ts", "//none", "/"]\n';
    const repository = new Repository({ [PLAN]: plan({ extra: downstream }) });
    repository.git('add', '-A');
    const rules = ['8 code-path', '8 code-path'];
    for (const args of [[], ['--staged', '--all'], ['--staged']])
      expect(shown(repository, ...args).map(withoutCause)).toEqual(rules);
    repository.commit();
    expect(shown(repository, '--base', 'HEAD', '--all')).toEqual(rules);
  });
});

describe.skipIf(process.platform === 'win32')('a link that leads nowhere', () => {
  it('is told by a lint of the folders, and is no news in what it stands in', () => {
    const repository = committed('docs/old.md');
    repository.link('v1/gone.md', 'docs/old.md');
    repository.commit();
    expect(shown(repository)).toEqual(['30 link-target']);
    repository.write({ [PLAN]: planTo('docs/old.md', 'Another') });
    expect(shown(repository, '--base', 'HEAD')).toEqual([]);
    expect(shown(repository, '--base', 'HEAD', '--all')).toEqual(['30 link-target']);
  });
});
