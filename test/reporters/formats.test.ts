import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import type { Finding } from '../../src/model/finding.ts';
import { inRunnerLog } from '../../src/reporters/escape.ts';
import { github } from '../../src/reporters/github.ts';
import { gitlab } from '../../src/reporters/gitlab.ts';
import { json } from '../../src/reporters/json.ts';
import { junit } from '../../src/reporters/junit.ts';
import { markdownSummary } from '../../src/reporters/markdown.ts';
import { rdjson } from '../../src/reporters/rdjson.ts';
import type { Report } from '../../src/reporters/report.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const finding = (more: Partial<Finding> = {}): Finding => ({
  file: 'dev_ops/plans/PLAN-001-a.md',
  line: 3,
  column: 8,
  endLine: 3,
  endColumn: 11,
  rule: 'placeholder',
  severity: 'error',
  message: 'Unexpected `TBD`',
  help: undefined,
  id: 'PLAN-001',
  subject: 'TBD',
  fix: null,
  cause: null,
  ...more,
});

const report = (findings: readonly Finding[], more: Partial<Report> = {}): Report => ({
  documents: 2,
  findings,
  rules: RULES,
  lineOf: (_, line) => ['', '', 'Später TBD.'][line - 1],
  fixOf: ({ fix }) => fix,
  ...more,
});

/** What a document of somebody else's may put into a message. */
const HOSTILE =
  'a%b\r\n::set-output name=x::y ##[error]z ]]>&<"\'> | `c` <script> @octocat #12 [x](http://e.vil) \u001b[31m\u0000\ud800 \u202e';
const hostile = finding({
  file: 'dev_ops/plans/a b,c:d%|&<"[é].md',
  message: HOSTILE,
  help: HOSTILE,
  subject: HOSTILE,
});

describe('github', () => {
  it('gives an annotation a finding, with columns only inside one line', () => {
    const warning = finding({ severity: 'warning', line: 1, endLine: 2, help: 'Write it.' });
    expect(github(report([warning, finding({ cause: { file: 'b.md', change: 'deleted' } })]))).toBe(
      [
        '::error file=dev_ops/plans/PLAN-001-a.md,line=3,endLine=3,col=8,endColumn=10,title=planproof%3A placeholder::Unexpected `TBD`%0ACaused by b.md: deleted',
        '::warning file=dev_ops/plans/PLAN-001-a.md,line=1,endLine=2,title=planproof%3A placeholder::Unexpected `TBD`%0AWrite it.',
        '1 error, 1 warning in 2 documents.\n',
      ].join('\n'),
    );
  });

  it('keeps to one line a finding, whatever the text', () => {
    const lines = github(report([hostile])).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('file=dev_ops/plans/a b%2Cc%3Ad%25|&<"[é].md,');
    expect(lines[0]).toContain('a%25b%0D%0A::set-output name=x::y ## [error]z');
    expect(lines.join('\n')).not.toContain('##[');
    expect(lines.slice(1).filter((line) => line.startsWith('::'))).toEqual([]);
  });

  it('shows ten of a level: those that the change touches first, the last one counting the others', () => {
    const many = Array.from({ length: 25 }, (_, at) => finding({ file: `f${String(at).padStart(2, '0')}.md` }));
    const lines = github(report(many, { touched: new Set(['f24.md']) })).split('\n');
    expect(lines.map((line) => /file=([^,]*)/.exec(line)?.[1])).toEqual(
      ['f24.md', ...many.slice(0, 8).map(({ file }) => file), undefined, undefined, undefined].slice(0, lines.length),
    );
    expect(lines[9]).toBe('::error title=planproof::16 more errors: the job summary lists all.');
    expect(github(report(many.slice(0, 10))).match(/^::error/gm)).toHaveLength(10);
    expect(github(report(many.slice(0, 10)))).not.toContain('more error');
  });

  it('no other report is obeyed in the log of a runner', () => {
    for (const text of [json(report([hostile])), junit(report([hostile])), markdownSummary(report([hostile]))])
      expect(text).not.toMatch(/##\[|^\s*::/m);
    expect(inRunnerLog('  ::error::a\nb ##[error]c\nd :: e')).toBe('  \u200b::error::a\nb ## [error]c\nd :: e');
  });
});

describe('sarif', () => {
  const schema = JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
      'utf8',
    ),
  );
  // Draft 4; the keywords that it uses mean the same in draft 7.
  const { $schema: _draft, id: _id, ...body } = schema;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(body);

  it('fits the official schema, with rules, regions, fingerprints and fixes', () => {
    const fix = {
      safe: true,
      edits: [{ file: 'dev_ops/plans/PLAN-001-a.md', start: 20, end: 23, text: 'now' }],
      moves: [],
    };
    const log = JSON.parse(sarif(report([hostile, finding({ fix }), finding({ endLine: 4, endColumn: 1 })])));
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const [run] = log.runs;
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(RULES.map(({ id }) => id));
    const [first, second, third] = run.results;
    expect(run.tool.driver.rules[second.ruleIndex].id).toBe('placeholder');
    expect(run.tool.driver.rules[second.ruleIndex].helpUri).toMatch(/docs\/rules\/placeholder\.md$/);
    expect(first.locations[0].physicalLocation.artifactLocation.uri).toBe(
      'dev_ops/plans/a%20b%2Cc%3Ad%25%7C%26%3C%22%5B%C3%A9%5D.md',
    );
    expect(first.message.text).toContain('\\[x](http://e.vil)');
    expect(second.locations[0].physicalLocation.region).toEqual({
      startLine: 3,
      startColumn: 8,
      endLine: 3,
      endColumn: 11,
    });
    expect(second.fixes[0].artifactChanges[0].replacements).toEqual([
      { deletedRegion: { byteOffset: 20, byteLength: 3 }, insertedContent: { text: 'now' } },
    ]);
    expect(third.fixes).toBeUndefined();
    expect(
      new Set(
        run.results.map((r: { partialFingerprints: Record<string, string> }) => r.partialFingerprints['planproof/v1']),
      ).size,
    ).toBe(3);
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
    expect(validate(JSON.parse(sarif(report([]))))).toBe(true);
  });
});

