import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugify } from '../../src/model/slug.ts';
import { adr, plan } from '../helpers/documents.ts';
import { Repository } from '../helpers/repository.ts';

const TODAY = ['--today', '2026-01-31'];

describe('planproof create', () => {
  it('works in an empty repository without a config, and what it writes gives no finding', () => {
    const repository = new Repository();
    const { code, stdout, stderr } = repository.run(['create', 'plan', '--title', 'Rate limit', ...TODAY]);
    expect([code, stdout, stderr]).toEqual([0, 'dev_ops/plans/PLAN-001-rate-limit.md\n', '']);
    expect(repository.read('dev_ops/plans/PLAN-001-rate-limit.md')).toBe(`---
id: PLAN-001
title: Rate limit
type: plan
date: 2026-01-31
status: Draft
related_docs: []
---

# PLAN-001 - Rate limit

## Goal

<!-- One sentence: what is true when this plan is complete? -->

## Context

<!-- Why now? What it addresses and rests on, by id: the bug or backlog item, the decisions, the research. -->

## Proposed Changes

<!-- What will be changed, by component: a heading of depth 3 for each, one box a piece of work. -->

## Verification

<!-- How success is seen: the commands to run, what to try by hand. A box that must be ticked, or plain text. -->

## Related

<!-- The documents of related_docs, each with a word on what this plan takes from it. -->

## Exit Criteria

- [ ] Plan file lies in its folder. <!-- planproof: check location -->
- [ ] Context and Proposed Changes are filled out. <!-- planproof: check filled Context, Proposed Changes -->
- [ ] Plan is ready for review. <!-- planproof: check gate Active -->
- [ ] **If tracked**: plan is linked to its task. <!-- planproof: check linked -->
`);
    expect(repository.report()).toEqual([]);
  });

  const MADE = [
    ['adr', 'dev_ops/adrs/ADR-001-a-b.md', []],
    ['research', 'dev_ops/research/RESEARCH-001-a-b.md', []],
    ['bug', 'dev_ops/bugs/BUG-001-a-b.md', []],
    ['backlog', 'dev_ops/backlog/BLK-001-a-b.md', []],
    ['plan', 'dev_ops/plans/PLAN-001-a-b.md', []],
    ['workflow', 'dev_ops/workflows/a-b.md', ['--set', 'produces=ADR-XXX', '--set', 'description=How to decide.']],
  ] as const;

  it.each(MADE)('a new %s gives no finding of any severity', (type, path, more) => {
    const repository = new Repository();
    expect(repository.run(['create', type, '--title', 'A b', ...more]).stdout).toBe(`${path}\n`);
    expect(repository.report()).toEqual([]);
  });

  it.each(MADE.filter(([type]) => type !== 'workflow'))(
    'the same thin %s is not enough for a finished status',
    (type, path) => {
      const finished = { adr: 'Accepted', research: 'Complete', bug: 'Closed', backlog: 'Done', plan: 'Complete' }[
        type as 'adr'
      ];
      const repository = new Repository();
      repository.run(['create', type, '--title', 'A b']);
      repository.write({ [path]: repository.read(path).replace(/^status: .*$/m, `status: ${finished}`) });
      expect(repository.report().map((finding) => finding.rule)).toContain('empty-section');
    },
  );

  it('the same thin plan fails while Active and while Complete', () => {
    const repository = new Repository();
    repository.run(['create', 'plan', '--title', 'A b']);
    const path = 'dev_ops/plans/PLAN-001-a-b.md';
    const thin = repository.read(path);
    const rules = (status: string): string[] => {
      repository.write({ [path]: thin.replace('status: Draft', `status: ${status}`) });
      return repository.report().map((finding) => `${finding.line} ${finding.rule}`);
    };
    const empty = [
      '7 required-relations',
      '12 empty-section',
      '16 empty-section',
      '20 empty-section',
      '24 empty-section',
      '28 empty-section',
    ];
    expect(rules('Active')).toEqual(empty);
    expect(rules('Complete')).toEqual([
      ...empty,
      '34 exit-criteria-complete',
      '35 exit-criteria-complete',
      '36 exit-criteria-complete',
    ]);
  });

  it('fills related_docs and the Related section with links, canonically and once', () => {
    const repository = new Repository({
      'dev_ops/kanban/board.json': '{ "items": [{ "id": "TASK-007", "title": "Limit", "status": "todo" }] }',
      'dev_ops/adrs/ADR-001-count-in-memory.md': adr(),
      'dev_ops/research/RESEARCH-008-load.md': adr('RESEARCH-008', 'Load').replace('type: adr', 'type: research'),
    });
    const related = 'adr-1,RES-008,ADR-001,PR-12,#7,https://example.com/a_b';
    const args = [
      'create',
      'plan',
      '--title',
      'Rate limit',
      '--related',
      related,
      '--related',
      'GH-3',
      '--task',
      'task-7',
      ...TODAY,
    ];
    expect(repository.run(args).code).toBe(0);
    const text = repository.read('dev_ops/plans/PLAN-001-rate-limit.md');
    expect(text).toContain(`related_docs:
  - ADR-001
  - RESEARCH-008
  - PR-12
  - "#7"
  - https://example.com/a_b
  - GH-3
task: TASK-007
---`);
    expect(text).toContain(`- [ADR-001](../adrs/ADR-001-count-in-memory.md): Count in memory
- [RESEARCH-008](../research/RESEARCH-008-load.md): Load
- PR-12
- #7
- <https://example.com/a_b>
- GH-3
`);
    expect(repository.findings([`dev_ops/plans`])).toEqual([]);
  });

  it('numbers on from the highest id of the type, in frontmatter or file name, in any folder depth', () => {
    const repository = new Repository({
      'dev_ops/plans/PLAN-001-rate-limit.md': plan(),
      'dev_ops/plans/old/PLAN-041-broken.md': '---\nid: [\n---\n',
      'dev_ops/plans/pln-7.md': plan({ id: 'PLN-0043' }),
    });
    expect(repository.run(['create', 'plan', '--title', 'Next']).stdout).toBe('dev_ops/plans/PLAN-044-next.md\n');
  });

  it('works from a subfolder, and with --cwd, and prints the path from there', () => {
    const repository = new Repository({ 'dev_ops/plans/PLAN-001-rate-limit.md': plan() });
    expect(repository.run(['create', 'adr', '--title', 'A'], { cwd: 'dev_ops/plans' }).stdout).toBe(
      '../adrs/ADR-001-a.md\n',
    );
    expect(repository.run(['--cwd', 'dev_ops', 'create', 'adr', '--title', 'B', '--json']).stdout).toBe(
      '{"id":"ADR-002","type":"adr","path":"dev_ops/adrs/ADR-002-b.md"}\n',
    );
  });

  it('takes the exit criteria from the one workflow that produces the type', () => {
    const workflow = (produces: string, criterion: string): string =>
      `---\ndescription: How.\nproduces: ${produces}\n---\n\n# How\n\n## Exit Criteria\n\n- [x] ${criterion}\n\n## Notes\n`;
    const repository = new Repository({
      'dev_ops/workflows/create_plan.md': workflow('PLAN-XXX', 'The team has read it.'),
    });
    repository.run(['create', 'plan', '--title', 'A']);
    expect(repository.read('dev_ops/plans/PLAN-001-a.md')).toMatch(
      /## Exit Criteria\n\n- \[ \] The team has read it\.\n$/,
    );
    repository.write({ 'dev_ops/workflows/other.md': workflow('PLN-XXX', 'Another.') });
    repository.run(['create', 'plan', '--title', 'B']);
    expect(repository.read('dev_ops/plans/PLAN-002-b.md')).toContain('- [ ] Plan file lies in its folder.');
  });

  it('never overwrites', () => {
    const repository = new Repository({ 'dev_ops/workflows/a.md': 'mine' });
    const args = ['create', 'workflow', '--title', 'A', '--set', 'produces=ADR-XXX', '--set', 'description=x'];
    expect(repository.run(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'planproof: dev_ops/workflows/a.md exists already, nothing written\n',
    });
    expect(repository.read('dev_ops/workflows/a.md')).toBe('mine');
    expect(repository.git('status', '--porcelain', '-uall')).toBe('?? dev_ops/workflows/a.md\n');
  });

  it.each([
    [['plan'], 'Missing title\n  Write planproof create plan --title "…".'],
    [
      [],
      'Missing document type\n  Write planproof create <type>: adr, backlog, bug, plan, research, task or workflow.',
    ],
    [['pln', '--title', 'x'], 'Unknown document type `pln`: did you mean `plan`?'],
    [['plan', '--title', ' '], 'Empty title'],
    [['plan', '--title', 'a\u0007b'], 'The title holds control characters'],
    [['plan', '--title', 'a <!-- b'], 'The title holds a comment (`<!--`), which its heading would hide'],
    [
      ['plan', '--title', 'x', '--related', 'ADR-002'],
      'Unknown document `ADR-002` (--related): did you mean `ADR-001`?\n  Known ids: ADR-001.',
    ],
    [
      ['plan', '--title', 'x', '--related', 'soon'],
      'Unexpected reference `soon` (--related), expected an id such as ADR-015, "#123" or an address',
    ],
    [['plan', '--title', 'x', '--task', 'ADR-001'], 'Unknown task `ADR-001` (--task)'],
    [['plan', '--title', 'x', '--set', 'onwer=me'], 'Unknown key `onwer` (--set): did you mean `owner`?'],
    [['plan', '--title', 'x', '--set', 'status=Active'], '`status` cannot be set: create settles it by itself'],
    [['plan', '--title', 'x', '--set', 'owner'], 'Unexpected `--set owner`, expected --set key=value'],
    [
      ['bug', '--title', 'x', '--set', 'priority=Hihg'],
      'Unexpected priority `Hihg`, expected one of `Low`, `Medium`, `High` or `Critical`: did you mean `High`?',
    ],
    [
      ['plan', '--title', 'x', '--set', 'date=2026-02-30'],
      'Unexpected date `2026-02-30`, expected a date of the form YYYY-MM-DD',
    ],
    [
      ['workflow', '--title', 'x', '--set', 'produces=ADR-XXX'],
      'Missing key `description`\n  Add --set description=….',
    ],
  ])('%j is refused, and nothing is written', (args, message) => {
    const repository = new Repository({ 'dev_ops/adrs/ADR-001-count-in-memory.md': adr() });
    repository.commit();
    const { code, stdout, stderr } = repository.run(['create', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(`planproof: ${message}`), stderr).toBe(true);
    expect(repository.git('status', '--porcelain', '--ignored')).toBe('');
  });

  it('says in one line that a folder cannot be written', () => {
    const repository = new Repository({ 'dev_ops/plans': 'a file where the folder should be' });
    const { code, stderr } = repository.run(['create', 'plan', '--title', 'x']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^planproof: Cannot write dev_ops\/plans\/PLAN-001-x\.md: [^\n]+\n$/);
  });

  it('whatever the title, the new document gives no finding and can be read again', () => {
    const repository = new Repository();
    const title = fc
      .oneof(
        fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
        fc.stringMatching(/^[ #:'"\-[\]{}>|*&!%@`,?~<>/\\$A-Za-z0-9äß日é.]{1,40}$/),
        fc.constantFrom(
          'TBD',
          'null',
          'true',
          '1e5',
          '2026-01-01',
          '- [ ] a',
          '---',
          '# x #',
          'a\\',
          '[a](b)',
          'ADR-009',
          '&amp;',
        ),
      )
      .filter(
        (text) =>
          !text.includes('<!--') &&
          text.trim() !== '' &&
          !/\p{Cc}|\p{Cs}/u.test(text.replace(/\s+/g, ' ')) &&
          !text.startsWith('-'),
      );
    fc.assert(
      fc.property(title, fc.constantFrom('plan', 'adr', 'bug'), (text, type) => {
        const { code, stdout, stderr } = repository.run(['create', type, `--title=${text}`]);
        expect([code, stderr]).toEqual([0, '']);
        expect(repository.report([stdout.trim()])).toEqual([]);
      }),
      { numRuns: 40, seed: 20_260_131 },
    );
    // Eighty runs of the command: on a busy machine they take more than the usual minute.
  }, 300_000);
});

describe('slugs', () => {
  it.each([
    ['Rate limit for the public API', 'rate-limit-for-the-public-api'],
    ["Don't do that: v2.0 (now!)", 'dont-do-that-v2-0-now'],
    ['Café Zürich', 'cafe-zurich'],
    ['日本語 タイトル', '日本語-タイトル'],
    ['!!!', ''],
    [`${'word '.repeat(30)}`, 'word-word-word-word-word-word-word-word-word-word-word-word'],
  ])('%s', (title, slug) => {
    expect(slugify(title)).toBe(slug);
  });
});
