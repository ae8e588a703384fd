import { describe, expect, it } from 'vitest';
import { plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const idOf = (number: number): string => `PLAN-${String(number).padStart(3, '0')}`;
const pathOf = (number: number): string => `dev_ops/plans/${idOf(number)}-a.md`;

/** So many plans, each with an unknown reference. */
function repositoryOf(count: number): Repository {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  return new Repository(
    Object.fromEntries(numbers.map((number) => [pathOf(number), plan({ id: idOf(number), related: '[ADR-115]' })])),
  );
}

interface Summary {
  readonly documents: number;
  readonly findings: number;
}

/** Runs each shard, its report to a file of its own; gives what each has found. */
function lintShards(repository: Repository, count: number, ...args: string[]): Summary[] {
  return Array.from({ length: count }, (_, at) => {
    const file = `report-${at + 1}.json`;
    repository.run(['lint', '--shard', `${at + 1}/${count}`, '--format', `json=${file}`, ...args]);
    return (JSON.parse(repository.read(file)) as { summary: Summary }).summary;
  });
}

describe('lint --shard', () => {
  it('divides the documents evenly, each is judged once, against all', () => {
    const repository = repositoryOf(7);
    const parts = lintShards(repository, 3);
    expect(parts.map(({ documents }) => documents)).toEqual([3, 2, 2]);
    expect(parts.map(({ findings }) => findings)).toEqual([3, 2, 2]);
  });

  it('a reference into another shard resolves', () => {
    const repository = new Repository({
      [pathOf(1)]: plan({ related: '[PLAN-002]' }),
      [pathOf(2)]: plan({ id: 'PLAN-002', related: '[PLAN-001]' }),
    });
    const whole = repository.run(['lint', '--shard', '1/2']);
    expect([whole.code, whole.stdout]).toEqual([0, 'No findings in 1 document.\n']);
  });

  it('divides the paths that are shown', () => {
    const repository = repositoryOf(4);
    const parts = lintShards(repository, 2, pathOf(2), pathOf(4));
    expect(parts.map(({ documents }) => documents)).toEqual([1, 1]);
    expect(repository.run(['merge-reports', 'report-1.json', 'report-2.json']).stdout).toBe(
      repository.run(['lint', '--format', 'json', pathOf(2), pathOf(4)]).stdout,
    );
  });

  it('documents of one id stay together', () => {
    const repository = repositoryOf(2);
    repository.write({ 'dev_ops/plans/PLAN-001-b.md': plan({ related: '[ADR-115]' }) });
    expect(lintShards(repository, 2).map(({ documents }) => documents)).toEqual([2, 1]);
  });

  it('a shard more than there are documents is clean, and says why', () => {
    expect(repositoryOf(2).run(['lint', '--shard', '3/3'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'planproof: Nothing for shard 3/3: there are 2 documents and boards.\n',
    });
  });

  it('no document at all is no pass, in whatever shard', () => {
    const repository = new Repository({ 'planproof.config.json': '{}' });
    expect(repository.run(['lint', '--shard', '2/2']).code).toBe(2);
  });

  it.each(['0/3', '4/3', '1', '1/0', '1/3/5', 'a/b', '01/3', '-1/3', '1/99999'])('%s is no shard', (text) => {
    expect(repositoryOf(1).run(['lint', `--shard=${text}`])).toEqual({
      code: 2,
      stdout: '',
      stderr: `planproof: Unexpected --shard \`${text}\`, expected the number of a shard and how many there are, such as 1/3\n  Shards count from 1; the last of three is 3/3, and there are 10000 at most.\n`,
    });
  });

  it.each([
    [['--staged'], '--staged', 'A shard is a part of all documents: leave one of them out.'],
    [['--base', 'main'], '--base', 'A shard is a part of all documents: leave one of them out.'],
    [['--stdin'], '--stdin', 'A shard is a part of all documents: leave one of them out.'],
    [['--fix'], '--fix', 'Fix all at once: what one shard writes, another would not see.'],
    [['--fix-dry-run'], '--fix-dry-run', 'Fix all at once: what one shard writes, another would not see.'],
  ])('not with %s', (args, option, help) => {
    expect(repositoryOf(1).run(['lint', '--shard', '1/2', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: `planproof: Both --shard and ${option}\n  ${help}\n`,
    });
  });
});

describe('the baseline and shards', () => {
  it('each shard leaves out what is known of its own, and one of them says what is outdated', () => {
    const repository = repositoryOf(4);
    expect(repository.run(['baseline']).code).toBe(0);
    repository.write({ [pathOf(3)]: plan({ id: 'PLAN-003' }) });
    repository.remove(pathOf(4));
    const parts = lintShards(repository, 3);
    expect(parts.map(({ findings }) => findings)).toEqual([1, 0, 1]);
    expect(repository.run(['merge-reports', 'report-1.json', 'report-2.json', 'report-3.json']).stdout).toBe(
      repository.run(['lint', '--format', 'json']).stdout,
    );
  });
});

describe('merge-reports', () => {
  const HELP = 'planproof lint --shard 1/3 --format json=report-1.json writes one of three.';

  /** Two shards of one run, as JSON and as SARIF. */
  function parts(): Repository {
    const repository = repositoryOf(4);
    for (const index of [1, 2])
      repository.run([
        ...['lint', '--shard', `${index}/2`, '--format', `json=${index}.json`],
        ...['--format', `sarif=${index}.sarif`],
      ]);
    return repository;
  }

  const refused = (repository: Repository, ...args: string[]): string => {
    const { code, stdout, stderr } = repository.run(['merge-reports', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    return stderr.replace(/^planproof: /, '');
  };

  it('gives text, annotations, JUnit and Code Quality of the whole, the exit code too', () => {
    const repository = parts();
    const merge = (format: string): string => {
      const { code, stdout } = repository.run(['merge-reports', '1.json', '2.json', '--format', format]);
      expect(code).toBe(1);
      return stdout;
    };
    for (const format of ['github', 'junit', 'gitlab', 'markdown'])
      expect(merge(format)).toBe(repository.run(['lint', '--format', format]).stdout);
    // The lines of the documents are not in the reports.
    expect(merge('text').split('\n').slice(-3)).toEqual(
      repository.run(['lint', '--format', 'text']).stdout.split('\n').slice(-3),
    );
    expect(merge('json=all.json')).toBe('');
    expect(repository.read('all.json')).toBe(repository.run(['lint', '--format', 'json']).stdout);
  });

  it('ends with 0 where nothing is found, and counts warnings over all shards', () => {
    const repository = new Repository({
      [pathOf(1)]: plan({ related: '[PLN-2]' }),
      [pathOf(2)]: plan({ id: 'PLAN-002', related: '[pln-1]' }),
    });
    lintShards(repository, 2);
    const files = ['report-1.json', 'report-2.json'];
    expect(repository.run(['merge-reports', ...files]).code).toBe(0);
    expect(repository.run(['merge-reports', ...files, '--max-warnings', '1'])).toMatchObject({
      code: 1,
      stderr: 'planproof: 2 warnings, at most 1 allowed (--max-warnings).\n',
    });
  });

  it('takes the report of a whole run alone', () => {
    const repository = parts();
    const { stdout } = repository.run(['lint', '--format', 'json=whole.json', '--format', 'json']);
    expect(repository.run(['merge-reports', 'whole.json'])).toEqual({ code: 1, stdout, stderr: '' });
    expect(refused(repository, 'whole.json', '1.json')).toBe(
      'whole.json: Unexpected report of a whole run, expected that of a shard\n  Only the reports of planproof lint --shard can be merged.\n',
    );
  });

  it('a shard that is missing is no pass', () => {
    const help = '\n  Its job has failed, or its report was not handed over: what it judges is not known.\n';
    for (const kind of ['json', 'sarif']) expect(refused(parts(), `2.${kind}`)).toBe(`Missing shard 1 of 2${help}`);
    const repository = repositoryOf(4);
    lintShards(repository, 4);
    expect(refused(repository, 'report-2.json')).toBe(`Missing shards 1, 3, 4 of 4${help}`);
  });

  it('nor one that is there twice', () => {
    const repository = parts();
    repository.write({ 'copy.json': repository.read('1.json') });
    expect(refused(repository, '1.json', 'copy.json', '2.json')).toBe(
      'copy.json: Unexpected second report of shard 1: 1.json is one\n',
    );
  });

  it('nor one of another run', () => {
    const repository = parts();
    repository.write({ [pathOf(5)]: plan({ id: 'PLAN-005' }) });
    repository.run(['lint', '--shard', '2/2', '--format', 'json=2.json']);
    expect(refused(repository, '1.json', '2.json')).toBe(
      '2.json: Unexpected shard 2/2: it is of another run than 1.json\n  Shards belong together if planproof, --shard, paths and documents are the same: check out one commit for all.\n',
    );
    repository.run(['lint', '--shard', '2/3', '--format', 'json=2.json']);
    expect(refused(repository, '1.json', '2.json')).toContain('2.json: Unexpected shard 2/3');
  });

  it('JSON and SARIF do not mix', () => {
    expect(refused(parts(), '1.json', '2.sarif')).toBe(
      'Both JSON reports and SARIF logs: 1.json and 2.sarif\n  Merge those of one kind at a time.\n',
    );
  });

  it.each([
    ['no file', undefined, 'No such file'],
    ['an empty file', '', 'Unexpected empty file, expected a whole report in JSON'],
    ['half a file', '{"version": 1, "summ', 'Unexpected text, expected a whole report in JSON'],
    ['other JSON', '[]', 'Unexpected JSON, expected a JSON report or a SARIF log of planproof'],
    ['null', 'null', 'Unexpected JSON, expected a JSON report or a SARIF log of planproof'],
  ])('refuses %s', (_, content, message) => {
    const repository = parts();
    if (content === undefined) repository.remove('2.json');
    else repository.write({ '2.json': content });
    expect(refused(repository, '1.json', '2.json')).toBe(`2.json: ${message}\n  ${HELP}\n`);
  });

  it.each([
    ['another version', { version: 2 }, /^2\.json: .*\(at `\/version`\)\n/],
    ['findings that are none', { findings: [{ file: 1 }] }, /^2\.json: .*\(at `\/findings\/0.*`\)\n/],
    [
      'a finding fewer',
      { findings: [] },
      /^2\.json: Unexpected summary: it tells of 2 findings, and the report has 0\n/,
    ],
    ['a shard of no number', { shard: { index: 0, count: 2, set: '' } }, /^2\.json: .*\(at `\/shard\/index`\)\n/],
  ])('refuses %s', (_, change, message) => {
    const repository = parts();
    repository.write({ '2.json': JSON.stringify({ ...JSON.parse(repository.read('2.json')), ...change }) });
    expect(refused(repository, '1.json', '2.json')).toMatch(message);
  });

  it('refuses a rule that it does not know, and a finding that was made milder', () => {
    const repository = parts();
    const text = repository.read('2.json');
    repository.write({ '2.json': text.replaceAll('"rule": "relation-exists"', '"rule": "relation-exist"') });
    expect(refused(repository, '1.json', '2.json')).toBe(
      '2.json: Unknown rule `relation-exist`: did you mean `relation-exists`?\n',
    );
    repository.write({ '2.json': text.replaceAll('"severity": "error"', '"severity": "warning"') });
    expect(refused(repository, '1.json', '2.json')).toContain('Unexpected summary');
  });

  it.each([
    ['another tool', (text: string) => text.replace('"name": "planproof"', '"name": "eslint"'), /\(at `.*\/name`\)\n/],
    [
      'another version',
      (text: string) => text.replace(/"semanticVersion": "[^"]*"/, '"semanticVersion": "9.9.9"'),
      /^2\.sarif: Unexpected version 9\.9\.9 of planproof, expected \S+ as in 1\.sarif\n/,
    ],
    [
      'a broken address',
      (text: string) => text.replace('"uri": "dev_ops', '"uri": "%E0%A4%A'),
      /^2\.sarif: Unexpected address `%E0/,
    ],
  ])('refuses a SARIF log of %s', (_, change, message) => {
    const repository = parts();
    repository.write({ '2.sarif': change(repository.read('2.sarif')) });
    expect(refused(repository, '1.sarif', '2.sarif')).toMatch(message);
  });

  it('makes no more of SARIF than SARIF, and nothing of what it does not hold', () => {
    expect(refused(parts(), '1.sarif', '2.sarif', '--format', 'text')).toContain(
      'Unexpected format `text`, expected `sarif`',
    );
    expect(refused(parts(), '1.json', '2.json', '--format', 'rdjson')).toContain('Unexpected format `rdjson`');
  });

  it('escapes what a report says, as every report does', () => {
    const repository = parts();
    const report = JSON.parse(repository.read('2.json')) as { findings: { message: string }[] };
    for (const finding of report.findings) finding.message = '\u001b[31m\n::error::x';
    repository.write({ '2.json': JSON.stringify(report) });
    const merge = (format: string): string =>
      repository.run(['merge-reports', '1.json', '2.json', '--format', format]).stdout;
    expect(merge('text')).not.toContain('\u001b');
    expect(merge('github')).not.toMatch(/^::error::x/m);
  });
});