describe('junit', () => {
  const parse = (text: string) =>
    new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, trimValues: false }).parse(
      text,
    ).testsuites;

  it('is a suite a file; errors fail, warnings speak', () => {
    const text = junit(report([finding(), finding({ severity: 'warning', file: 'b.md', help: 'Write it.' })]));
    expect(XMLValidator.validate(text)).toBe(true);
    const suites = parse(text);
    expect([suites.tests, suites.failures]).toEqual(['2', '1']);
    const [first, second] = suites.testsuite;
    expect([first.name, first.failures, second.name, second.failures]).toEqual([
      'dev_ops/plans/PLAN-001-a.md',
      '1',
      'b.md',
      '0',
    ]);
    expect(first.testcase.name).toBe('placeholder at 3:8');
    expect(first.testcase.failure.message).toBe('Unexpected `TBD`');
    expect(second.testcase['system-out']).toContain('Write it.');
  });

  it('is well-formed whatever the text, and one passed test where nothing was found', () => {
    const text = junit(report([hostile]));
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]|\ud800(?![\udc00-\udfff])/);
    const clean = parse(junit(report([])));
    expect([clean.tests, clean.failures, clean.testsuite.testcase.name]).toEqual([
      '1',
      '0',
      'No findings in 2 documents',
    ]);
  });
});

it('gitlab: an issue a finding, whose fingerprint does not know lines', () => {
  const [first, second] = JSON.parse(gitlab(report([finding(), finding({ severity: 'warning', subject: 'x' })])));
  expect(first).toEqual({
    description: 'Unexpected `TBD`',
    check_name: 'placeholder',
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    severity: 'major',
    location: { path: 'dev_ops/plans/PLAN-001-a.md', lines: { begin: 3, end: 3 } },
  });
  expect(second.severity).toBe('minor');
  const [moved] = JSON.parse(gitlab(report([finding({ line: 9, endLine: 9 })])));
  expect(moved.fingerprint).toBe(first.fingerprint);
});

