import { describe, expect, it } from 'vitest';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const RATE = 'dev_ops/plans/PLAN-003-rate-limit.md';
const NEXT = 'dev_ops/plans/PLAN-004-next.md';
const BOARD = 'dev_ops/kanban/board.json';

const item = (id: string, title: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  title,
  description: '',
  workflow: '',
  status: 'todo',
  priority: 'medium',
  agentReady: true,
  prerequisites: { tasks: [], artifacts: [], approvals: [] },
  completion_criteria: { artifacts: [], tests: false, review: false },
  artifacts: [],
  updatedAt: '2026-01-31T00:00:00Z',
  ...more,
});

const board = (...items: readonly unknown[]): string => `${JSON.stringify({ version: 1, items }, null, 2)}\n`;

const about = (number: string): string => `dev_ops/tasks/TASK-${number}-count.md`;

const task = (id: string, extra = ''): string => `---
id: ${id}
title: Count
type: task
date: 2026-01-31
status: todo
related_docs: []
${extra}---

# ${id} - Count

## Description

Count.

## Sub-tasks

- [ ] Count.

## Related
`;

/** Two plans that know each other in every way there is. */
const known = (): Files => ({
  [RATE]: plan({ id: 'PLAN-003', body: `${PLAN_BODY}\n## PLAN-003 in numbers\n\nPLAN-003 takes a week.\n` }),
  [NEXT]: plan({
    id: 'PLAN-004',
    title: 'After PLAN-003',
    related: '[PLN-3, "plan-0003", ADR-001]',
    extra:
      'upstream: "PLAN-003, ADR-001"\ndownstream:\n  - dev_ops/plans/PLAN-003-rate-limit.md # where it was\nsupersedes: [3]\n',
    body: `${PLAN_BODY}
## Notes

Rests on PLAN-003, see [PLAN-003](PLAN-003-rate-limit.md), [the *PLAN-003* numbers](./PLAN-003-rate-limit.md#plan-003-in-numbers "PLAN-003"),
[PLAN-003][], [words][PLAN-003] and ![PLAN-003](<../plans/PLAN-003-rate-limit.md>). Later plan-3 again.

- [ ] Done. <!-- planproof: evidence PLAN-003 -->
- [ ] There. <!-- planproof: check path dev_ops/plans/PLAN-003-rate-limit.md -->

[PLAN-003]: /dev_ops/plans/PLAN-003-rate-limit.md#goal

Not meant: PLAN-0031, XPLAN-003, PLAN-003-foo.md, a/PLAN-003, \`PLAN-003\`, \`PLAN-003-rate-limit.md\`,
https://example.com/PLAN-003, <https://example.com/plans/PLAN-003-rate-limit.md>. <!-- PLAN-003 as it was -->

\`\`\`text
PLAN-003 [PLAN-003](PLAN-003-rate-limit.md)
\`\`\`

    PLAN-003
`,
  }),
  'dev_ops/adrs/ADR-001-count.md': adr(),
  [BOARD]: board(
    item('TASK-001', 'Count', {
      artifacts: [{ id: 'PLAN-003', relation: 'output', note: 'kept' }],
      prerequisites: { tasks: [], artifacts: ['PLN-003'], approvals: [] },
      completion_criteria: { artifacts: ['PLAN-003'], tests: false, review: false },
      colour: 'red',
    }),
  ),
});

