import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import type { Finding } from '../../src/model/finding.ts';
import { MUTANTS } from '../fixtures/mutants/index.ts';
import { bom, crlf, doc, PLAN, planIn } from '../helpers/cases.ts';
import { carryOut, type Judged, judgeFiles, mendedBy, type Offer } from '../helpers/fixes.ts';
import { asWritten, cleanFiles, type MutatedRepository, mutate } from '../helpers/mutants.ts';
import type { Files } from '../helpers/repository.ts';

const ADR = 'dev_ops/adrs/ADR-015-tokens.md';
const BACKLOG = 'dev_ops/backlog/BLK-001-quota.md';
const BOARD = 'dev_ops/kanban/board.json';

/** A document, or several, and what the fixes of one rule make of it; the same text where there is nothing to fix. */
interface Case {
  readonly name: string;
  readonly before: string | Files;
  /** One text is that of the document whose path `at` is. */
  readonly after: string | Files;
  readonly at?: string;
  readonly unsafe?: boolean;
  /** Nothing is wrong, so that there is nothing to fix. */
  readonly silent?: boolean;
}

const filesOf = (content: string | Files, at: string): Files =>
  typeof content === 'string' ? { [at]: content } : content;
const unchanged = <T extends string | Files>(name: string, before: T, more: Partial<Case> = {}) => ({
  ...more,
  name,
  before,
  after: before,
});

/** A backlog item, whose template has three sections: Context (or Source), Goal and Related. */
const item = (...body: readonly string[]): string => doc(['id: BLK-001'], ...body);
const CONTEXT = '<!-- Where it comes from and whom it would help. -->';
const GOAL = '<!-- One sentence: what would be true if this were done? -->';
const RELATED = '<!-- The documents of related_docs, each with a word on how it bears on this item. -->';
const at = BACKLOG;

const SECTIONS: readonly Case[] = [
  {
    name: 'at the end of a text with CRLF and no final newline',
    at,
    before: crlf(item('## Context', '', '## Goal', '', 'Less load.')).trimEnd(),
    after: crlf(item('## Context', '', '## Goal', '', 'Less load.', '', '## Related', '', RELATED)).trimEnd(),
  },
  {
    name: 'behind a byte order mark, above a heading without a blank line',
    at,
    before: bom(item('## Context', 'Words.', '## Related')),
    after: bom(item('## Context', 'Words.', '', '## Goal', '', GOAL, '', '## Related')),
  },
  {
    name: 'all three, right behind the frontmatter',
    at,
    before: '---\nid: BLK-001\n---\n',
    after: `---\nid: BLK-001\n---\n\n## Context\n\n${CONTEXT}\n\n## Goal\n\n${GOAL}\n\n## Related\n\n${RELATED}\n`,
  },
  {
    name: 'two in one place, in order',
    at,
    before: item('## Related', '', '- none'),
    after: item('## Context', '', CONTEXT, '', '## Goal', '', GOAL, '', '## Related', '', '- none'),
  },
  {
    name: 'above an underlined heading, behind a section of the author',
    at,
    before: item('## Context', '', '## Notes', '', 'Words.', '', 'Related', '-------', '', '- none'),
    after: item(
      '## Context',
      '',
      '## Notes',
      '',
      'Words.',
      '',
      '## Goal',
      '',
      GOAL,
      '',
      'Related',
      '-------',
      '',
      '- none',
    ),
  },
  {
    name: 'behind two spaces at the end of a line, and blank lines of spaces',
    at,
    before: '---\nid: BLK-001\n---\n\n## Context\n\n## Goal\n\nWords.  \n   \n\n',
    after: `---\nid: BLK-001\n---\n\n## Context\n\n## Goal\n\nWords.  \n\n## Related\n\n${RELATED}\n   \n\n`,
  },
  unchanged('not below a fence that nobody closed', item('## Context', '', '## Goal', '', '```sh', 'run'), { at }),
  {
    name: 'below a fence that is closed, of tildes and longer than its opening',
    at,
    before: item('## Context', '', '## Goal', '', '~~~', '## Related', '~~~~'),
    after: item('## Context', '', '## Goal', '', '~~~', '## Related', '~~~~', '', '## Related', '', RELATED),
  },
  unchanged('not below a comment that nobody closed', item('## Context', '', '## Goal', '', '<!-- later', '', 'x'), {
    at,
  }),
  unchanged('not below a script that nobody closed', item('## Context', '', '## Goal', '', '<script>', '', 'x'), {
    at,
  }),
  unchanged(
    'not between inline control and its line',
    item('## Context', '', '<!-- planproof-disable-next-line section-order -- as it grew -->', '## Related'),
    { at },
  ),
  {
    name: 'another depth, with markup, closing signs and a comment',
    at,
    before: item('## Context', '', '#### **Goal** <!-- one --> ####', '', 'Related', '=======', ''),
    after: item('## Context', '', '## **Goal** <!-- one -->', '', '## Related', ''),
  },
  unchanged('another depth where the section does not belong', item('### Related', '', '## Context', '', '## Goal'), {
    at,
  }),
  {
    name: '... is no safe guess',
    at,
    unsafe: true,
    before: item('### Related', '', '## Context', '', '## Goal'),
    after: item('## Related', '', '## Context', '', '## Goal'),
  },
  {
    name: 'another case, with closing signs and an underline',
    at,
    before: item('## context ##', '', 'GOAL', '----', '', '## Related'),
    after: item('## Context ##', '', 'Goal', '----', '', '## Related'),
  },
  unchanged('a misspelt heading', item('## Contxt', '', '## Goal', '', '## Related'), { at }),
  {
    name: '... is a guess',
    at,
    unsafe: true,
    before: item('## Contxt', '', '## Goal', '', '## Related'),
    after: item('## Context', '', '## Goal', '', '## Related'),
  },
  unchanged('a misspelt heading with markup', item('## *Contxt*', '', '## Goal', '', '## Related'), {
    at,
    unsafe: true,
  }),
  {
    name: 'an alias gives way to the name',
    at,
    before: item('## Source', '', '## Goal', '', '## Related'),
    after: item('## Context', '', '## Goal', '', '## Related'),
  },
  unchanged('an alias with markup stays', item('## *Source*', '', '## Goal', '', '## Related'), { at, silent: true }),
];

