/** Small whole documents for tests; every one is clean. */

/** A plan in the status Draft, as thin as `create` writes it, with the parts given replaced. */
export function plan(
  parts: { id?: string; title?: string; status?: string; related?: string; extra?: string; body?: string } = {},
): string {
  const {
    id = 'PLAN-001',
    title = 'Rate limit',
    status = 'Draft',
    related = '[]',
    extra = '',
    body = PLAN_BODY,
  } = parts;
  return `---
id: ${id}
title: ${title}
type: plan
date: 2026-01-31
status: ${status}
related_docs: ${related}
${extra}---

# ${id} - ${title}

${body}`;
}

/** The sections of a plan, filled, with every box open. */
export const PLAN_BODY = `## Goal

Clients get at most 100 answers a minute.

## Context

The public API answers without limit.

## Proposed Changes

- [ ] Count requests by client.

## Verification

- [ ] Run the load test.

## Related

The decision on counters.

## Exit Criteria

- [ ] Context and Proposed Changes are filled out.
`;

/** An accepted decision. */
export function adr(id = 'ADR-001', title = 'Count in memory'): string {
  return `---
id: ${id}
title: ${title}
type: adr
date: 2026-01-31
status: Accepted
related_docs: []
---

# ${id} - ${title}

## Context

Two ways were weighed.

## Decision

We count in memory.

## Consequences

Counters are lost on a restart.

## Related
`;
}
