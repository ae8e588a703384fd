import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { clean } from '../../src/reporters/clean.ts';
import { COLOUR, PLAIN, styleFor } from '../../src/reporters/style.ts';
import { text } from '../../src/reporters/text.ts';
import { plan } from '../helpers/documents.ts';
import { PROJECT, Repository } from '../helpers/repository.ts';

const finding = (place: [number, number, number, number], more: Partial<Finding> = {}): Finding => ({
  file: 'a.md',
  line: place[0],
  column: place[1],
  endLine: place[2],
  endColumn: place[3],
  rule: 'placeholder',
  severity: 'error',
  message: 'Unexpected `x`',
  help: undefined,
  id: null,
  subject: '',
  fix: null,
  cause: null,
  ...more,
});

/** The lines that the text reporter prints for one finding. */
function printed(found: Finding, lines: readonly string[]): string[] {
  return text(
    { documents: 1, findings: [found], rules: [], lineOf: (_, line) => lines?.[line - 1], fixOf: () => null },
    PLAIN,
  )
    .split('\n')
    .slice(1, -3);
}

describe('the text reporter', () => {
  it('shows line, range, help and rule', () => {
    expect(
      text(
        {
          documents: 2,
          findings: [finding([1, 7, 1, 10], { help: 'Write it.' })],
          rules: [],
          lineOf: (_, line) => ['Later TBD.'][line - 1],
          fixOf: () => null,
        },
        PLAIN,
      ),
    ).toBe(
      `a.md
  1:7  error  Unexpected \`x\`  placeholder
     1 | Later TBD.
       |       ^^^
       = help: Write it.

1 error in 2 documents. planproof explain <rule> tells more.
`,
    );
  });

  it.each<[string, [number, number, number, number], string, string, string]>([
    ['behind a tab', [1, 2, 1, 5], '\tTBD', '  TBD', '  ^^^'],
    ['behind wide characters', [1, 3, 1, 6], '日本TBD', '日本TBD', '    ^^^'],
    ['behind an emoji', [1, 4, 1, 7], '😀 TBD', '😀 TBD', '   ^^^'],
    ['of no length', [1, 3, 1, 3], 'abc', 'abc', '  ^'],
    ['over several lines', [1, 3, 4, 2], 'abcde', 'abcde', '  ^^^'],
    ['with control characters', [1, 1, 1, 3], 'a\u001b[31m', 'a\\u{1b}[31m', '^^^^^^^'],
  ])('puts the carets under a range %s', (_what, place, line, shown, carets) => {
    expect(printed(finding(place), [line])).toEqual([expect.any(String), `     1 | ${shown}`, `       | ${carets}`]);
  });

  it('says of each finding how it can be fixed, and counts those that can', () => {
    const steps = [{ kind: 'set-value', key: 'status', value: 'Draft' }] as const;
    const findings = [
      finding([1, 1, 1, 2], { plan: { safe: true, steps } }),
      finding([2, 1, 2, 2], { plan: { safe: false, steps } }),
      finding([3, 1, 3, 2]),
    ];
    const lines = text({ documents: 1, findings, rules: [], lineOf: () => undefined, fixOf: () => null }, PLAIN).split(
      '\n',
    );
    expect(lines.slice(1, 4).map((line) => line.split('  ').at(-1))).toEqual([
      'placeholder (--fix)',
      'placeholder (--fix-unsafe)',
      'placeholder',
    ]);
    expect(lines.at(-2)).toBe('1 can be fixed: planproof lint --fix, 1 more with --fix-unsafe');
  });

  it('cuts a long line around the range', () => {
    const [, shown = '', carets = ''] = printed(finding([1, 501, 1, 504]), [`${'a'.repeat(500)}TBD${'b'.repeat(500)}`]);
    expect(shown.length).toBeLessThan(120);
    expect(shown.slice(carets.indexOf('^'), carets.indexOf('^') + 3)).toBe('TBD');
  });

  it('shows no line where there is none, or where it is empty', () => {
    expect(printed(finding([1, 1, 1, 1]), [])).toHaveLength(1);
    expect(printed(finding([1, 1, 1, 1]), [''])).toHaveLength(1);
  });

  it('colours and links on a terminal only, as NO_COLOR and FORCE_COLOR say', () => {
    expect([
      styleFor(true, {}),
      styleFor(false, {}),
      styleFor(true, { NO_COLOR: '1' }),
      styleFor(false, { FORCE_COLOR: '1' }),
    ]).toEqual([COLOUR, PLAIN, PLAIN, COLOUR]);
    expect([
      styleFor(true, { TERM: 'dumb' }),
      styleFor(true, { FORCE_COLOR: '0' }),
      styleFor(true, { NO_COLOR: '1', FORCE_COLOR: '1' }),
    ]).toEqual([PLAIN, PLAIN, PLAIN]);
    const coloured = text(
      { documents: 1, findings: [finding([1, 1, 1, 2])], rules: [], lineOf: () => 'x', fixOf: () => null },
      COLOUR,
    );
    expect(coloured).toContain('\u001b]8;;https://unpkg.com/planproof@');
    expect(coloured.replace(/\u001b\[\d+m|\u001b\]8;;[^\u001b]*\u001b\\/g, '')).toBe(
      text({ documents: 1, findings: [finding([1, 1, 1, 2])], rules: [], lineOf: () => 'x', fixOf: () => null }, PLAIN),
    );
  });
});