const ORDER: readonly Case[] = [
  {
    name: 'each takes along what follows it, the white space between stays; no final newline',
    at,
    before: item(
      '## Goal',
      '',
      'G.',
      '',
      '### Why',
      '',
      '## Notes',
      '',
      'N.',
      '',
      '',
      '## Related',
      '',
      'R.',
      '',
      '## Context',
      '',
      'C.',
    ).trimEnd(),
    after: item(
      '## Context',
      '',
      'C.',
      '',
      '',
      '## Goal',
      '',
      'G.',
      '',
      '### Why',
      '',
      '## Notes',
      '',
      'N.',
      '',
      '## Related',
      '',
      'R.',
    ).trimEnd(),
  },
  {
    name: 'only what has to move, without blank lines, with CRLF',
    at,
    before: crlf(item('## Context', 'C.', '## Related', 'R.', '## Goal', 'G.')),
    after: crlf(item('## Context', 'C.', '## Goal', 'G.', '', '## Related', 'R.')),
  },
  {
    name: 'what stands above the first section stays; headings in fences and quotes are none',
    at,
    before: bom(
      item(
        'Words.',
        '',
        '## Goal',
        '',
        '```',
        '## Context',
        '```',
        '',
        '> ## Related',
        '',
        '## Context',
        '',
        '    ## Goal',
        '',
      ),
    ),
    after: bom(
      item(
        'Words.',
        '',
        '## Context',
        '',
        '    ## Goal',
        '',
        '## Goal',
        '',
        '```',
        '## Context',
        '```',
        '',
        '> ## Related',
        '',
      ),
    ),
  },
  {
    name: 'underlined headings do not run into each other',
    at,
    before: item('Goal', '----', 'G.', '## Context', 'C.'),
    after: item('## Context', 'C.', '', 'Goal', '----', 'G.'),
  },
  {
    name: 'HTML that is closed where it is opened',
    at,
    before: item('## Goal', '', '<details><br>', '', 'G.', '', '</details>', '', '## Context', '', 'C. <b>x</b>'),
    after: item('## Context', '', 'C. <b>x</b>', '', '## Goal', '', '<details><br>', '', 'G.', '', '</details>'),
  },
  unchanged('not across HTML', item('## Goal', '', '<details>', '', '## Context', '', '</details>'), { at }),
  unchanged('not with a fence that nobody closed', item('## Goal', '', '## Context', '', '```', 'x'), { at }),
  unchanged('not with a section twice', item('## Goal', '', '## Context', '', 'C.', '', '## Goal'), { at }),
  unchanged('not across a title', item('## Goal', '', '# Part two', '', '## Context'), { at }),
  unchanged(
    'not around inline control',
    item('## Goal', '', '<!-- planproof-disable placeholder -- a sample -->', '', 'TBD', '', '## Context', '', 'C.'),
    { at },
  ),
  unchanged(
    'not with two definitions of one link',
    item('## Goal', '', '[a]: x.md', '', '## Context', '', '[A]: y.md', '', '[a]'),
    { at },
  ),
];

