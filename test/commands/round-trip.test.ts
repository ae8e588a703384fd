import { describe, expect, it } from 'vitest';
import { Repository } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';
const BOARD = 'dev_ops/kanban/board.json';

/** Runs a command and gives its exit code and the first line that it prints. */
function step(repository: Repository, ...args: string[]): [number | null, string] {
  const { code, stdout, stderr } = repository.run(args);
  return [code, (stdout || stderr).split('\n')[0] as string];
}

function edit(
  repository: Repository,
  path: string,
  ...replacements: readonly (readonly [string | RegExp, string])[]
): void {
  let text = repository.read(path);
  for (const [from, to] of replacements) {
    if (typeof from === 'string') expect(text).toContain(from);
    else expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  repository.write({ [path]: text });
}

describe('the whole way of a piece of work', () => {
  it('from backlog item to done task; every wrong order is refused with the reason', () => {
    const repository = new Repository();
    repository.git('commit', '-q', '--allow-empty', '-m', 'start');

    expect(step(repository, 'create', 'plan', '--title', 'Rate limit', '--task', 'TASK-001')).toEqual([
      2,
      'planproof: Unknown task `TASK-001` (--task)',
    ]);
    expect(step(repository, 'create', 'backlog', '--title', 'Limit requests')).toEqual([
      0,
      'dev_ops/backlog/BLK-001-limit-requests.md',
    ]);
    expect(step(repository, 'task', 'create', '--title', 'Limit requests', '--priority', 'high')).toEqual([
      0,
      'TASK-001',
    ]);
    edit(
      repository,
      BOARD,
      ['"tests": false', '"tests": true'],
      ['"approvals": []', '"approvals": ["budget"]'],
      ['"artifacts": []', '"artifacts": ["BLK-001"]'],
    );

    // Claiming waits for the approval.
    expect(repository.run(['task', 'claim', 'TASK-001'])).toEqual({
      code: 1,
      stdout:
        'TASK-001 cannot be claimed\n  approval budget is not confirmed (planproof task confirm TASK-001 "budget")\n',
      stderr: '',
    });
    expect(step(repository, 'task', 'pick')).toEqual([
      1,
      'planproof: No task can be taken: each is claimed, or waits for something.',
    ]);
    expect(step(repository, 'task', 'confirm', 'TASK-001', 'budget', '--today', '2026-01-31')).toEqual([
      0,
      'TASK-001  budget confirmed 2026-01-31',
    ]);
    expect(step(repository, 'task', 'done', 'TASK-001')).toEqual([1, 'TASK-001 cannot be done']);

    // The plan may be written before the task is claimed, but not become active.
    const create = [
      'create',
      'plan',
      '--title',
      'Rate limit',
      '--related',
      'BLK-001',
      '--task',
      'TASK-001',
      '--today',
      '2026-01-31',
    ];
    expect(step(repository, ...create)).toEqual([0, PLAN]);
    expect(repository.report()).toEqual([]);
    expect(repository.read(BOARD)).toContain('"id": "PLAN-001",\n          "relation": "output"');
    expect(step(repository, 'move', 'PLAN-001', 'Complete')).toEqual([
      1,
      'planproof: PLAN-001 is Draft and cannot become Complete. It can become Active or Superseded.',
    ]);
    edit(
      repository,
      PLAN,
      [/(## Goal\n\n)<!--.*?-->/s, '$1At most 100 answers a minute.'],
      [/(## Context\n\n)<!--.*?-->/s, '$1The API answers without limit, see BLK-001.'],
      [/(## Proposed Changes\n\n)<!--.*?-->/s, '$1- [ ] Count requests by client.'],
      [/(## Verification\n\n)<!--.*?-->/s, '$1- [ ] Run the load test.'],
    );
    const before = repository.read(PLAN);
    const refused = repository.run(['move', 'PLAN-001', 'Active']);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toBe(`PLAN-001 stays Draft: the gate of Active does not hold
missing  task-claimed
           Task \`TASK-001\` is todo while the status is \`Active\`, expected it claimed  ${PLAN}:9:7  task-claimed
`);
    expect(repository.read(PLAN)).toBe(before);

    expect(step(repository, 'task', 'pick')).toEqual([0, 'TASK-001  todo         high    Limit requests']);
    expect(step(repository, 'task', 'claim', 'TASK-001', '--owner', 'api-team')).toEqual([
      0,
      'TASK-001  todo → in_progress',
    ]);
    expect(step(repository, 'task', 'claim', 'TASK-001')).toEqual([1, 'TASK-001 cannot be claimed']);
    expect(step(repository, 'check', 'PLAN-001')).toEqual([0, 'PLAN-001  Draft → Active']);
    expect(step(repository, 'move', 'PLAN-001', 'Active')).toEqual([0, 'PLAN-001  Draft → Active']);
    expect(repository.read(PLAN)).toBe(before.replace('status: Draft', 'status: Active'));
    expect(repository.report()).toEqual([]);

    // Work is not done while a box is open, and no tick may lie.
    const check = repository.run(['check', 'PLAN-001', '--for', 'Complete']);
    expect(check.code).toBe(1);
    expect(check.stdout.match(/Open item/g)).toHaveLength(6);
    expect(step(repository, 'task', 'done', 'TASK-001')).toEqual([1, 'TASK-001 is not done']);
    edit(repository, PLAN, [/- \[ \]/g, '- [x]']);
    edit(repository, BOARD, ['"relation": "output"', '"relation": "input"']);
    expect(repository.report().map((finding) => `${finding.line}:${finding.column} ${finding.rule}`)).toEqual([
      '41:3 exit-criteria-true',
    ]);
    expect(step(repository, 'link', 'TASK-001', 'PLAN-001')).toEqual([0, 'TASK-001 ↔ PLAN-001']);
    expect(repository.report()).toEqual([]);
    expect(step(repository, 'move', 'PLAN-001', 'Complete')).toEqual([0, 'PLAN-001  Active → Complete']);

    // The task is done when its documents are and its tests are confirmed.
    expect(repository.run(['task', 'done', 'TASK-001']).stdout).toBe(
      'TASK-001 is not done\n  tests not confirmed (planproof task confirm TASK-001 tests)\n',
    );
    expect(step(repository, 'task', 'confirm', 'TASK-001', 'tests')[0]).toBe(0);
    expect(step(repository, 'task', 'done', 'TASK-001')).toEqual([0, 'TASK-001  in_progress → done']);
    expect(step(repository, 'task', 'done', 'TASK-001')).toEqual([1, 'TASK-001 cannot be done']);
    expect(repository.report()).toEqual([]);
  });
});
