import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bom, crlf } from '../helpers/cases.ts';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { environment, type Files, Repository } from '../helpers/repository.ts';

const A = 'dev_ops/plans/PLAN-001-a.md';
const B = 'dev_ops/plans/PLAN-002-b.md';
const ADR = 'dev_ops/adrs/ADR-001-count-in-memory.md';

/** A body of a plan with something under Related. */
const related = (text: string): string => PLAN_BODY.replace('The decision on counters.', text);

/** All files of a repository, to see that nothing has changed. */
const textsOf = (repository: Repository): string[] =>
  repository
    .git('ls-files', '-co')
    .trim()
    .split('\n')
    .filter((path) => repository.has(path))
    .map((path) => `${path}\n${readFileSync(join(repository.folder, path), 'latin1')}`);

describe('lint --fix', () => {
  it('mends, says what, and reports what is left', () => {
    const repository = new Repository({
      [A]: plan({ title: 'A', related: '[adr-1]', body: related('See adr-01 and TASK-9, adr-1.') }),
      [ADR]: adr(),
    });
    const before = repository.run([]);
    expect(before.stdout.split('\n').slice(-4, -1)).toEqual([
      '',
      '1 error, 4 warnings in 2 documents. planproof explain <rule> tells more.',
      '4 can be fixed: planproof lint --fix',
    ]);
    const { code, stdout, stderr } = repository.run(['--fix']);
    expect([code, stderr]).toEqual([1, `planproof: Fixed 4 in ${A}\n`]);
    expect(stdout).toMatch(
      /relation-mentioned\n[\s\S]*\n\n1 error in 2 documents\. planproof explain <rule> tells more\.\n$/,
    );
    expect(repository.read(A)).toBe(
      plan({ title: 'A', related: '[ADR-001]', body: related('See ADR-001 and TASK-009, ADR-001.') }),
    );
    const texts = textsOf(repository);
    expect(repository.run(['--fix']).stderr).toBe('');
    expect(textsOf(repository)).toEqual(texts);
  });

  it.each<[string, (text: string) => string]>([
    ['CRLF', crlf],
    ['a byte order mark', bom],
    ['both', (text) => bom(crlf(text))],
    ['no final line end', (text) => text.slice(0, -1)],
    ['mixed line ends', (text) => text.replace(/\n(?=## )/g, '\r\n')],
    [
      'comments, quotes and odd space in the frontmatter',
      (text) => text.replace('related_docs: [', 'owner:   "x"  # who\r\nrelated_docs: [ # y\n  '),
    ],
  ])('keeps every other byte: %s', (_what, written) => {
    const body = related('Ünïcode 😀 adr-1 \u00a0 adr-1\ttrailing  ');
    const before = written(plan({ title: 'A', related: '[adr-1]', body }));
    const repository = new Repository({ [A]: before, [ADR]: adr() });
    chmodSync(join(repository.folder, A), 0o755);
    expect(repository.run(['--fix']).code).toBe(0);
    expect(repository.read(A)).toBe(before.replaceAll('adr-1', 'ADR-001'));
    expect(statSync(join(repository.folder, A)).mode & 0o777).toBe(0o755);
  });

  it('adds several members to one list at once, and stages nothing', () => {
    const repository = new Repository({
      [A]: plan({
        title: 'A',
        related: '\n  - ADR-001 # why\n',
        body: related('See ADR-001, ADR-002, ADR-003.'),
      }).replace('\n\n---', '\n---'),
      [ADR]: adr(),
      'dev_ops/adrs/ADR-002-b.md': adr('ADR-002', 'B'),
      'dev_ops/adrs/ADR-003-c.md': adr('ADR-003', 'C'),
    });
    repository.commit();
    expect(repository.run(['--fix'])).toMatchObject({ code: 0, stderr: `planproof: Fixed 2 in ${A}\n` });
    expect(repository.read(A)).toContain('  - ADR-001 # why\n  - ADR-002\n  - ADR-003\n---\n');
    expect(repository.git('status', '--short')).toBe(` M ${A}\n`);
  });

  it('puts in a section and says that it is to be filled', () => {
    const body = PLAN_BODY.replace(/## Verification\n\n.*\n\n/, '');
    const files = { [A]: plan({ title: 'A', status: 'Active', related: '[PR-1]', body }) };
    const repository = new Repository(files);
    const { code, stdout, stderr } = repository.run(['--fix']);
    expect(stderr).toBe(
      `planproof: Fixed 1 in ${A}\nplanproof: Inserted an empty section \`Verification\` into ${A}: fill it in\n`,
    );
    expect([code, stdout]).toEqual([1, expect.stringContaining('Empty section `Verification`')]);
    expect(repository.read(A)).toMatch(/\n\n## Verification\n\n<!-- [^\n]+ -->\n\n## Related\n/);
  });

  it('mends only what is shown, what is not silenced and what is not off', () => {
    const silenced = related('<!-- planproof-disable relation-alias -- as we say it -->\nSee adr-1.');
    const repository = new Repository({
      [A]: plan({ title: 'A', related: '[adr-1]' }),
      [B]: plan({ id: 'PLAN-002', title: 'B', related: '[adr-1]', body: silenced }),
      [ADR]: adr(),
    });
    repository.run(['lint', '--fix', A]);
    expect([repository.read(A), repository.read(B)]).toEqual([
      expect.stringContaining('[ADR-001]'),
      expect.stringContaining('[adr-1]'),
    ]);
    repository.write({ 'planproof.config.json': '{ "rules": { "relation-alias": "off" } }' });
    expect(repository.run(['--fix']).stderr).toBe('');
    repository.write({ 'planproof.config.json': '{}' });
    repository.run(['--fix']);
    expect(repository.read(B)).toBe(plan({ id: 'PLAN-002', title: 'B', related: '[ADR-001]', body: silenced }));
  });

  it('leaves alone what the baseline holds', () => {
    const repository = new Repository({ [A]: plan({ title: 'A', related: '[adr-1]' }), [ADR]: adr() });
    expect(repository.run(['baseline']).code).toBe(0);
    const texts = textsOf(repository);
    expect(repository.run(['--fix'])).toMatchObject({ code: 0, stderr: '' });
    expect(textsOf(repository)).toEqual(texts);
    expect(repository.run(['--fix', '--no-baseline']).stderr).toBe(`planproof: Fixed 1 in ${A}\n`);
  });

  it('touches no file that is not UTF-8', () => {
    const latin = Buffer.from(plan({ title: 'A', related: '[adr-1]', body: related('é') }), 'latin1');
    const repository = new Repository({
      [A]: latin,
      [B]: plan({ id: 'PLAN-002', title: 'B', related: '[adr-1]' }),
      [ADR]: adr(),
    });
    expect(repository.run(['--fix']).stderr).toBe(`planproof: Fixed 1 in ${B}\n`);
    expect(readFileSync(join(repository.folder, A))).toEqual(latin);
  });

  it('needs files', () => {
    const repository = new Repository({ [A]: plan({ title: 'A' }) });
    for (const option of ['--fix', '--fix-unsafe', '--fix-dry-run'])
      expect(repository.run(['lint', option, '--stdin', '--stdin-filename', A], { input: 'x' })).toEqual({
        code: 2,
        stdout: '',
        stderr: `planproof: ${option} with --stdin: there is no file to fix\n  Name the file instead.\n`,
      });
  });

  it.skipIf(process.getuid?.() === 0)('changes nothing where one file cannot be written', () => {
    const repository = new Repository({
      [A]: plan({ title: 'A', related: '[adr-1]' }),
      [ADR]: adr().replace('[]', '[plan-1]'),
    });
    const folder = join(repository.folder, 'dev_ops/plans');
    chmodSync(folder, 0o555);
    const texts = textsOf(repository);
    const { code, stdout } = repository.run(['--fix']);
    chmodSync(folder, 0o755);
    expect([code, stdout, textsOf(repository)]).toEqual([2, '', texts]);
  });
});

describe('what is frozen', () => {
  const frozen = adr()
    .replace('Two ways were weighed.', 'See plan-1.')
    .replace('related_docs: []', 'related_docs: [plan-1]');

  it('is left alone, and said', () => {
    const repository = new Repository({ [A]: plan({ title: 'A' }), [ADR]: frozen });
    const { code, stdout, stderr } = repository.run(['--fix-unsafe']);
    expect(stderr).toBe(
      `planproof: Fixed 1 in ${ADR}\nplanproof: Not fixed: relation-alias at ${ADR}:14: \`Context\` of ${ADR} is frozen in the status \`Accepted\`\n`,
    );
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('can be fixed')]);
    expect(repository.read(ADR)).toBe(frozen.replace('[plan-1]', '[PLAN-001]'));
    expect(repository.report().map(({ rule }) => rule)).toEqual(['relation-alias']);
    expect(repository.report(['--no-baseline'])[0]).toMatchObject({ fix: null });
  });

  it('is mended before the status freezes it', () => {
    const repository = new Repository({ [A]: plan({ title: 'A' }), [ADR]: frozen.replace('Accepted', 'Proposed') });
    repository.run(['--fix']);
    expect(repository.read(ADR)).toContain('See PLAN-001.');
  });

  it('keeps a document from moving to which it has a link', () => {
    const files = {
      [A]: plan({ title: 'A' }),
      [ADR]: frozen.replace('See plan-1.', 'See [it](../plans/PLAN-001-a.md).'),
    };
    const repository = new Repository({ ...files, 'planproof.config.json': '{}' });
    repository.git('mv', '-k', A, A);
    repository.write({ 'dev_ops/plans/PLAN-1.md': files[A] as string });
    repository.remove(A);
    repository.write({ [ADR]: files[ADR].replace('PLAN-001-a.md', 'PLAN-1.md') });
    const { stderr } = repository.run(['--fix-unsafe']);
    expect(stderr).toContain(
      `planproof: Not fixed: file-name at dev_ops/plans/PLAN-1.md:2: a link in \`Context\` of ${ADR} is frozen in the status \`Accepted\`\n`,
    );
    expect(repository.has('dev_ops/plans/PLAN-1.md')).toBe(true);
  });

  it('must exist', () => {
    const schema = JSON.parse(readFileSync(new URL('../../schemas/devops/adr.schema.json', import.meta.url), 'utf8'));
    const template = readFileSync(new URL('../../templates/devops/adr.md', import.meta.url), 'utf8');
    const stderrWith = (frozen: unknown): string => {
      schema['x-document'].lifecycle.frozen = [frozen];
      const types = { adr: { schema: 'adr.schema.json', template: 'adr.md' } };
      const files = { 'adr.schema.json': JSON.stringify(schema), 'adr.md': template, [ADR]: adr() };
      return new Repository({ ...files, 'planproof.config.json': JSON.stringify({ types }) })
        .run([])
        .stderr.split('\n')[0] as string;
    };
    const at = 'planproof: adr.schema.json: `lifecycle.frozen` of `adr` names the unknown';
    expect(stderrWith({ in: ['Acepted'], sections: ['Context'] })).toBe(
      `${at} status \`Acepted\`: did you mean \`Accepted\`?`,
    );
    expect(stderrWith({ in: ['Accepted'], sections: ['Decisions'] })).toBe(
      `${at} section \`Decisions\`: did you mean \`Decision\`?`,
    );
    expect(stderrWith({ in: ['Accepted'], fields: ['titel'] })).toBe(`${at} key \`titel\`: did you mean \`title\`?`);
    expect(stderrWith({ in: ['Accepted'] })).toContain('adr.schema.json');
    expect(stderrWith({ in: ['Accepted'], fields: ['title'] })).toBe('');
  });
});

describe('a fix that would raise an error', () => {
  // The status that was probably meant asks for boxes that are open.
  const files = {
    [A]: plan({ title: 'A', status: 'Complet', related: '[PR-1, adr-1]' }),
    [B]: plan({ id: 'PLAN-002', title: 'B', related: '[adr-1]' }),
    [ADR]: adr(),
  };

  it('is dropped and said, and the others are carried out', () => {
    const repository = new Repository(files);
    const { code, stderr } = repository.run(['--fix-unsafe']);
    const refusal = `planproof: Not fixed: frontmatter-schema at ${A}:6: it would raise exit-criteria-complete at ${A}:22: `;
    const [first, second, third = '', ...rest] = stderr.split('\n');
    expect([code, first, second, third.slice(0, refusal.length), rest]).toEqual([
      1,
      `planproof: Fixed 1 in ${A}`,
      `planproof: Fixed 1 in ${B}`,
      refusal,
      [''],
    ]);
    const mended = [A, B].map((path) => files[path as keyof typeof files].replace('adr-1', 'ADR-001'));
    expect([repository.read(A), repository.read(B)]).toEqual(mended);
    expect(repository.run(['--fix-unsafe']).stderr).toBe(`${third}\n`);
    expect([repository.read(A), repository.read(B)]).toEqual(mended);
  });

  it('is carried out where it raises none', () => {
    const repository = new Repository({ ...files, [A]: files[A].replaceAll('[ ]', '[x]') });
    expect(repository.run(['--fix-unsafe'])).toMatchObject({
      code: 0,
      stderr: `planproof: Fixed 2 in ${A}\nplanproof: Fixed 1 in ${B}\n`,
    });
  });

  it('is told apart in the report', () => {
    expect(new Repository(files).run([]).stdout.split('\n').at(-2)).toBe(
      '2 can be fixed: planproof lint --fix, 1 more with --fix-unsafe',
    );
    expect(new Repository({ [A]: files[A].replace('adr-1', 'PR-2') }).run([]).stdout.split('\n').at(-2)).toBe(
      '1 can be fixed: planproof lint --fix-unsafe',
    );
  });
});

describe('a move', () => {
  const OLD = 'dev_ops/plans/sub/PLAN-7_A.md';
  const files: Files = {
    [OLD]: plan({
      title: 'A',
      body: related('See [it](../../adrs/ADR-001-count-in-memory.md) and [me](PLAN-7_A.md#goal).'),
    }),
    [B]: plan({
      id: 'PLAN-002',
      title: 'B',
      body: related('[a](<sub/PLAN-7_A.md#goal> "t"), ![i](sub/PLAN-7_A.md), [d].\n\n[d]: ./sub/PLAN-7_A.md'),
    }),
    [ADR]: adr(),
  };
  const NEW = 'dev_ops/plans/sub/PLAN-001-a.md';

  it('takes the links with it', () => {
    const repository = new Repository(files);
    chmodSync(join(repository.folder, OLD), 0o755);
    const { stderr } = repository.run(['--fix-unsafe']);
    expect(stderr.split('\n')).toContain(`planproof: Fixed 1 in ${NEW}`);
    expect([repository.has(OLD), repository.has(NEW)]).toEqual([false, true]);
    expect(repository.read(B)).toContain(
      '[a](<sub/PLAN-001-a.md#goal> "t"), ![i](sub/PLAN-001-a.md), [d].\n\n[d]: ./sub/PLAN-001-a.md',
    );
    expect(repository.read(NEW)).toContain('[me](PLAN-001-a.md#goal)');
    expect(statSync(join(repository.folder, NEW)).mode & 0o777).toBe(0o755);
    expect(repository.run(['--fix-unsafe']).stderr).toBe('');
  });

  it('is in the JSON report, links and all', () => {
    const found = new Repository(files).report().find(({ rule }) => rule === 'file-name');
    expect(found).toMatchObject({ fix: { safe: false, moves: [{ from: OLD, to: NEW }] } });
    expect(
      (found as unknown as { fix: { edits: { file: string }[] } }).fix.edits.map(({ file }) => file).sort(),
    ).toEqual([B, B, B, OLD]);
  });
});

describe('lint --fix-dry-run', () => {
  const files: Files = {
    [A]: plan({ title: 'A', related: '[adr-1]', body: `${PLAN_BODY}\nSee adr-1.` }),
    [B]: crlf(plan({ id: 'PLAN-002', title: 'B', related: '[adr-1]' })),
    'dev_ops/plans/PLAN-3 x.md': plan({ id: 'PLAN-003', title: 'C d', related: '[adr-1]' }),
    [ADR]: adr(),
  };

  it('writes nothing and prints what git apply takes', () => {
    const [tried, mended] = [new Repository(files), new Repository(files)];
    tried.commit();
    const texts = textsOf(tried);
    const { code, stdout, stderr } = tried.run(['--fix', '--fix-unsafe', '--fix-dry-run']);
    expect(textsOf(tried)).toEqual(texts);
    expect([code, stderr.split('\n')[0]]).toEqual([0, `planproof: Would fix 2 in ${A}`]);
    expect(stdout).toContain('\\ No newline at end of file\n');
    expect(stdout).toContain('rename from dev_ops/plans/PLAN-3 x.md\nrename to dev_ops/plans/PLAN-003-c-d.md\n');
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: tried.folder,
      env: environment(),
      input: stdout,
    });
    expect(mended.run(['--fix-unsafe']).code).toBe(0);
    expect(textsOf(tried).sort()).toEqual(textsOf(mended).sort());
  });

  it('exits by what would be left, and sends reports to files only', () => {
    const repository = new Repository({ ...files, [A]: plan({ title: 'A', related: '[adr-1, ADR-099]' }) });
    expect(repository.run(['--fix-dry-run', '--format', 'json=left.json']).code).toBe(1);
    expect(JSON.parse(repository.read('left.json')).findings.map((f: { rule: string }) => f.rule)).toContain(
      'relation-exists',
    );
    expect(repository.run(['--fix-dry-run', '--format', 'json'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'planproof: --fix-dry-run prints a diff on standard output\n  Send the report of what would be left to a file: --format json=report.json.\n',
    });
  });

  it('prints nothing where there is nothing to fix', () => {
    expect(new Repository({ [A]: plan({ title: 'A' }) }).run(['--fix-dry-run'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });
});