const DUPLICATES: readonly Case[] = [
  {
    name: 'the last one, without final newline',
    at,
    before: item('## Context', '', 'C.', '', '## Goal', '', '## Context').trimEnd(),
    after: item('## Context', '', 'C.', '', '## Goal').trimEnd(),
  },
  {
    name: 'under an alias, between others, with CRLF',
    at,
    before: crlf(item('## Context', '', '## Source ##', '', '', '## Goal', '')),
    after: crlf(item('## Context', '', '', '## Goal', '')),
  },
  {
    name: 'the first one, where the second is not empty',
    at,
    before: item('## Context', '', '## Goal', '', '## Context', '', 'C.'),
    after: item('', '## Goal', '', '## Context', '', 'C.').replace('---\n\n\n', '---\n\n'),
  },
  unchanged(
    'not one with a comment',
    item('## Context', '', 'C.', '', '## Context', '', '<!-- later -->', '', '## Goal'),
    {
      at,
    },
  ),
  unchanged('not one with a heading', item('## Context', '', 'C.', '', '## Context', '### Why', 'x', '## Goal'), {
    at,
  }),
  unchanged(
    'not one with a comment in its heading',
    item('## Context', '', 'C.', '', '## Context <!-- b -->', '', '## Goal'),
    {
      at,
    },
  ),
];

const titled = (title: string, ...body: readonly string[]): string => doc(['id: PLAN-003', `title: ${title}`], ...body);

const TITLES: readonly Case[] = [
  {
    name: 'in front of words that follow the frontmatter at once, with CRLF and a byte order mark',
    before: bom(crlf('---\nid: PLAN-003\ntitle: Rate limit\n---\nWords.\n')),
    after: bom(crlf('---\nid: PLAN-003\ntitle: Rate limit\n---\n\n# PLAN-003 - Rate limit\n\nWords.\n')),
  },
  {
    name: 'into an empty body, without final newline',
    before: '---\nid: PLAN-003\ntitle: Rate limit\n---',
    after: '---\nid: PLAN-003\ntitle: Rate limit\n---\n\n# PLAN-003 - Rate limit',
  },
  {
    name: 'above a comment, several blank lines below the frontmatter',
    before: titled('Rate limit', '', '<!-- x -->', '', '## Goal'),
    after: titled('Rate limit', '# PLAN-003 - Rate limit', '', '<!-- x -->', '', '## Goal').replace(
      'limit\n\n<',
      'limit\n\n\n<',
    ),
  },
  {
    name: 'an underlined one on two lines, of signs that Markdown knows',
    before: titled('"C# & <T> *now*"', 'Some', 'title', '====='),
    after: titled('"C# & <T> *now*"', '# PLAN-003 - C# & <T> *now*'),
  },
  unchanged('not over a link', titled('Rate limit', '# [Rate](x.md)')),
  unchanged('not over a comment', titled('Rate limit', '# Rate <!-- draft -->')),
  unchanged('not the second one', titled('Rate limit', '# PLAN-003 - Rate limit', '', '# Appendix')),
];

const field = (line: string, ...more: readonly string[]): string => doc(['id: PLAN-003', line, ...more], 'Words.');
const dated = (value: string): string => field(`date: ${value}`);

