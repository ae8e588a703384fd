import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { adr, plan } from './documents.ts';
import type { Scene } from './killing.ts';
import { Repository } from './repository.ts';

const BOARD = 'dev_ops/kanban/board.json';
const PLAN = 'dev_ops/plans/PLAN-001-rate-limit.md';
const DECISION = { 'dev_ops/adrs/ADR-001-count-in-memory.md': adr() };

/** A board as another tool wrote it: tabs, unknown keys, CRLF, no final line end. */
const board: string = JSON.stringify(
  { 'x-tool': 'by hand', items: [{ id: 'TASK-001', title: 'Limit', status: 'todo', 'x-color': 'red' }] },
  null,
  '\t',
).replaceAll('\n', '\r\n');

/** A plan with a byte order mark, CRLF, and a comment in its frontmatter. */
const windowsPlan: string = `\uFEFF${plan({ extra: 'owner: api # for now\n' }).replaceAll('\n', '\r\n')}`;

/** Makes a file, and two folders for it, and edits the board. */
export const CREATE: Scene = {
  name: 'create',
  argv: ['create', 'plan', '--title', 'Rate limit', '--task', 'TASK-001', '--today', '2026-01-31'],
  build: () => new Repository({ ...DECISION, [BOARD]: board }),
};

/** Edits two files, one of them with a mode of its own. */
export const LINK: Scene = {
  name: 'link',
  argv: ['link', 'TASK-001', 'PLAN-001'],
  build: () => {
    const repository = new Repository({ ...DECISION, [BOARD]: board, [PLAN]: windowsPlan });
    chmodSync(join(repository.folder, PLAN), 0o640);
    return repository;
  },
};

/** Moves a file, and edits what names it: documents and the board. */
const RENUMBER: Scene = {
  name: 'renumber',
  argv: ['renumber', 'PLAN-001', 'PLAN-007'],
  build: () =>
    new Repository({
      ...DECISION,
      [BOARD]: board.replace('"x-color": "red"', '"artifacts": [{ "id": "PLAN-001", "relation": "output" }]'),
      [PLAN]: windowsPlan,
      'dev_ops/plans/PLAN-002-quota.md': plan({ id: 'PLAN-002', related: '[PLAN-001]' }).replace(
        'The decision on counters.',
        'It rests on [PLAN-001](PLAN-001-rate-limit.md).',
      ),
    }),
};

/** Edits three documents, and moves one of them. */
const FIX: Scene = {
  name: 'fix',
  argv: ['lint', '--fix-unsafe', '--today', '2026-01-31'],
  says: /^(?:planproof: (?:Fixed|Inserted) .*\n){4}$/,
  before: 1,
  build: () =>
    new Repository({
      ...DECISION,
      [PLAN]: windowsPlan.replace('related_docs: []', 'related_docs: [adr-1, ADR-001]'),
      'dev_ops/plans/quota.md': plan({ id: 'PLAN-002', related: '[plan-1]' }),
      'dev_ops/plans/PLAN-003-keys.md': plan({ id: 'PLAN-003', related: '[]' }).replace(
        /## Verification[\s\S]*?(?=## Related)/,
        '',
      ),
    }),
};

/** The commands that are killed. */
export const SCENES: readonly Scene[] = [CREATE, LINK, RENUMBER, FIX];
