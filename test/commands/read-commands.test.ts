import { describe, expect, it } from 'vitest';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const repository = (): Repository =>
  new Repository({
    'dev_ops/plans/PLAN-001-rate-limit.md': plan({ related: '[ADR-001, "#7"]' }),
    'dev_ops/plans/PLAN-002-other.md': plan({ id: 'PLAN-002', title: 'Other', status: 'Active', related: '["#7"]' }),
    'dev_ops/adrs/ADR-001-count-in-memory.md': adr(),
    'dev_ops/workflows/create_plan.md': '---\ndescription: How.\nproduces: PLAN-XXX\n---\n\n# How to plan\n',
  });

describe('planproof list', () => {
  it('prints a line a document', () => {
    expect(repository().run(['list']).stdout).toBe(
      [
        'ADR-001   adr       Accepted  Count in memory',
        'PLAN-001  plan      Draft     Rate limit',
        'PLAN-002  plan      Active    Other',
        '-         workflow  -         How to plan',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [['--type', 'plan', '--status', 'Active'], ['PLAN-002']],
    [['--related', 'adr-1'], ['PLAN-001']],
    [['--type', 'workflow'], [null]],
    [['--status', 'Complete'], []],
  ])('%j', (args, ids) => {
    const rows = JSON.parse(repository().run(['list', '--json', ...args]).stdout) as { id: string | null }[];
    expect(rows.map((row) => row.id)).toEqual(ids);
  });

  it('refuses a filter that can never match', () => {
    const { code, stderr } = repository().run(['list', '--status', 'Actve']);
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'planproof: Unknown status `Actve`: did you mean `Active`?']);
  });

  it('cleans what a terminal would obey', () => {
    const hostile = new Repository({ 'dev_ops/plans/PLAN-001-x.md': plan({ title: '"a\\e[31mb"' }) });
    expect(hostile.run(['list']).stdout).toBe('PLAN-001  plan  Draft  a\\u{1b}[31mb\n');
  });
});

describe('planproof show', () => {
  it('shows a document, what it names and what names it', () => {
    expect(repository().run(['show', 'adr-1']).stdout).toBe(`ADR-001  dev_ops/adrs/ADR-001-count-in-memory.md
  title: Count in memory
  date: 2026-01-31
  status: Accepted
  related_docs: -
Sections
  Context (line 12)
  Decision (line 16)
  Consequences (line 20)
  Related (line 24), empty
Named by
  PLAN-001 (related_docs)
`);
    const shown = JSON.parse(repository().run(['show', 'PLAN-001', '--json']).stdout);
    expect(shown.sections.at(-1)).toEqual({ name: 'Exit Criteria', line: 32, filled: true, boxes: 1, ticked: 0 });
    expect(shown.references).toEqual([
      { field: 'related_docs', to: 'ADR-001', path: 'dev_ops/adrs/ADR-001-count-in-memory.md' },
      { field: 'related_docs', to: '#7', path: null },
    ]);
  });

  it('finds a document without an id by its path', () => {
    expect(repository().run(['show', 'dev_ops/workflows/create_plan.md']).stdout).toMatch(
      /^dev_ops\/workflows\/create_plan\.md\n {2}description: How\./,
    );
  });

  it.each(['plan', 'adr', 'research', 'bug', 'backlog', 'task', 'workflow'])(
    'the template of %s has the sections that lint asks for',
    (type) => {
      const { code, stdout } = repository().run(['show', '--template', type]);
      expect(code).toBe(0);
      const { sections } = JSON.parse(repository().run(['show', '--template', type, '--json']).stdout) as {
        sections: { name: string }[];
      };
      expect(stdout.match(/^## .+$/gm)).toEqual(sections.map(({ name }) => `## ${name}`));
      expect(stdout).not.toMatch(/planproof: (alias|checklist|from-|may-be)/);
    },
  );
});

describe('planproof explain', () => {
  it('prints the page, lists the rules', () => {
    expect(repository().run(['explain', 'relation-exists']).stdout).toMatch(/^# relation-exists\n/);
    expect(repository().run(['explain']).stdout).toMatch(
      /\nrelations\n(?: {2}.*\n)* {2}relation-exists +Every document/,
    );
    const rules = JSON.parse(repository().run(['explain', '--json']).stdout) as { id: string; gate: string | null }[];
    expect(rules.find((rule) => rule.id === 'empty-section')?.gate).toBe('sections-filled');
  });
});

describe('planproof config', () => {
  it('shows each value with its origin', () => {
    const own = repository();
    expect(own.run(['config']).stdout).toMatch(/^config file: none\npreset: \["devops"\] {2}\(default\)\n/);
    own.write({ 'planproof.config.jsonc': '{\n  // ours\n  "rules": {\n    "placeholder": "off",\n  },\n}\n' });
    const { stdout } = own.run(['config']);
    expect(stdout).toMatch(/^config file: planproof\.config\.jsonc$/m);
    expect(stdout).toMatch(/^rules\.placeholder: off {2}\(planproof\.config\.jsonc:4\)$/m);
    expect(stdout).toMatch(/^rules\.unique-id: error {2}\(default\)$/m);
  });

  it('shows which rules speak of a file in its present status', () => {
    const rules = (path: string): string[] => JSON.parse(repository().run(['config', path, '--json']).stdout).rules;
    expect(rules('dev_ops/plans/PLAN-001-rate-limit.md')).not.toContain('empty-section');
    expect(rules('dev_ops/plans/PLAN-002-other.md')).toContain('empty-section');
  });

  it('what it says holds: a rule set to off is silent, one set to warning does not fail', () => {
    const own = new Repository({
      'dev_ops/plans/PLAN-001-rate-limit.md': plan({
        status: 'Active',
        related: '["#7"]',
        body: PLAN_BODY.replace('Clients get', 'TBD get'),
      }),
    });
    expect(own.run(['lint']).code).toBe(1);
    own.write({ 'planproof.config.json': '{ "rules": { "placeholder": "warning" } }' });
    expect(own.run(['lint']).code).toBe(0);
    expect(own.run(['lint', '--max-warnings', '0'])).toMatchObject({
      code: 1,
      stderr: 'planproof: 1 warnings, at most 0 allowed (--max-warnings).\n',
    });
    expect(own.run(['lint', '--quiet']).stdout).toBe('No findings in 1 document.\n');
    own.write({ 'planproof.config.json': '{ "rules": { "placeholder": "off" } }' });
    expect(own.run(['lint']).stdout).toBe('No findings in 1 document.\n');
  });
});