const DATES: readonly (readonly [string, string | undefined])[] = [
  ['2026/1/5', '2026-01-05'],
  ['2026-1-5', '2026-01-05'],
  ['2026.01.05', '2026-01-05'],
  ['20260105', '2026-01-05'],
  ['2026-01-05T10:00:00Z', '2026-01-05'],
  ['2026-01-05 10:00', '2026-01-05'],
  ['5 January 2026', '2026-01-05'],
  ['5th Jan. 2026', '2026-01-05'],
  ['Jan 5, 2026', '2026-01-05'],
  ['Sept 30 2026', '2026-09-30'],
  ['05.01.2026', '2026-01-05'],
  ['13/02/2026', '2026-02-13'],
  ['02/13/2026', '2026-02-13'],
  ['05/05/2026', '2026-05-05'],
  ["'2026/1/5' # why", "'2026-01-05' # why"],
  ['03/04/2026', undefined],
  ['30/02/2026', undefined],
  ['2026-13-01', undefined],
  ['2026-02-30', undefined],
  ['5 Foo 2026', undefined],
  ['05/05/26', undefined],
  ['2026', undefined],
  ['next week', undefined],
];

const ONE_FIELD: readonly (Case & { readonly before: string; readonly after: string })[] = [
  ...DATES.map(([value, date]) => ({
    name: `the date ${value}`,
    before: dated(value),
    after: dated(date ?? value),
  })),
  {
    name: 'an issue in a block list, with CRLF',
    before: crlf(field('related_docs:', '- ADR-015', '-   #42', '# end')),
    after: crlf(field('related_docs:', '- ADR-015', '-   "#42"', '# end')),
  },
  {
    name: 'an issue where a list is wanted',
    before: field('related_docs: #42'),
    after: field('related_docs: ["#42"]'),
  },
  unchanged('a comment', field('related_docs: # none yet')),
  {
    name: 'ids where a list is wanted',
    before: field('related_docs: ADR-015, BUG-042 # both'),
    after: field('related_docs: [ADR-015, BUG-042] # both'),
  },
  unchanged('words where a list is wanted', field('related_docs: the decision')),
  { name: 'a number where text is wanted', before: field('owner: 12 # we'), after: field('owner: "12" # we') },
  { name: 'a word of another case', before: field('status: "DRAFT"'), after: field('status: "Draft"') },
  unchanged('a misspelt word', field('status: Draf')),
  { name: '... is a guess', unsafe: true, before: field('status: Draf'), after: field('status: Draft', 'type: plan') },
  { name: 'a key of another case', before: field('Status: Draft'), after: field('status: Draft') },
];
const SCHEMA = ONE_FIELD.map(withType);

/** The rule adds the type wherever it lacks. */
function withType(one: Case & { readonly before: string; readonly after: string }): Case {
  const add = (text: string): string =>
    text.includes('\ntype: plan')
      ? text
      : text.replace(/(\r?\n)---(?=\r?\n\r?\n)/, (fence, end) => `${end}type: plan${fence}`);
  return { ...one, before: add(one.before), after: add(one.after) };
}

const two = (plan: string, adr: string = doc(['id: ADR-015'])): Files => ({ [PLAN]: plan, [ADR]: adr });

