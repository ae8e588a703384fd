import { describe, expect, it } from 'vitest';
import { PLAN_BODY, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const PATH = 'dev_ops/plans/PLAN-001-rate-limit.md';

/** Findings as `line:column rule message`, and the exit code, of a repository that holds one plan. */
function judge(
  content: string | Uint8Array,
  path = PATH,
  more: Files = {},
): { code: number | null; findings: string[] } {
  const repository = new Repository({ [path]: content, ...more });
  const { code, stdout, stderr } = repository.run(['lint', '--format', 'json']);
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: Record<string, string | number>[] };
  return { code, findings: findings.map((f) => `${f['line']}:${f['column']} ${f['rule']} ${f['message']}`) };
}

describe('documents that cannot be read, or hardly', () => {
  it('a clean document gives nothing', () => {
    expect(judge(plan())).toEqual({ code: 0, findings: [] });
  });

  it('broken YAML is one finding, on the line of the mistake', () => {
    expect(judge(plan({ title: 'Limit: per client' }))).toEqual({
      code: 1,
      findings: ['3:8 frontmatter-syntax Unexpected second `: ` in the value: put the value in quotes'],
    });
  });

  it('an unclosed list with a # says what YAML makes of it', () => {
    expect(judge(plan({ related: '[ADR-001, #42]' })).findings).toEqual([
      '7:25 frontmatter-syntax Unclosed list: `#` starts a comment in YAML, so write `"#42"` in quotes',
    ]);
  });

  it('an item that is nothing but a comment says so', () => {
    expect(judge(plan({ related: '\n  - #42' })).findings).toEqual([
      '8:5 frontmatter-schema Unexpected empty value: `#` starts a comment in YAML, so write `"#42"` in quotes',
    ]);
  });

  it('no frontmatter', () => {
    const { code, findings } = judge(plan().replace(/^---[\s\S]*?\n---\n\n/, ''));
    expect(code).toBe(1);
    expect(findings).toEqual([
      '1:1 frontmatter-required Missing frontmatter, expected `---` on the first line and the keys of the type `plan`',
    ]);
  });

  it.each(['js', ' js', 'javascript', 'json', ' coffee', 'JS'])(
    'frontmatter that opens with ---%s is never executed',
    (word) => {
      const marker = 'PLANPROOF_EXECUTED';
      const content = plan().replace('---\n', `---${word}\nrequire('fs').writeFileSync('${marker}', '');\n`);
      const repository = new Repository({ [PATH]: content });
      expect(repository.report().map((f) => `${f.line}:${f.column} ${f.rule} ${f.message}`)).toEqual([
        `1:1 frontmatter-syntax Unexpected \`${word.trim()}\` behind the opening \`---\`, expected YAML frontmatter: planproof runs no other engine`,
      ]);
      expect(repository.has(marker)).toBe(false);
    },
  );

  it('frontmatter that is never closed', () => {
    expect(judge('---\nid: PLAN-001\ntitle: Rate limit\n').findings[0]).toBe(
      '1:1 frontmatter-syntax Unclosed frontmatter, expected a line `---` behind the last key',
    );
  });

  it('an empty file', () => {
    const { code, findings } = judge('');
    expect(code).toBe(1);
    expect(findings[0]).toMatch(/^1:1 frontmatter-required Missing frontmatter/);
  });

  it('a binary file', () => {
    expect(judge(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]))).toEqual({
      code: 1,
      findings: ['1:1 unreadable-document Unexpected NUL byte, expected text: this looks like a binary file'],
    });
  });

  it('text that is not UTF-8', () => {
    expect(judge(Uint8Array.from([0x2d, 0xe9, 0x2d])).findings).toEqual([
      '1:1 unreadable-document Unexpected bytes, expected UTF-8 text',
    ]);
  });

  it('a file of 600 kB', () => {
    expect(judge(`${plan()}${'x'.repeat(80)}\n`.padEnd(600_000, 'lorem ipsum '))).toEqual({
      code: 1,
      findings: ['1:1 document-limit Document of 600 kB, expected at most 512 kB (limits.documentBytes in the config)'],
    });
  });

  it.each([
    [
      'frontmatter',
      plan({ extra: `tags: ${'['.repeat(1000)}${']'.repeat(1000)}\n` }),
      'Frontmatter nests deeper than 40 levels',
    ],
    [
      'lists in the frontmatter',
      plan({ extra: `tags:\n${'- '.repeat(1900)}a\n` }),
      'Frontmatter nests deeper than 40 levels',
    ],
    ['quotes', plan({ body: `${'> '.repeat(3000)}a\n` }), 'Quotes and lists nest deeper than 100 in one line'],
  ])('%s nested out of reason', (_what, content, message) => {
    expect(judge(content).findings).toEqual([`1:1 document-limit ${message}`]);
  });

  it('emphasis nested 2,000 deep is read, nested 20,000 deep refused before it can cost seconds', () => {
    const deep = (depth: number): string => `${'*a _b '.repeat(depth / 2)}${' b_ a*'.repeat(depth / 2)}`;
    const related = (depth: number): string => PLAN_BODY.replace('The decision on counters.', deep(depth));
    expect(judge(plan({ body: related(2000) })).findings).toEqual([]);
    expect(judge(plan({ body: related(20_000) })).findings).toEqual([
      '1:1 document-limit Too many marks such as `_`, `[` and `://` in long lines',
    ]);
  });

  it('a block of character references that would bring the parser down is refused', () => {
    const message = 'Too many character references such as `&amp;` in one paragraph or table';
    const text = '#&#1;'.repeat(60_000);
    expect(judge(plan({ body: PLAN_BODY.replace('The decision on counters.', text) })).findings).toEqual([
      `1:1 document-limit ${message}`,
    ]);
  });

  it('blank lines in the frontmatter that would cost seconds are refused', () => {
    expect(judge(plan({ extra: '\n'.repeat(100_000) })).findings).toEqual([
      '1:1 document-limit Frontmatter with 1,000 blank lines in a row',
    ]);
    expect(judge(plan({ extra: '\n'.repeat(500) })).findings).toEqual([]);
  });

  it('a symbolic link is not followed', () => {
    const repository = new Repository({ [PATH]: plan(), 'outside.md': 'secret' });
    repository.git('config', 'core.symlinks', 'true');
    repository.link('../../outside.md', 'dev_ops/plans/PLAN-002-link.md');
    expect(repository.report().map((f) => `${f.file} ${f.rule} ${f.message}`)).toEqual([
      'dev_ops/plans/PLAN-002-link.md unreadable-document Unexpected symbolic link, expected a regular file: planproof follows none',
    ]);
  });

  it('CRLF line ends change no verdict and no place', () => {
    expect(judge(plan().replaceAll('\n', '\r\n'))).toEqual({ code: 0, findings: [] });
    expect(judge(plan({ status: 'Dratf' }).replaceAll('\n', '\r\n')).findings).toEqual([
      '6:9 frontmatter-schema Unexpected status `Dratf`, expected one of `Draft`, `Active`, `Complete` or `Superseded`: did you mean `Draft`?',
    ]);
  });

  it('a byte order mark changes no verdict and no place', () => {
    expect(judge(`\uFEFF${plan()}`)).toEqual({ code: 0, findings: [] });
    expect(judge(`\uFEFF${plan({ status: 'Dratf' })}`).findings[0]).toMatch(/^6:9 frontmatter-schema/);
  });

  it('two documents with one id are both named', () => {
    expect(judge(plan(), PATH, { 'dev_ops/plans/PLAN-001-other.md': plan() })).toEqual({
      code: 1,
      findings: [
        '2:5 unique-id Id `PLAN-001` is also that of dev_ops/plans/PLAN-001-rate-limit.md, expected an id of its own',
        '2:5 unique-id Id `PLAN-001` is also that of dev_ops/plans/PLAN-001-other.md, expected an id of its own',
      ],
    });
  });

  it.each([
    ['010', '2:5 id-format Unexpected id `010`, expected `PLAN-001`'],
    ['1e5', '2:5 id-format Unexpected id `1e5`, expected `PLAN-001`'],
    ['plan-1', '2:5 id-format Unexpected id `plan-1`, expected `PLAN-001`'],
    ['PLN-001', '2:5 id-format Unexpected id `PLN-001`, expected `PLAN-001`'],
    ['PLAN-0001', '2:5 id-format Unexpected id `PLAN-0001`, expected `PLAN-001`'],
    ['ADR-001', '2:5 id-format Unexpected id `ADR-001` (the prefix of adr), expected `PLAN-001`'],
  ])('the id %s is read from the source and gives one finding', (id, finding) => {
    expect(judge(plan().replace('id: PLAN-001', `id: ${id}`)).findings).toEqual([finding]);
  });

  it('a date stays text', () => {
    expect(judge(plan().replace('2026-01-31', '2026-02-30')).findings).toEqual([
      '5:7 frontmatter-schema Unexpected date `2026-02-30`, expected a date of the form YYYY-MM-DD',
    ]);
  });

  it('a missing key is reported on the opening line, with what to add', () => {
    expect(judge(plan().replace('status: Draft\n', '')).findings).toEqual([
      '1:1 frontmatter-schema Missing key `status`, expected `status: Draft`',
    ]);
  });

  it('a misspelt key is reported on the key', () => {
    expect(judge(plan().replace('status: Draft', 'staus: Draft')).findings).toEqual([
      '6:1 frontmatter-schema Unexpected key `staus`, expected `status`',
    ]);
    expect(judge(plan({ extra: 'superceded_by: [PLAN-002]\n' })).findings).toEqual([
      '8:1 frontmatter-schema Unknown key `superceded_by`: did you mean `superseded_by`?',
    ]);
  });
});