describe('renumber', () => {
  it('takes along everything that names the document, and nothing that only looks so', () => {
    const repository = new Repository(known());
    const before = repository.read(NEXT);
    const outcome = repository.run(['renumber', 'PLAN-003', 'PLAN-007']);
    expect(outcome).toEqual({
      code: 0,
      stdout: `PLAN-003 → PLAN-007
  ${BOARD}
  ${NEXT}
  ${RATE} → dev_ops/plans/PLAN-007-rate-limit.md
`,
      stderr: '',
    });
    expect(repository.has(RATE)).toBe(false);
    expect(repository.read('dev_ops/plans/PLAN-007-rate-limit.md')).toBe(
      plan({
        id: 'PLAN-007',
        extra: 'formerly:\n  - PLAN-003\n',
        body: `${PLAN_BODY}\n## PLAN-007 in numbers\n\nPLAN-007 takes a week.\n`,
      }),
    );
    const [prose = '', rest = ''] = before.split('Not meant:');
    const expected = prose
      .replace('[PLN-3, "plan-0003", ADR-001]', '[PLAN-007, "PLAN-007", ADR-001]')
      .replace('supersedes: [3]', 'supersedes: [PLAN-007]')
      .replace('Later plan-3', 'Later PLAN-007')
      .replaceAll('PLAN-003', 'PLAN-007')
      .replace('numbers](./PLAN-007-rate-limit.md#plan-003', 'numbers](./PLAN-007-rate-limit.md#plan-007')
      .replace('"PLAN-007")', '"PLAN-003")')
      .replace('![PLAN-007]', '![PLAN-003]');
    expect(repository.read(NEXT)).toBe(`${expected}Not meant:${rest}`);
    expect(repository.read(BOARD)).toBe((known()[BOARD] as string).replace(/PLA?N-003/g, 'PLAN-007'));
  });

  it('takes the next number that is free in the whole clone', () => {
    const repository = new Repository({ [RATE]: plan({ id: 'PLAN-003' }) });
    repository.commit();
    repository.git('checkout', '-q', '-b', 'other');
    repository.write({ 'dev_ops/plans/PLAN-008-other.md': plan({ id: 'PLAN-008' }) });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    expect(repository.run(['renumber', 'plan-3']).stdout).toBe(
      `PLAN-003 → PLAN-009\n  ${RATE} → dev_ops/plans/PLAN-009-rate-limit.md\n`,
    );
    expect(repository.findings()).toEqual([]);
  });

  it('is undone byte for byte, with --dry-run shown as a diff that git takes, and told to programs', () => {
    const repository = new Repository({
      [RATE]: plan({ id: 'PLAN-003' }),
      [NEXT]: plan({ id: 'PLAN-004', related: '[PLAN-003]' }),
    });
    repository.commit();
    const dry = repository.run(['renumber', 'PLAN-003', '7', '--dry-run']);
    expect(dry.stderr).toBe('planproof: PLAN-003 → PLAN-007\n');
    expect(repository.git('status', '--porcelain')).toBe('');
    repository.write({ 'it.diff': dry.stdout });
    repository.git('apply', 'it.diff');
    repository.remove('it.diff');
    const applied = repository.read('dev_ops/plans/PLAN-007-rate-limit.md');
    repository.git('checkout', '-q', '.');
    repository.git('clean', '-fdq');
    const { stdout } = repository.run(['renumber', 'PLAN-003', '7', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      renumbered: [{ from: 'PLAN-003', to: 'PLAN-007', path: 'dev_ops/plans/PLAN-007-rate-limit.md', oldPath: RATE }],
      dryRun: false,
      changed: [{ path: NEXT }, { path: 'dev_ops/plans/PLAN-007-rate-limit.md', from: RATE }].sort((a, b) =>
        a.path < b.path ? -1 : 1,
      ),
    });
    expect(repository.read('dev_ops/plans/PLAN-007-rate-limit.md')).toBe(applied);
    expect(repository.run(['renumber', 'PLAN-007', 'PLAN-003']).code).toBe(0);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('renumbers a task on the board and in documents, with the document about it', () => {
    const repository = new Repository({
      [RATE]: plan({ id: 'PLAN-003', extra: 'task: TASK-001\n' }),
      [about('001')]: task('TASK-001'),
      [BOARD]: board(
        item('TASK-001', 'Count', { artifacts: [{ id: 'PLAN-003', relation: 'output' }] }),
        item('TASK-002', 'Then', { prerequisites: { tasks: ['TASK-001'], artifacts: [], approvals: [] } }),
      ),
    });
    expect(repository.findings()).toEqual([]);
    const old = repository.read(BOARD);
    expect(repository.run(['renumber', 'TASK-001', 'TASK-009']).stdout).toBe(
      `TASK-001 → TASK-009\n  ${BOARD}\n  ${RATE}\n  ${about('001')} → ${about('009')}\n`,
    );
    expect(repository.read(BOARD)).toBe(old.replaceAll('TASK-001', 'TASK-009'));
    expect(repository.read(RATE)).toContain('task: TASK-009\n');
    expect(repository.read(about('009'))).toBe(task('TASK-009', 'formerly:\n  - TASK-001\n'));
    expect(repository.findings()).toEqual([]);
  });

  it('says what it refuses, and changes nothing', () => {
    const twin = 'dev_ops/plans/PLAN-003-twin.md';
    const repository = new Repository({
      [RATE]: plan({ id: 'PLAN-003' }),
      [twin]: plan({ id: 'PLAN-003' }),
      [NEXT]: plan({ id: 'PLAN-004', extra: 'formerly: [PLAN-002]\n' }),
      'dev_ops/adrs/ADR-001-count.md': adr(),
      [BOARD]: board(item('TASK-001', 'A'), item('TASK-002', 'B'), item('TASK-002', 'C')),
    });
    repository.commit();
    const refused = (...args: string[]): string => {
      const { code, stdout, stderr } = repository.run(['renumber', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(refused('PLAN-003')).toBe(
      `planproof: PLAN-003 is the id of 2 documents: ${RATE}, ${twin}\n  Say which one by its path, such as ${twin}.\n`,
    );
    expect(refused('PLAN-099')).toMatch(/^planproof: Unknown document `PLAN-099`/);
    expect(refused('PLAN-002')).toBe('planproof: PLAN-002 is PLAN-004 now\n');
    expect(refused('PLAN-004', 'PLAN-003')).toMatch(/^planproof: PLAN-003 is taken: it is the id of /);
    expect(refused(twin, 'PLAN-002')).toMatch(`planproof: PLAN-002 is taken: it was the id of ${NEXT}\n`);
    expect(refused('TASK-001', '2')).toMatch(`planproof: TASK-002 is taken: it is on the board ${BOARD}:`);
    expect(refused('TASK-002')).toMatch(/^planproof: TASK-002 is there twice: /);
    expect(refused('ADR-001', 'PLAN-009')).toBe(
      'planproof: Unexpected id `PLAN-009` of the type `plan`, expected one such as ADR-007\n',
    );
    expect(refused('ADR-001', 'nine')).toBe('planproof: Unexpected id `nine`, expected one such as ADR-007\n');
    expect(refused('ADR-001', 'adr-1')).toBe('planproof: ADR-001 has this id already\n');
    expect(refused()).toMatch(/^planproof: Missing id\n/);
    expect(refused('ADR-001', '--conflicts')).toMatch(/^planproof: Unexpected `ADR-001` beside --conflicts\n/);
    expect(refused('ADR-001', '--base', 'main')).toBe('planproof: --base is for --conflicts alone\n');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('leaves references to the twin of what it renumbers, but where they link to the file', () => {
    const twin = 'dev_ops/plans/PLAN-003-twin.md';
    const linking = `${PLAN_BODY}\n## Notes\n\nSee [PLAN-003](PLAN-003-twin.md).\n`;
    const repository = new Repository({
      [RATE]: plan({ id: 'PLAN-003' }),
      [twin]: plan({ id: 'PLAN-003' }),
      [NEXT]: plan({ id: 'PLAN-004', related: '[PLAN-003]' }),
      'dev_ops/plans/PLAN-005-linking.md': plan({ id: 'PLAN-005', related: '[PLAN-003]', body: linking }),
    });
    expect(repository.run(['renumber', twin]).stdout).toBe(`PLAN-003 → PLAN-006
  dev_ops/plans/PLAN-005-linking.md
  ${twin} → dev_ops/plans/PLAN-006-twin.md
References to PLAN-003 stay with ${RATE}; only links to the renumbered file followed it.
`);
    expect(repository.read('dev_ops/plans/PLAN-006-twin.md')).toBe(plan({ id: 'PLAN-006' }));
    expect(repository.read('dev_ops/plans/PLAN-005-linking.md')).toContain('related_docs: [PLAN-006]');
    expect(repository.read('dev_ops/plans/PLAN-005-linking.md')).toContain('[PLAN-006](PLAN-006-twin.md)');
    expect(repository.findings()).toEqual([]);
  });

  it('keeps mode, line ends and mark of every file', () => {
    const crlf = `\uFEFF${plan({ id: 'PLAN-003' }).replaceAll('\n', '\r\n')}`;
    const repository = new Repository({
      [RATE]: crlf,
      [NEXT]: plan({ id: 'PLAN-004', related: '[PLAN-003]' }).replace('\n## Goal', '\r\n## Goal'),
    });
    const { code } = repository.run(['renumber', 'PLAN-003', 'PLAN-007']);
    expect(code).toBe(0);
    expect(repository.read('dev_ops/plans/PLAN-007-rate-limit.md')).toBe(
      `\uFEFF${plan({ id: 'PLAN-007', extra: 'formerly:\n  - PLAN-003\n' }).replaceAll('\n', '\r\n')}`,
    );
    expect(repository.read(NEXT)).toBe(
      plan({ id: 'PLAN-004', related: '[PLAN-007]' }).replace('\n## Goal', '\r\n## Goal'),
    );
  });
});