const REFERENCES: Readonly<Record<string, readonly Case[]>> = {
  'relation-alias': [
    {
      name: 'in quotes, flow and block lists of relations, with CRLF',
      before: two(crlf(field('related_docs: [\'adr-15\', "ADR-0015"]', 'upstream:', '- adr-15 # x', 'tags: [adr-15]'))),
      after: two(crlf(field('related_docs: [\'ADR-015\', "ADR-015"]', 'upstream:', '- ADR-015 # x', 'tags: [adr-15]'))),
    },
    {
      name: 'in prose, not in code and addresses',
      before: two(planIn('Draft', 'See [adr-15](a/adr-15.md), `adr-15`, <https://x.org/adr-15> and **ADR-15**.')),
      after: two(planIn('Draft', 'See [ADR-015](a/adr-15.md), `adr-15`, <https://x.org/adr-15> and **ADR-015**.')),
    },
    unchanged('not where the words name a definition', two(planIn('Draft', 'See [adr-15].', '', '[adr-15]: x.md'))),
  ],
  'relation-duplicate': [
    {
      name: 'a block list with comments',
      before: field('related_docs:', '  - ADR-001 # a', '  - BUG-002', '  - adr-1', '# end'),
      after: field('related_docs:', '  - ADR-001 # a', '  - BUG-002', '# end'),
    },
    {
      name: 'a flow list, at its start and end',
      before: field('related_docs: [ "ADR-001", ADR-1, BUG-002, BUG-2 ]'),
      after: field('related_docs: [ "ADR-001", BUG-002 ]'),
    },
    {
      name: 'texts with commas',
      before: field('upstream: "ADR-001, ADR-1,BUG-002 , BUG-2"'),
      after: field('upstream: "ADR-001,BUG-002 "'),
    },
  ],
  'relation-self': [
    {
      name: 'the first of a text',
      before: field("upstream: 'PLAN-003, ADR-001'"),
      after: field("upstream: 'ADR-001'"),
    },
    {
      name: 'alone in a list',
      before: field('upstream:', '  - PLAN-003', 'owner: us'),
      after: field('upstream: []', 'owner: us'),
    },
    { name: 'alone as a text', before: field('upstream: PLAN-003 # me'), after: field('upstream: [] # me') },
  ],
  'relation-former-id': [
    {
      name: 'one that stands beside the new one goes',
      before: two(field('related_docs: [ADR-007, ADR-015]'), doc(['id: ADR-015', 'formerly: [ADR-007]'])),
      after: two(field('related_docs: [ADR-015]'), doc(['id: ADR-015', 'formerly: [ADR-007]'])),
    },
    {
      name: 'that of the document itself goes',
      before: field('upstream: [PLAN-009]', 'formerly: [PLAN-009]'),
      after: field('upstream: []', 'formerly: [PLAN-009]'),
    },
  ],
  'relation-mentioned': [
    {
      name: 'into a block list, with CRLF',
      before: two(crlf(field('related_docs:', '- BUG-042 # slow').replace('Words.', 'See adr-15.'))),
      after: two(crlf(field('related_docs:', '- BUG-042 # slow', '- ADR-015').replace('Words.', 'See adr-15.'))),
    },
    unchanged(
      'not one whose status the field rules out',
      two(
        doc(['id: PLAN-003', 'status: Active', 'related_docs: []'], 'Unlike ADR-015.'),
        doc(['id: ADR-015', 'status: Rejected']),
      ),
    ),
  ],
  'relation-reciprocal': [
    {
      name: 'a key that is empty, before a comment',
      at: ADR,
      before: {
        'dev_ops/adrs/ADR-016-b.md': doc(['id: ADR-016', 'status: Accepted', 'supersedes: [ADR-015]']),
        [ADR]: doc(['id: ADR-015', 'superseded_by: # soon', 'status: Accepted']),
      },
      after: {
        'dev_ops/adrs/ADR-016-b.md': doc(['id: ADR-016', 'status: Accepted', 'supersedes: [ADR-015]']),
        [ADR]: doc(['id: ADR-015', 'superseded_by: [ADR-016] # soon', 'status: Accepted']),
      },
    },
  ],
  'relation-exists': [
    unchanged(
      'two ids as near',
      {
        [PLAN]: field('related_docs: [ADR-005]'),
        'dev_ops/adrs/ADR-001-a.md': doc(['id: ADR-001']),
        'dev_ops/adrs/ADR-002-b.md': doc(['id: ADR-002']),
      },
      { unsafe: true },
    ),
    {
      name: 'a prefix of letters in another order',
      unsafe: true,
      before: two(field('related_docs: ["ARD-15"]')),
      after: two(field('related_docs: ["ADR-015"]')),
    },
    unchanged('one that the field names already', two(field('related_docs: [ADR-015, ADR-115]')), { unsafe: true }),
    unchanged('one of a type that the field does not allow', two(field('supersedes: [ADR-115]')), { unsafe: true }),
  ],
};

const boardOf = (...items: readonly string[]): string => `{\n\t"items": [\n\t\t${items.join(',\n\t\t')}\n\t]\n}\n`;
const complete = (...keys: readonly string[]): string => doc(['id: PLAN-003', 'status: Complete', ...keys]);