it('clean leaves nothing that a terminal obeys', () => {
  expect(clean('a\r\nb\u001b[2Jc\u0007\u202ed\u2028e\u009b')).toBe('a b\\u{1b}[2Jc\\u{7}\\u{202e}d e\\u{9b}');
});

describe('the JSON report', () => {
  const files = {
    'dev_ops/plans/PLAN-001-a.md': plan({ status: 'Dratf', related: '[ADR-1, ADR-1]' }),
    'dev_ops/plans/PLAN-002-ä b.md': '',
  };

  it('fits its schema', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
      JSON.parse(readFileSync(join(PROJECT, 'schemas', 'report.schema.json'), 'utf8')),
    );
    const { stdout } = new Repository(files).run(['--format', 'json']);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    expect(JSON.parse(stdout).summary).toEqual({
      documents: 2,
      findings: 13,
      errors: 11,
      warnings: 2,
      fixable: 4,
      known: 0,
    });
    expect(validate({ version: 1, summary: {}, findings: [{}] })).toBe(false);
  });

  it('is the same twice, and its fingerprints survive moved lines and a renamed file', () => {
    const prints = (more: Record<string, string>): string[] =>
      new Repository(more)
        .report()
        .filter((f) => f.rule !== 'file-name')
        .map((f) => `${f.rule} ${f.fingerprint}`)
        .sort();
    const before = prints(files);
    expect(new Set(before).size).toBe(before.length);
    expect(prints(files)).toEqual(before);
    const text = files['dev_ops/plans/PLAN-001-a.md'];
    const moved = { ...files, 'dev_ops/plans/PLAN-001-a.md': undefined as unknown as string };
    delete (moved as Record<string, unknown>)['dev_ops/plans/PLAN-001-a.md'];
    expect(
      prints({ ...moved, 'dev_ops/plans/sub/PLAN-001-b.md': text.replace('title:', '# moved\n\ntitle:') }),
    ).toEqual(before);
  });

  it('goes to a file while another format is shown', () => {
    const repository = new Repository({ 'dev_ops/plans/PLAN-001-a.md': plan() });
    expect(repository.run(['lint', '--format', 'text', '--format', 'json=missing/report.json']).code).toBe(2);
    const { code, stdout } = repository.run(['lint', '--format', 'text', '--format', 'json=report.json']);
    expect([code, stdout]).toEqual([0, 'No findings in 1 document.\n']);
    expect(JSON.parse(repository.read('report.json')).summary.documents).toBe(1);
  });
});