describe('arguments', () => {
  const files = { [PATH]: plan(), 'dev_ops/adrs/README.md': '# Decisions\n', 'notes/todo.md': 'Milk\n' };
  const run = (...args: string[]) => new Repository(files).run(args);

  it('a folder given twice counts once', () => {
    const { code, stdout } = run('lint', 'dev_ops/plans', 'dev_ops/plans', PATH);
    expect([code, stdout]).toEqual([0, 'No findings in 1 document.\n']);
  });

  it('a path that matches nothing', () => {
    expect(run('lint', 'dev_ops/plans/PLAN-009.md')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'planproof: No such file or folder: `dev_ops/plans/PLAN-009.md`, and no such command\n  planproof --help lists the commands.\n',
    });
  });

  it('a folder without documents', () => {
    const { code, stderr } = run('lint', 'notes');
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'planproof: No document below the folder `notes`']);
  });

  it('a file that no type claims', () => {
    const { code, stdout } = run('lint', 'notes/todo.md', '--format', 'json');
    expect(code).toBe(1);
    expect(stdout).toContain('Unknown document type: neither folder, id nor `type` tells, expected one of');
    expect(stdout).toContain('"rule": "unknown-type"');
  });

  it('a file that is no document by its name is said to be left out', () => {
    expect(run('lint', 'dev_ops/adrs/README.md')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'planproof: Ignored: dev_ops/adrs/README.md is no document (`ignore` in the config).\n',
    });
  });

  it.each([
    [
      ['lnt'],
      'planproof: No such file or folder: `lnt`, and no such command\n  Did you mean the command `planproof lint`?\n',
    ],
    [['--quite'], "planproof: unknown option '--quite'\n(Did you mean --quiet?)\n  planproof lint --help shows how.\n"],
    [
      ['lint', '--fromat', 'json'],
      "planproof: unknown option '--fromat'\n(Did you mean --format?)\n  planproof lint --help shows how.\n",
    ],
    [
      ['create', 'adr', 'Use Postgres'],
      "planproof: too many arguments for 'create'. Expected 1 argument but got 2.\n  planproof create --help shows how.\n",
    ],
    [['task', 'claim'], "planproof: missing required argument 'id'\n  planproof task claim --help shows how.\n"],
    [
      ['lint', '--format', 'jsn'],
      'planproof: Unknown format `jsn`: did you mean `json`?\n  The formats are `text`, `json`, `github`, `sarif`, `junit`, `gitlab`, `rdjson` or `markdown`.\n',
    ],
    [
      ['lint', '--type', 'pln', PATH],
      'planproof: Unknown document type `pln`: did you mean `plan`?\n  The types here are `adr`, `backlog`, `bug`, `plan`, `research`, `task` or `workflow`.\n',
    ],
    [
      ['lint', '--max-warnings', 'x'],
      "planproof: option '--max-warnings <count>' argument 'x' is invalid. Expected a whole number.\n  planproof lint --help shows how.\n",
    ],
    [
      ['explain', 'relation-exist'],
      'planproof: Unknown rule `relation-exist`: did you mean `relation-exists`?\n  planproof explain lists all rules.\n',
    ],
    [
      ['show', 'PLAN-002'],
      'planproof: Unknown document `PLAN-002`: did you mean `PLAN-001`?\n  planproof list shows all documents.\n',
    ],
    [['--cwd', 'nowhere', 'lint'], 'planproof: No such folder: `nowhere` (--cwd)\n'],
    [
      ['lint', '--format', 'text', '--format', 'json'],
      'planproof: Two formats on standard output\n  Send all but one to a file: --format text --format json=report.json.\n',
    ],
  ])('%j is refused with exit code 2', (args, stderr) => {
    expect(run(...args)).toEqual({ code: 2, stdout: '', stderr });
  });

  it('the options of lint may stand before nothing else', () => {
    expect(run('--quiet').code).toBe(0);
  });
});