const BOARDS: Readonly<Record<string, readonly Case[]>> = {
  'task-linked': [
    {
      name: 'an item without artifacts',
      before: {
        [PLAN]: complete('task: TASK-001'),
        [BOARD]: boardOf('{ "id": "TASK-001", "title": "a", "status": "done", "x": 1 }'),
      },
      after: {
        [PLAN]: complete('task: TASK-001'),
        [BOARD]: boardOf(
          '{ "id": "TASK-001", "title": "a", "status": "done", "x": 1, "artifacts": [ { "id": "PLAN-003", "relation": "output" } ] }',
        ),
      },
    },
    {
      name: 'a document with a key that is empty, and CRLF',
      before: {
        [PLAN]: crlf(complete('task:', 'owner: us')),
        [BOARD]: boardOf('{ "id": "TASK-001", "artifacts": [{ "id": "PLAN-003", "relation": "output" }] }'),
      },
      after: {
        [PLAN]: crlf(complete('task: TASK-001', 'owner: us')),
        [BOARD]: boardOf('{ "id": "TASK-001", "artifacts": [{ "id": "PLAN-003", "relation": "output" }] }'),
      },
    },
    unchanged('two items that want to be its task', {
      [PLAN]: complete(),
      [BOARD]: boardOf(
        ...['TASK-001', 'TASK-002'].map(
          (id) => `{ "id": "${id}", "artifacts": [{ "id": "PLAN-003", "relation": "output" }] }`,
        ),
      ),
    }),
    unchanged(
      'an item that lists it under an id of old',
      {
        [PLAN]: complete('task: TASK-001', 'formerly: [PLAN-009]'),
        [BOARD]: boardOf('{ "id": "TASK-001", "artifacts": [{ "id": "PLAN-009", "relation": "output" }] }'),
      },
      { silent: true },
    ),
  ],
  'board-schema': [
    {
      name: 'the id of an item',
      at: BOARD,
      before: boardOf('{ "title": "a", "id": "task-1" }'),
      after: boardOf('{ "title": "a", "id": "TASK-001" }'),
    },
    unchanged('two that are the same', boardOf('{ "id": "task-1" }', '{ "id": "TASK-01" }'), { at: BOARD }),
    unchanged('one that another item has', boardOf('{ "id": "task-1" }', '{ "id": "TASK-001" }'), { at: BOARD }),
  ],
};

const boxes = (status: string, ...lines: readonly string[]): string =>
  planIn(status, '## Context', '', 'Words.', '', '## Exit Criteria', '', ...lines);

const TICKS: readonly Case[] = [
  {
    name: 'nested, numbered, with a tab, and in CRLF',
    before: crlf(boxes('Draft', '1. [ ] a', '   * [ ]\tb <!-- planproof: check filled Context -->')),
    after: crlf(boxes('Draft', '1. [ ] a', '   * [x]\tb <!-- planproof: check filled Context -->')),
  },
  unchanged(
    'not one of two checks',
    boxes('Draft', '- [ ] a <!-- planproof: check filled Context; check path src/a.ts -->'),
  ),
  unchanged(
    'not a waived one',
    boxes('Draft', '- [ ] a <!-- planproof: check location; waived until 2027-01-01: later -->'),
  ),
  unchanged(
    'not one whose evidence is missing',
    boxes('Draft', '- [ ] a <!-- planproof: check location; evidence ADR-999 -->'),
  ),
  unchanged(
    'not one that applies to others',
    boxes('Draft', '- [ ] **If tracked** <!-- planproof: check location -->'),
  ),
  unchanged('not a plain one', boxes('Draft', '- [ ] Plan is ready.')),
  unchanged('not in a fence', boxes('Draft', '```', '- [ ] a <!-- planproof: check location -->', '```')),
  unchanged(
    'not in a workflow',
    doc(['produces: PLAN-XXX'], '## Exit Criteria', '', '- [ ] a <!-- planproof: check location -->'),
    { at: 'dev_ops/workflows/create_plan.md' },
  ),
];

const IDS: readonly Case[] = [
  {
    name: 'in the heading too, with quotes that stay',
    before: doc(["id: 'PLN-3'", 'title: Quota'], '# PLN-3 - Quota'),
    after: doc(["id: 'PLAN-003'", 'title: Quota'], '# PLAN-003 - Quota'),
  },
  unchanged('not where the file name repeats it', {
    'dev_ops/plans/PLN-3-quota.md': doc(['id: PLN-3', 'title: Quota'], '# PLN-3 - Quota'),
  }),
  {
    name: '... that is a move',
    unsafe: true,
    before: { 'dev_ops/plans/PLN-3-quota.md': doc(['id: PLN-3', 'title: Quota'], '# PLN-3 - Quota') },
    after: { 'dev_ops/plans/PLAN-003-quota.md': doc(['id: PLAN-003', 'title: Quota'], '# PLAN-003 - Quota') },
  },
];

