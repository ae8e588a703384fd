import { describe, expect, it } from 'vitest';
import { PLAN_BODY, plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const RATE = 'dev_ops/plans/PLAN-001-rate-limit.md';
const NEXT = 'dev_ops/plans/PLAN-002-next.md';
const LIMIT = 'dev_ops/plans/PLAN-001-limit-by-client.md';

const next = (title: string, path: string): string =>
  plan({
    id: 'PLAN-002',
    title: 'Next',
    related: '[PLAN-001]',
    body: `${PLAN_BODY}
## Notes

- [PLAN-001](${path}): ${title}
- [${title}](${path}#goal), [PLAN-001 - ${title}](./${path}), [words of Rate limit](${path})
- [words](${path} "Rate limit"), Rate limit, \`[Rate limit](${path})\`

\`\`\`md
[Rate limit](PLAN-001-rate-limit.md)
\`\`\`
`.replace(`\`[Rate limit](${path})\``, '`[Rate limit](PLAN-001-rate-limit.md)`'),
  });

describe('rename', () => {
  it('changes title, heading, file name, and the links that lead there or show the title', () => {
    const repository = new Repository({ [RATE]: plan(), [NEXT]: next('Rate limit', 'PLAN-001-rate-limit.md') });
    expect(repository.run(['rename', 'PLAN-001', '--title', 'Limit by  client'])).toEqual({
      code: 0,
      stdout: `PLAN-001  Rate limit → Limit by client\n  ${RATE} → ${LIMIT}\n  ${NEXT}\n`,
      stderr: '',
    });
    expect(repository.read(LIMIT)).toBe(plan({ title: 'Limit by client' }));
    expect(repository.read(NEXT)).toBe(next('Limit by client', 'PLAN-001-limit-by-client.md'));
    expect(repository.findings()).toEqual([]);
    expect(repository.run(['rename', 'PLAN-001', '--title', 'Limit by client'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'planproof: PLAN-001 has this title already.\n',
    });
  });

  it('there and back changes nothing; a dry run neither', () => {
    const repository = new Repository({ [RATE]: plan(), [NEXT]: next('Rate limit', 'PLAN-001-rate-limit.md') });
    repository.commit();
    const { stdout, stderr } = repository.run(['rename', RATE, '--title', 'Limit by client', '--dry-run']);
    expect(stderr).toBe('planproof: PLAN-001  Rate limit → Limit by client\n');
    expect(repository.git('status', '--porcelain')).toBe('');
    repository.write({ 'it.diff': stdout });
    repository.git('apply', '--check', 'it.diff');
    repository.remove('it.diff');
    repository.run(['rename', 'PLAN-001', '--title', 'Limit by client']);
    expect(JSON.parse(repository.run(['rename', 'PLAN-001', '--title', 'Rate limit', '--json']).stdout)).toEqual({
      id: 'PLAN-001',
      path: RATE,
      oldPath: LIMIT,
      title: 'Rate limit',
      oldTitle: 'Limit by client',
      dryRun: false,
      changed: [{ path: RATE, from: LIMIT }, { path: NEXT }],
    });
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('keeps the quotes of the title, line ends, and the form of the heading', () => {
    const odd = plan({ title: "'Rate limit' # why" })
      .replace(/# PLAN-001 - .*/, 'PLAN-001 - Rate limit\n=====')
      .replaceAll('\n', '\r\n');
    const repository = new Repository({ [RATE]: odd });
    expect(repository.findings()).toEqual([]);
    expect(repository.run(['rename', 'PLAN-001', '--title', "It's: a limit"]).code).toBe(0);
    expect(repository.read('dev_ops/plans/PLAN-001-its-a-limit.md')).toBe(
      odd.replace("'Rate limit' #", "'It''s: a limit' #").replace('PLAN-001 - Rate limit', "PLAN-001 - It's: a limit"),
    );
    expect(repository.findings()).toEqual([]);
  });

  it('shows no title that names ids where it would look like a reference, and escapes what is no markup', () => {
    const repository = new Repository({ [RATE]: plan(), [NEXT]: next('Rate limit', 'PLAN-001-rate-limit.md') });
    repository.run(['rename', 'PLAN-001', '--title', 'After PLAN-009']);
    expect(repository.read(NEXT)).toContain(
      '\n- [PLAN-001](PLAN-001-after-plan-009.md)\n- [PLAN-001](PLAN-001-after-plan-009.md#goal), [PLAN-001](./PLAN-001-after-plan-009.md),',
    );
    expect(repository.findings()).toEqual([]);
    repository.write({ [NEXT]: next('After PLAN-009', 'PLAN-001-after-plan-009.md') });
    repository.run(['rename', 'PLAN-001', '--title', 'A *big* [one]']);
    expect(repository.read(NEXT)).toContain('[A \\*big\\* \\[one\\]](PLAN-001-a-big-one.md#goal)');
    expect(repository.findings()).toEqual([]);
  });

  it('lets the links to its heading follow', () => {
    const body = `${PLAN_BODY}\nSee [the top](#plan-001---rate-limit).\n`;
    const repository = new Repository({ [RATE]: plan({ body }) });
    repository.run(['rename', 'PLAN-001', '--title', 'Limit by client']);
    expect(repository.read(LIMIT)).toContain('[the top](#plan-001---limit-by-client)');
    expect(repository.findings()).toEqual([]);
  });

  it('names a document without an id by its title alone', () => {
    const repository = new Repository({
      'dev_ops/workflows/plans.md': '---\ntitle: Plans\ndescription: a\nproduces: PLAN-XXX\n---\n\n# Plans\n',
    });
    expect(repository.run(['rename', 'dev_ops/workflows/plans.md', '--title', 'Make a plan']).code).toBe(0);
    expect(repository.read('dev_ops/workflows/make-a-plan.md')).toBe(
      '---\ntitle: Make a plan\ndescription: a\nproduces: PLAN-XXX\n---\n\n# Make a plan\n',
    );
  });

  it('says what it refuses, and changes nothing', () => {
    const repository = new Repository({
      [RATE]: plan(),
      [LIMIT]: 'not read\n',
    });
    const refused = (...args: string[]): string => {
      const { code, stdout, stderr } = repository.run(['rename', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(refused('PLAN-001', '--title', 'Limit by client')).toBe(`planproof: ${LIMIT} exists already\n`);
    expect(refused('PLAN-001', '--title', ' ')).toMatch(/^planproof: Empty title\n/);
    expect(refused('PLAN-001')).toMatch(/^planproof: required option '--title <title>' not specified\n/);
    expect(refused('PLAN-009', '--title', 'A')).toMatch(/^planproof: Unknown document `PLAN-009`/);
    expect(repository.read(RATE)).toBe(plan());
  });
});