it('rdjson: columns count bytes', () => {
  const { diagnostics } = JSON.parse(rdjson(report([finding()])));
  expect(diagnostics).toEqual([
    {
      message: 'Unexpected `TBD`',
      location: {
        path: 'dev_ops/plans/PLAN-001-a.md',
        range: { start: { line: 3, column: 9 }, end: { line: 3, column: 12 } },
      },
      severity: 'ERROR',
      code: { value: 'placeholder', url: expect.stringMatching(/placeholder\.md$/) },
    },
  ]);
});

describe('markdown', () => {
  it('lists errors first, in a table', () => {
    const text = markdownSummary(report([finding({ severity: 'warning', help: 'Write *it*.' }), finding()]));
    const lines = text.split('\n');
    expect(lines[0]).toBe('**planproof**: 1 error, 1 warning in 2 documents');
    expect(lines[4]).toMatch(
      /^\| ❌ \| <code>dev&#95;ops\/plans\/PLAN-001-a\.md&#58;3<\/code> \| Unexpected <code>TBD<\/code> \| \[<code>placeholder<\/code>\]\(https:.*\/placeholder\.md\) \|$/,
    );
    expect(lines[5]).toContain('Write \\*it\\*\\.');
    expect(markdownSummary(report([]))).toBe('**planproof**: No findings in 2 documents\n');
  });

  it('neither breaks the table nor calls anybody, whatever the text', () => {
    const lines = markdownSummary(report([hostile]))
      .trim()
      .split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[4]?.match(/(?<!\\)\|/g)).toHaveLength(5);
    expect(lines[4]).not.toMatch(/@octocat|<script>|\]\(http:\/\/e/);
  });

  it('stays below its limit and counts what has no room', () => {
    const many = Array.from({ length: 5000 }, (_, at) => finding({ line: at + 1 }));
    const text = markdownSummary(report(many));
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
    const shown = text.match(/^\| ❌/gm)?.length ?? 0;
    expect(text).toContain(`and ${5000 - shown} more findings`);
  });
});

describe('on a CI service', () => {
  const files = { 'dev_ops/plans/PLAN-001-a.md': plan({ status: 'Dratf' }), 'summary.md': 'before\n' };

  it('GitHub Actions gets annotations and a job summary, unless told otherwise', () => {
    const repository = new Repository(files);
    const summary = `${repository.folder}/summary.md`;
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const run = repository.run([], { env });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^::error file=dev_ops\/plans\/PLAN-001-a\.md,line=6,/);
    expect(repository.read('summary.md')).toMatch(/^before\n\*\*planproof\*\*: 1 error in 1 document\n/);
    const text = repository.run(['--format', 'text'], { env });
    expect(text.stdout).not.toContain('::error');
    expect(repository.read('summary.md').match(/planproof\*\*/g)).toHaveLength(1);
    const broken = repository.run([], { env: { ...env, GITHUB_STEP_SUMMARY: `${repository.folder}/none/summary.md` } });
    expect([broken.code, broken.stderr]).toEqual([
      1,
      expect.stringMatching(/^planproof: The job summary cannot be written: /),
    ]);
  });

  it('GitLab gets text and a Code Quality report', () => {
    const repository = new Repository(files);
    const { code, stdout } = repository.run([], { env: { GITLAB_CI: 'true' } });
    expect([code, stdout]).toEqual([1, expect.stringContaining('1 error in 1 document.')]);
    expect(JSON.parse(repository.read('gl-code-quality-report.json'))).toHaveLength(1);
  });

  it('several formats go to their files', () => {
    const repository = new Repository(files);
    const formats = ['sarif=a.sarif', 'junit=b.xml', 'rdjson=c.json', 'markdown=d.md', 'gitlab=e.json', 'text'];
    const { code, stdout } = repository.run(['lint', ...formats.flatMap((one) => ['--format', one])]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('1 error in 1 document.')]);
    expect(JSON.parse(repository.read('a.sarif')).runs[0].results).toHaveLength(1);
    expect(XMLValidator.validate(repository.read('b.xml'))).toBe(true);
    expect(repository.read('d.md')).toContain('1 error in 1 document');
  });
});