const PLACES: readonly Case[] = [
  unchanged(
    'there is such a file',
    { 'dev_ops/plans/PLAN-003.md': doc(['id: PLAN-003', 'title: Rate limit']), [PLAN]: 'x' },
    { unsafe: true },
  ),
];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'required-sections': SECTIONS,
  'section-order': ORDER,
  'duplicate-section': DUPLICATES,
  'title-heading': TITLES,
  'frontmatter-schema': SCHEMA,
  'id-format': IDS,
  'file-name': PLACES,
  'exit-criteria-true': TICKS.map((one) => ({ ...one, silent: true })),
  ...REFERENCES,
  ...BOARDS,
};

describe.each(Object.entries(CASES))('the fixes of %s', (rule, cases) => {
  it.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    async (_name, { before, after, at: path = PLAN, unsafe = false, silent = false }) => {
      const files = filesOf(before, path);
      expect(await mendedBy(rule, files, { unsafe })).toEqual(filesOf(after, path));
      // Silence for the wrong reason would prove nothing.
      const { findings } = await judgeFiles(files);
      if (before === after && !silent) expect(findings.map((finding) => finding.rule)).toContain(rule);
    },
  );
});

describe('the safe fixes of the mutants', () => {
  const clean = cleanFiles();
  const mutants = MUTANTS.map((mutant) => [`${mutant.rule}: ${mutant.what}`, mutate(clean, mutant)] as const);
  const known = new Map<string, Promise<Judged>>();
  const judge = (title: string, { files, named }: MutatedRepository): Promise<Judged> => {
    const judged = known.get(title) ?? judgeFiles(asWritten(files), named);
    known.set(title, judged);
    return judged;
  };
  const keyOf = ({ file, rule, subject }: Finding): string => `${file} ${rule} ${subject}`;
  const errorsOf = ({ findings }: Judged): string[] =>
    findings.filter(({ severity }) => severity === 'error').map(keyOf);

  /** What a fix leaves behind: errors that were not there, and its own finding, or a further fix of that. */
  async function remains(judged: Judged, offer: Offer, before: Files, named: readonly string[]): Promise<string[]> {
    const after = await judgeFiles(carryOut(before, offer), named);
    const raised = errorsOf(after).filter((error) => !errorsOf(judged).includes(error));
    const own = offer.finding && keyOf(offer.finding);
    const count = ({ findings }: Judged): number => findings.filter((finding) => keyOf(finding) === own).length;
    const isLeft = own !== undefined && count(after) >= count(judged);
    return isLeft ? [...raised, own] : raised;
  }

  it.each(mutants)('%s', async (title, mutated) => {
    const judged = await judge(title, mutated);
    for (const offer of judged.offers.filter(({ plan, finding }) => plan.safe && finding))
      expect(await remains(judged, offer, asWritten(mutated.files), mutated.named), offer.rule).toEqual([]);
  });

  it('are those of the rules that say so, and of all of them', async () => {
    const all = await Promise.all(mutants.map(([title, mutated]) => judge(title, mutated)));
    const offered = new Set(all.flatMap(({ offers }) => offers.flatMap(({ rule, plan }) => (plan.safe ? [rule] : []))));
    const safe = RULES.filter(({ fixable }) => fixable === 'safe' || fixable === 'both').map(({ id }) => id);
    // None of its mutants has a check: its page has.
    expect(safe.filter((id) => !offered.has(id))).toEqual(['exit-criteria-complete']);
    expect([...offered].filter((id) => !safe.includes(id))).toEqual([]);
  });

  it('and the improvements of the clean repository raise nothing, all of them together', async () => {
    let files = asWritten(clean);
    const before = await judgeFiles(files);
    expect(before.offers.map(({ rule }) => rule)).toContain('exit-criteria-true');
    for (const offer of before.offers) files = carryOut(files, offer);
    const after = await judgeFiles(files);
    expect([after.findings.map(keyOf), after.offers]).toEqual([[], []]);
  });
});
