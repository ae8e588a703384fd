import { describe, expect, it } from 'vitest';
import { adr, PLAN_BODY, plan } from '../helpers/documents.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const ADR = 'dev_ops/adrs/ADR-001-count.md';
const NEXT = 'dev_ops/adrs/ADR-002-next.md';
const PLAN = 'dev_ops/plans/PLAN-001-limit.md';
const BOARD = 'dev_ops/kanban/board.json';

const board = (...items: object[]): string => JSON.stringify({ version: 1, items });
const TASK = {
  id: 'TASK-001',
  title: 'Limit',
  status: 'todo',
  artifacts: [{ id: 'PLAN-001', relation: 'output' }],
};

/** A plan that says something more in its context. */
const planWith = (text: string, extra = ''): string =>
  plan({ related: '[ADR-001]', extra, body: PLAN_BODY.replace('without limit.', `without limit. ${text}`) });
const decision = (id: string, fields: string): string =>
  adr(id).replace('related_docs: []\n', `related_docs: []\n${fields}`);

interface Breakage {
  readonly name: string;
  readonly files: Files;
  /** What the change writes; null takes a file away. */
  readonly change: Readonly<Record<string, string | null>>;
  /** `file rule` of what breaks where nothing was touched. */
  readonly breaks: readonly string[];
}

const BREAKAGES: readonly Breakage[] = [
  {
    name: 'a file that a link leads to goes',
    files: { [PLAN]: planWith('[Tides](../../docs/tides.md)'), 'docs/tides.md': '# Tides\n' },
    change: { 'docs/tides.md': null },
    breaks: [`${PLAN} link-target`],
  },
  {
    name: 'the last file of a folder goes that a definition leads to',
    files: { [PLAN]: planWith('[Tides]\n\n[Tides]:\n  ../../docs'), 'docs/tides.md': '# Tides\n' },
    change: { docs: null },
    breaks: [`${PLAN} link-target`],
  },
  {
    name: 'a link with percent signs leads to what goes',
    files: { [PLAN]: planWith('[Tides](../../docs/high%20tides.md)'), 'docs/high tides.md': '# Tides\n' },
    change: { 'docs/high tides.md': null },
    breaks: [`${PLAN} link-target`],
  },
  {
    name: 'a heading that an anchor leads to has another name',
    files: { [PLAN]: planWith('[Why](../adrs/ADR-001-count.md#context)') },
    change: { [ADR]: adr().replace('## Context', '## Background') },
    breaks: [`${ADR} frozen-content`, `${ADR} required-sections`, `${PLAN} link-target`],
  },
  {
    name: 'a decision goes',
    files: { [PLAN]: plan({ related: '[adr-1]' }) },
    change: { [ADR]: null },
    breaks: [`${PLAN} relation-exists`],
  },
  {
    name: 'a task goes from the board',
    files: { [PLAN]: plan({ related: '[ADR-001]', extra: 'task: TASK-001\n' }), [BOARD]: board(TASK) },
    change: { [BOARD]: board() },
    breaks: [`${PLAN} task-exists`],
  },
  {
    name: 'a board can be read again, and lacks a task',
    files: { [PLAN]: plan({ related: '[ADR-001]', extra: 'task: TASK-001\n' }), [BOARD]: '{' },
    change: { [BOARD]: board() },
    breaks: [`${PLAN} task-exists`],
  },
  {
    name: 'a task begins to list the plan',
    files: { [PLAN]: plan({ related: '[ADR-001]', status: 'Complete' }), [BOARD]: board() },
    change: { [BOARD]: board(TASK) },
    breaks: [`${PLAN} task-linked`],
  },
  {
    name: 'another document takes the id',
    files: {},
    change: { 'dev_ops/adrs/ADR-001-other.md': adr('ADR-001', 'Other') },
    breaks: [`${ADR} unique-id`, 'dev_ops/adrs/ADR-001-other.md unique-id'],
  },
  {
    name: 'the successor of a decision no longer names it, which is named by a number alone',
    files: {
      [ADR]: decision('ADR-001', 'superseded_by: [2]\n').replace('Accepted', 'Superseded'),
      [NEXT]: decision('ADR-002', 'supersedes: [1]\n'),
    },
    change: { [NEXT]: decision('ADR-002', 'supersedes: [3]\n'), 'dev_ops/adrs/ADR-003-x.md': adr('ADR-003') },
    breaks: [`${NEXT} relation-reciprocal`],
  },
  {
    name: 'a round of successors is closed two documents further on',
    files: {
      [ADR]: decision('ADR-001', 'superseded_by: [ADR-002]\n').replace('Accepted', 'Superseded'),
      [NEXT]: decision('ADR-002', 'superseded_by: [ADR-003]\n').replace('Accepted', 'Superseded'),
      'dev_ops/adrs/ADR-003-x.md': adr('ADR-003'),
    },
    change: {
      'dev_ops/adrs/ADR-003-x.md': decision('ADR-003', 'superseded_by: [ADR-001]\n').replace('Accepted', 'Superseded'),
    },
    breaks: [`${ADR} relation-cycle`, `${NEXT} relation-cycle`, 'dev_ops/adrs/ADR-003-x.md relation-cycle'],
  },
];

/** `file rule` of each finding, sorted. */
function found(repository: Repository, ...args: string[]): string[] {
  const { stdout, stderr } = repository.run(['lint', ...args, '--format', 'json']);
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: { file: string; rule: string }[] };
  return findings.map(({ file, rule }) => `${file} ${rule}`);
}

/** Each way to judge a change, those that remember nothing first. */
const WAYS = [['--base', 'HEAD'], ['--staged', '--no-cache'], ['--staged'], ['--staged']];

describe('what a change breaks in documents that it does not touch', () => {
  it.each(BREAKAGES)('is shown: $name', ({ files, change, breaks }) => {
    const repository = new Repository({ [ADR]: adr(), ...files });
    repository.commit();
    for (const [path, text] of Object.entries(change)) {
      if (text === null) repository.remove(path);
      else repository.write({ [path]: text });
    }
    repository.git('add', '-A');
    for (const way of WAYS) expect({ way, found: found(repository, ...way) }).toEqual({ way, found: breaks });
    // What is older is judged when somebody asks for it, and stays silent then.
    expect(found(repository, '--staged', '--all')).toEqual(expect.arrayContaining([...breaks]));
    expect(found(repository, '--staged')).toEqual(breaks);
  });
});
