import { describe, expect, it } from 'vitest';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const BOARD = 'dev_ops/kanban/board.json';
const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';

interface Item {
  readonly id: string;
  readonly status?: string;
  readonly priority?: string;
  readonly updatedAt?: string;
  readonly [key: string]: unknown;
}

/** A board as somebody else wrote it: tabs, keys that planproof does not know, CRLF, no line end at the end. */
function foreignBoard(items: readonly Item[]): string {
  const all = items.map((item) => ({ 'x-color': 'red', title: `About ${item.id}`, status: 'todo', ...item }));
  return JSON.stringify({ generator: 'by hand', version: 1, items: all, zzz: [1, 2] }, null, '\t').replaceAll(
    '\n',
    '\r\n',
  );
}

const repository = (items: readonly Item[], more: Files = {}): Repository =>
  new Repository({
    [BOARD]: foreignBoard(items),
    [PLAN]: plan(),
    'dev_ops/adrs/ADR-001-count-in-memory.md': adr(),
    ...more,
  });

/** The lines that differ between two texts. */
function changedLines(before: string, after: string): string[] {
  const old = before.split('\r\n');
  return after.split('\r\n').filter((line) => !old.includes(line));
}

describe('edits of the board', () => {
  it('keep order, indentation, unknown keys, line ends and the end of the file', () => {
    const own = repository([{ id: 'TASK-001' }, { id: 'TASK-002', status: 'done' }]);
    const before = own.read(BOARD);
    expect(own.run(['task', 'claim', 'task-1', '--owner', 'api'])).toMatchObject({
      code: 0,
      stdout: 'TASK-001  todo → in_progress\n',
    });
    const after = own.read(BOARD);
    expect(changedLines(before, after).map((line) => line.replace(/"updatedAt": .*/, '"updatedAt"'))).toEqual([
      '\t\t\t"status": "in_progress",',
      '\t\t\t"id": "TASK-001",',
      '\t\t\t"owner": "api",',
      '\t\t\t"updatedAt"',
    ]);
    expect(after).not.toMatch(/[^\r]\n/);
    expect(after.endsWith('}')).toBe(true);
    const [first] = JSON.parse(after).items;
    expect(Object.keys(first)).toEqual(['x-color', 'title', 'status', 'id', 'owner', 'updatedAt']);
    expect({ ...first, updatedAt: '' }).toEqual({
      'x-color': 'red',
      title: 'About TASK-001',
      status: 'in_progress',
      id: 'TASK-001',
      owner: 'api',
      updatedAt: '',
    });
    expect(JSON.parse(after)).toMatchObject({ generator: 'by hand', zzz: [1, 2] });
  });

  it('link and unlink change both sides, and there and back changes nothing in the document', () => {
    const own = repository([{ id: 'TASK-001', artifacts: [{ id: 'ADR-001', relation: 'input', note: 'kept' }] }]);
    const before = own.read(PLAN);
    expect(own.run(['link', 'TASK-001', 'PLAN-001']).stdout).toBe('TASK-001 ↔ PLAN-001\n');
    expect(own.read(PLAN)).toBe(before.replace('related_docs: []\n', 'related_docs: []\ntask: TASK-001\n'));
    expect(JSON.parse(own.read(BOARD)).items[0].artifacts).toEqual([
      { id: 'ADR-001', relation: 'input', note: 'kept' },
      { id: 'PLAN-001', relation: 'output' },
    ]);
    const linked = own.read(BOARD);
    expect(own.run(['link', 'TASK-001', 'PLAN-001'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'planproof: TASK-001 and PLAN-001 are linked already.\n',
    });
    expect(own.read(BOARD)).toBe(linked);
    expect(own.run(['unlink', 'TASK-001', 'PLAN-001']).stdout).toBe('TASK-001 and PLAN-001 are no longer linked\n');
    expect(own.read(PLAN)).toBe(before);
    expect(JSON.parse(own.read(BOARD)).items[0].artifacts).toEqual([
      { id: 'ADR-001', relation: 'input', note: 'kept' },
    ]);
    expect(own.run(['unlink', 'TASK-001', 'PLAN-001']).stderr).toBe(
      'planproof: TASK-001 and PLAN-001 are not linked.\n',
    );
  });

  it('an input needs only the board; a second task is refused', () => {
    const own = repository([{ id: 'TASK-001' }, { id: 'TASK-002' }]);
    expect(own.run(['link', 'TASK-001', 'ADR-001', '--relation', 'input']).code).toBe(0);
    expect(own.read('dev_ops/adrs/ADR-001-count-in-memory.md')).toBe(adr());
    own.run(['link', 'TASK-001', 'PLAN-001']);
    const board = own.read(BOARD);
    expect(own.run(['link', 'TASK-002', 'PLAN-001'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'planproof: PLAN-001 belongs to TASK-001\n  planproof unlink TASK-001 PLAN-001 comes first.\n',
    });
    expect(own.read(BOARD)).toBe(board);
  });
});

describe('planproof task', () => {
  it('pick orders by priority, then age, then number, and leaves out what waits', () => {
    const at = (day: number): string => `2026-01-0${day}T00:00:00Z`;
    const order: string[] = [];
    const own = repository([
      { id: 'TASK-010', priority: 'low', updatedAt: at(1) },
      { id: 'TASK-002', priority: 'high', updatedAt: at(3) },
      { id: 'TASK-009', priority: 'high', updatedAt: at(2) },
      { id: 'TASK-003', priority: 'high', updatedAt: at(3) },
      { id: 'TASK-004', priority: 'high', updatedAt: at(1), prerequisites: { tasks: ['TASK-010'] } },
      { id: 'TASK-005', priority: 'high', updatedAt: at(1), status: 'blocked' },
      { id: 'TASK-006', updatedAt: at(1) },
    ]);
    for (let turn = 0; turn < 6; turn += 1) {
      const { code, stdout } = own.run(['task', 'pick', '--json']);
      if (code !== 0) break;
      const { id } = JSON.parse(stdout) as { id: string };
      order.push(id);
      expect(own.run(['task', 'claim', id]).code).toBe(0);
    }
    expect(order).toEqual(['TASK-009', 'TASK-002', 'TASK-003', 'TASK-010', 'TASK-006']);
  });

  it('claim says which prerequisites are missing', () => {
    const prerequisites = { tasks: ['TASK-002', 'TASK-009'], artifacts: ['ADR-001', 'ADR-007'], approvals: ['legal'] };
    const own = repository([
      { id: 'TASK-001', prerequisites },
      { id: 'TASK-002', status: 'blocked' },
    ]);
    const before = own.read(BOARD);
    expect(own.run(['task', 'claim', 'TASK-001'])).toEqual({
      code: 1,
      stdout: `TASK-001 cannot be claimed
  task TASK-002 is blocked
  task TASK-009 is on no board
  document ADR-007 does not exist
  approval legal is not confirmed (planproof task confirm TASK-001 "legal")
`,
      stderr: '',
    });
    expect(own.read(BOARD)).toBe(before);
  });

  it('done says which criteria are missing', () => {
    const own = repository([
      {
        id: 'TASK-001',
        status: 'in_progress',
        completion_criteria: { artifacts: ['ADR-001', 'BUG-001'], tests: true, review: true },
        confirmed: { review: '2026-01-31' },
        artifacts: [{ id: 'PLAN-001', relation: 'output' }],
      },
    ]);
    expect(own.run(['task', 'done', 'TASK-001']).stdout).toBe(`TASK-001 is not done
  document BUG-001 does not exist
  document PLAN-001 is Draft, expected Complete
  tests not confirmed (planproof task confirm TASK-001 tests)
`);
  });

  it('create begins a board, numbers on, and is what create task does', () => {
    const own = new Repository({ 'dev_ops/tasks/TASK-004-x.md': '' });
    expect(own.run(['task', 'create', '--title', 'A  b', '--json']).stdout).toBe(
      `{"id":"TASK-005","type":"task","path":"${BOARD}"}\n`,
    );
    expect(own.run(['create', 'task', '--title', 'Next', '--set', 'priority=low']).stdout).toBe('TASK-006\n');
    expect(own.run(['task', 'list']).stdout).toBe(
      'TASK-005  todo         medium  A b\nTASK-006  todo         low     Next\n',
    );
    expect(own.run(['lint', BOARD])).toMatchObject({ code: 0 });
    expect(own.run(['create', 'task', '--title', 'x', '--related', 'ADR-001']).stderr).toMatch(
      /^planproof: A task takes neither --related nor --task\n/,
    );
    expect(own.run(['create', 'task', '--title', 'x', '--set', 'prority=low']).stderr).toMatch(
      /^planproof: Unknown key `prority` \(--set\): did you mean `priority`\?\n/,
    );
  });

  it.each([
    [['task', 'claim', 'TASK-009'], 'planproof: Unknown task `TASK-009`: did you mean `TASK-001`?'],
    [['task', 'confirm', 'TASK-001', 'tests'], 'planproof: TASK-001 does not ask for `tests`'],
    [['task', 'list', '--status', 'doen'], 'planproof: Unknown status `doen`: did you mean `done`?'],
    [
      ['task', 'create', '--title', 'x', '--priority', 'hihg'],
      'planproof: Unknown priority `hihg`: did you mean `high`?',
    ],
    [['task', 'create'], 'planproof: Missing title'],
    [['task', 'clame', 'TASK-001'], "planproof: unknown command 'clame'"],
    [['link', 'TASK-001', 'PLAN-009'], 'planproof: Unknown document `PLAN-009`: did you mean `PLAN-001`?'],
    [
      ['link', 'TASK-001', 'PLAN-001', '--relation', 'outptu'],
      "planproof: option '--relation <relation>' argument 'outptu' is invalid. Allowed choices are input, output.",
    ],
    [['move', 'PLAN-001', 'Actve'], 'planproof: Unknown status `Actve`: did you mean `Active`?'],
    [['move', 'PLAN-001', 'Draft'], 'planproof: PLAN-001 is Draft already'],
    [['check', 'PLAN-001', '--for', 'Done'], 'planproof: Unknown status `Done`'],
  ])('%j is refused with exit code 2', (args, message) => {
    const { code, stdout, stderr } = repository([{ id: 'TASK-001' }]).run(args);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', message]);
  });

  it('a board that cannot be read is one finding, and no command writes to it', () => {
    const own = new Repository({ [BOARD]: '{ "items": [ }', [PLAN]: plan({ extra: 'task: TASK-001\n' }) });
    // What may stand on a board that cannot be read is not missing.
    expect(own.findings()).toEqual([`${BOARD}:1:14-1:15 board-schema`]);
    const { code, stdout } = own.run(['lint', BOARD]);
    expect([code, stdout.split('\n')[0]]).toEqual([1, BOARD]);
    expect(stdout).toContain('1:14  error  Unreadable JSON');
    expect(stdout).toContain('1 error in 0 documents.');
    expect(own.run(['task', 'create', '--title', 'x'])).toMatchObject({ code: 2 });
    expect(own.read(BOARD)).toBe('{ "items": [ }');
  });
});

describe('planproof check and move', () => {
  const whole = plan({
    status: 'Draft',
    related: '[ADR-001, "#7"]',
    body: PLAN_BODY.replace('The decision on counters.', 'ADR-001.'),
  });

  it('prints each obligation with its evidence and its place', () => {
    const own = repository([], { [PLAN]: whole });
    expect(own.run(['check', 'PLAN-001']).stdout).toBe(`PLAN-001  Draft → Active
met      document
           no other finding
met      sections-filled
           Goal is filled (line 12)
           Context is filled (line 16)
           Proposed Changes is filled (line 20)
           Verification is filled (line 24)
           Related is filled (line 28)
           Exit Criteria is filled (line 32)
met      relations
           related_docs: ADR-001 is Accepted (line 7)
           related_docs: #7 (line 7)
met      task-claimed
           no task: nothing to ask for
`);
    const verdict = JSON.parse(own.run(['check', 'PLAN-001', '--for', 'Complete', '--json']).stdout);
    expect(verdict).toMatchObject({ id: 'PLAN-001', from: 'Draft', status: 'Complete', holds: false });
    expect(
      verdict.obligations.map(({ obligation, met }: { obligation: string; met: boolean }) => `${obligation} ${met}`),
    ).toEqual([
      'document true',
      'sections-filled true',
      'relations true',
      'checklists-ticked false',
      'task-linked true',
    ]);
    expect(verdict.obligations[3].missing[0]).toEqual({
      file: PLAN,
      line: 22,
      column: 3,
      rule: 'exit-criteria-complete',
      message: 'Open item while the status is `Complete`, expected `[x]`',
      help: expect.any(String),
    });
  });

  it.each([
    ['plain', whole, /^status: Active$/m],
    ['quoted', whole.replace('status: Draft', 'status:   "Draft"   # why'), /^status: {3}"Active" {3}# why$/m],
    ['CRLF and a byte order mark', `\uFEFF${whole.replaceAll('\n', '\r\n')}`, /^status: Active\r$/m],
    ['in a flow mapping of its own', whole.replace('status: Draft', "'status': 'Draft'"), /^'status': 'Active'$/m],
  ])('move touches nothing but the value: %s', (_what, text, expected) => {
    const own = repository([], { [PLAN]: text });
    expect(own.run(['move', 'plan-1', 'Active'])).toMatchObject({ code: 0, stdout: 'PLAN-001  Draft → Active\n' });
    const moved = own.read(PLAN);
    expect(moved).toMatch(expected);
    expect(moved.replace('Active', 'Draft')).toBe(text);
  });

  it('a status that its schema makes conditional is judged as it will be', () => {
    const own = repository([]);
    const { code, stdout } = own.run(['move', 'ADR-001', 'Superseded']);
    expect(code).toBe(1);
    expect(stdout).toContain('Missing key `superseded_by`');
    expect(own.read('dev_ops/adrs/ADR-001-count-in-memory.md')).toBe(adr());
  });

  it('evidence that names a commit is looked up, unless the clone is shallow', () => {
    const evidence = (hash: string): string =>
      whole.replace('- [ ] Run the load test.', `- [x] Run the load test. <!-- planproof: evidence ${hash} -->`);
    const own = repository([], { [PLAN]: whole });
    own.commit();
    const hash = own.git('rev-parse', '--short=10', 'HEAD').trim();
    own.write({ [PLAN]: evidence(hash) });
    expect(own.report()).toEqual([]);
    own.write({ [PLAN]: evidence('0123456789abcdef') });
    expect(own.report().map((f) => `${f.line}:${f.column} ${f.rule} ${f.message}`)).toEqual([
      '26:3 exit-criteria-true Unknown evidence `0123456789abcdef`, expected something that exists',
    ]);
    own.write({ '.git/shallow': `${own.git('rev-parse', 'HEAD').trim()}\n` });
    expect(own.report()).toEqual([]);
  });

  it('the status of a task is that of the board', () => {
    const own = repository([{ id: 'TASK-001' }], {
      'dev_ops/tasks/TASK-001-a.md': plan({ id: 'TASK-001', status: 'todo' }).replace('type: plan', 'type: task'),
    });
    expect(own.run(['move', 'TASK-001', 'in_progress']).stderr).toMatch(
      /^planproof: The board decides the status of `TASK-001`\n/,
    );
  });
});