describe('the config', () => {
  const withConfig = (config: string, name = 'planproof.config.json') =>
    new Repository({ [PATH]: plan(), [name]: config }).run(['lint']);

  it.each([
    ['{ "rulse": {} }', 'planproof.config.json:1:3: Unknown key `rulse`: did you mean `rules`?'],
    [
      '{\n  "rules": { "relation-exist": "off" }\n}',
      'planproof.config.json:2: Unknown rule `relation-exist`: did you mean `relation-exists`?',
    ],
    [
      '{ "rules": { "placeholder": "warn" } }',
      'planproof.config.json:1:14: Unexpected `rules.placeholder` `warn`, expected one of `error`, `warning` or `off`',
    ],
    [
      '{ "rules": { "internal-error": "off" } }',
      'planproof.config.json:1: The rule `internal-error` cannot be set to `off`: it keeps a run from passing silently',
    ],
    ['{ "preset": "devop" }', 'Unknown preset `devop`: did you mean `devops`?'],
    [
      '{ "roots": ["../elsewhere"] }',
      "planproof.config.json:1:1: Unexpected path `../elsewhere`, expected one below the config's folder",
    ],
    ['{ "roots": ', 'planproof.config.json:1:12: Unreadable JSON: ValueExpected'],
    [
      '{ "types": { "runbook": { "schema": "a.json", "template": "a.md" } } }',
      'No such schema of the document type `runbook`: a.json',
    ],
  ])('%s', (config, message) => {
    const { code, stdout, stderr } = withConfig(config);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', `planproof: ${message}`]);
  });

  it('in YAML, with the line of the mistake', () => {
    const { code, stderr } = withConfig('roots: [dev_ops]\nparser: remrk\n', 'planproof.config.yaml');
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'planproof: planproof.config.yaml:2:1: Unexpected parser `remrk`, expected one of `satteri` or `remark`: did you mean `remark`?',
    ]);
  });

  it('in package.json', () => {
    const { code, stderr } = withConfig('{ "name": "x", "planproof": { "roots": [] } }', 'package.json');
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'planproof: package.json:1:31: Too short roots, expected at least 1 entry',
    ]);
  });

  it('twice in a folder', () => {
    const repository = new Repository({ [PATH]: plan(), 'planproof.config.json': '{}', 'planproof.config.yaml': '' });
    expect(repository.run(['lint']).stderr).toMatch(
      /^planproof: Two configs: planproof.config.json and planproof.config.yaml\n/,
    );
  });

  it.each(['dev_ops/planproof.config.json', 'planproof.config.json'])('nested, seen from %s', (where) => {
    const repository = new Repository({
      [PATH]: plan(),
      'planproof.config.json': '{}',
      'dev_ops/planproof.config.json': '{ "roots": ["."] }',
    });
    const { code, stderr } = repository.run(['lint'], { cwd: where.includes('/') ? 'dev_ops' : '' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^planproof: Nested config dev_ops\/planproof\.config\.json: /);
  });
});

describe('nothing to lint', () => {
  it('without config and without dev_ops/ is a notice', () => {
    expect(new Repository({ 'README.md': '# Hello\n' }).run([])).toEqual({
      code: 0,
      stdout: '',
      stderr:
        'planproof: No planning documents here: neither a config nor dev_ops/. npx planproof create plan --title "…" writes the first one.\n',
    });
  });

  it.each<[string, Files]>([
    ['with a config', { 'planproof.config.json': '{}' }],
    ['with an empty dev_ops/', { 'dev_ops/README.md': '# Documents\n' }],
  ])('%s cannot run', (_what, files) => {
    const { code, stdout, stderr } = new Repository(files).run([]);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', 'planproof: No document below dev_ops/']);
  });
});

it('prints no stack trace without --debug', () => {
  const repository = new Repository({
    [PATH]: plan(),
    'planproof.config.json': '{ "types": { "x": { "schema": "dev_ops", "template": "dev_ops" } } }',
  });
  const { code, stderr } = repository.run(['lint']);
  expect(code).toBe(2);
  expect(stderr).not.toMatch(/^\s+at /m);
});
