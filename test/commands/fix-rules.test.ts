import { describe, expect, it } from 'vitest';
import { crlf } from '../helpers/cases.ts';
import { Repository } from '../helpers/repository.ts';

const PLAN = 'dev_ops/plans/PLAN-003-rate-limit.md';
const OLD = 'dev_ops/plans/PLAN-001-old.md';
const ADR = 'dev_ops/adrs/adr-15-tokens.md';
const BOARD = 'dev_ops/kanban/board.json';

const MESSY = crlf(`---
id: plan-3 # the third
title: 'Rate limit'
date: 5 January 2026
type: plan
status: Complete
related_docs: [adr-15, ADR-0015, "#42", PLN-3]
supersedes: [PLAN-1]
task: TASK-001
# the end
---
## Steps

- [x] Count requests, as ADR-15 says.

## Context

The public API answers without limit.

## Goal

Clients get at most 100 answers a minute.

### Related

- ADR-15, and BUG-007.

## exit criteria

- [ ] Filled. <!-- planproof: check filled Goal, Context -->
- [ ] **If tracked**: linked. <!-- planproof: check linked -->`);

const MENDED = crlf(`---
id: PLAN-003 # the third
title: 'Rate limit'
date: 2026-01-05
type: plan
status: Complete
related_docs: [ADR-015, "#42", BUG-007]
supersedes: [PLAN-001]
task: TASK-001
# the end
---

# PLAN-003 - Rate limit

## Goal

Clients get at most 100 answers a minute.

## Context

The public API answers without limit.

## Proposed Changes

- [x] Count requests, as ADR-015 says.

## Verification

<!-- How success is seen: the commands to run, what to try by hand. A box that must be ticked, or plain text. -->

## Related

- ADR-015, and BUG-007.

## Exit Criteria

- [x] Filled. <!-- planproof: check filled Goal, Context -->
- [x] **If tracked**: linked. <!-- planproof: check linked -->`);

const OTHERS = {
  [OLD]: '---\nid: PLAN-001\ntitle: Old\ntype: plan\nstatus: Superseded\ndate: 2026-01-01\nrelated_docs: []\n---\n',
  [ADR]: '---\nid: ADR-015\ntitle: Tokens\ntype: adr\nstatus: Accepted\ndate: 2026-01-01\nrelated_docs: []\n---\n',
  'dev_ops/bugs/BUG-007-slow.md': '---\nid: BUG-007\ntitle: Slow\n---\n',
  [BOARD]:
    '{\n  "version": 1,\n  "columns": [],\n  "items": [{ "id": "TASK-001", "title": "Limit", "status": "in_progress" }]\n}\n',
};

describe('lint --fix with all rules together', () => {
  it('mends one document, and what it is linked with, at once; a second run finds nothing more', () => {
    const repository = new Repository({ [PLAN]: MESSY, ...OTHERS });
    const outcome = repository.run(['lint', '--fix', PLAN]);
    expect(repository.read(PLAN), outcome.stdout + outcome.stderr).toBe(MENDED);
    expect(repository.read(OLD)).toContain('superseded_by:\n  - PLAN-003\n');
    expect(repository.read(BOARD)).toContain('"relation": "output"');
    const files = [PLAN, OLD, BOARD].map((path) => repository.read(path));
    repository.run(['lint', '--fix', PLAN]);
    expect([PLAN, OLD, BOARD].map((path) => repository.read(path))).toEqual(files);
  });

  it('moves a document only when told to', () => {
    const repository = new Repository({ [PLAN]: MESSY, ...OTHERS });
    repository.run(['lint', '--fix', ADR]);
    expect(repository.has(ADR)).toBe(true);
    repository.run(['lint', '--fix-unsafe', ADR]);
    expect([repository.has(ADR), repository.has('dev_ops/adrs/ADR-015-tokens.md')]).toEqual([false, true]);
  });
});
