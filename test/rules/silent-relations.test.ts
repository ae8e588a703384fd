import { describe, expect, it } from 'vitest';
import {
  bom,
  type Case,
  check,
  checkBothWays,
  crlf,
  doc,
  lintFiles,
  PLAN,
  planIn,
  RULES_ON_REFERENCES,
  rangeOf,
} from '../helpers/cases.ts';

const BOARD = 'dev_ops/kanban/board.json';
const WORKFLOW = 'dev_ops/workflows/create_plan.md';
const TASK = 'dev_ops/tasks/TASK-001-count.md';
const adrPath = (number: number): string => `dev_ops/adrs/ADR-00${number}-a.md`;

/** An item on one line; its id stands in columns 11 to 21 of a board's line. */
const item = (id: string, status: string, more = ''): string =>
  `{ "id": "${id}", "title": "a", "status": "${status}"${more} }`;
/** A board; its first item stands on line 2. */
const board = (...items: readonly string[]): string =>
  `{ "items": [\n${items.map((one) => `  ${one}`).join(',\n')}\n] }\n`;

const output = (id: string): string => `, "artifacts": [{ "id": "${id}", "relation": "output" }]`;
/** A plan with these keys; line 3 is the first of them. */
const planWith = (...keys: readonly string[]): string => doc(['id: PLAN-003', ...keys]);
/** A plan that names nothing; its body begins on line 6. */
const prose = (...body: readonly string[]): string => doc(['id: PLAN-003', 'related_docs: []'], ...body);
/** A workflow; its body begins on line 5. */
const workflow = (...body: readonly string[]): string => doc(['produces: PLAN-XXX'], ...body);
const checklist = (...items: readonly string[]): readonly string[] => ['## Exit Criteria', '', ...items];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'relation-type': [
    {
      name: 'a list with commas in quotes, in CRLF behind a byte order mark',
      files: bom(crlf(planWith('supersedes: "PLAN-001, ADR-015 , BUG-1"'))),
      expect: ['3:24-3:31 adr `ADR-015`', '3:34-3:39 bug `BUG-1`'],
    },
    {
      name: 'single quotes and an emoji in a flow list',
      files: planWith("linked_tasks: ['😀', 'ADR-015', '#12']"),
      expect: ['3:22-3:31 adr `ADR-015`', '3:33-3:38 external `#12`'],
    },
    {
      name: 'empty values, unknown prefixes, paths, other keys',
      files: planWith(
        'task: ~',
        'supersedes: [null, "", FOO-1, src/a.ts]',
        'upstream: PR-12',
        'owner: ADR-015',
        'formerly: [ADR-1]',
      ),
      expect: [],
    },
  ],
  'relation-count': [
    {
      name: 'a scalar with commas in CRLF',
      files: crlf(planWith('task: "TASK-001, TASK-002"')),
      expect: ['3:18-3:26'],
    },
    { name: 'what is no task counts too', files: planWith('task: [TASK-001, soon]'), expect: ['3:18-3:22 `soon`'] },
    { name: 'a comma at the end', files: planWith("task: 'TASK-001,'"), expect: [] },
    { name: 'an empty list', files: planWith('task: []', 'linked_tasks: TASK-001, TASK-002'), expect: [] },
  ],
  'relation-status': [
    {
      name: 'every end of the ways from a decision that was replaced by two',
      files: {
        [PLAN]: crlf(planWith('status: Active', 'related_docs: ADR-009, adr-1')),
        [adrPath(1)]: doc(['id: ADR-001', 'status: Superseded', 'superseded_by: [ADR-002, ADR-003]']),
        [adrPath(2)]: doc(['id: ADR-002', 'status: Superseded', 'superseded_by: [ADR-004]']),
        [adrPath(3)]: doc(['id: ADR-003', 'status: Accepted']),
      },
      expect: ['4:24-4:29 `adr-1` is Superseded, expected Proposed or Accepted: `ADR-004` or `ADR-003` took its place'],
    },
    {
      name: 'Rejected and Deprecated',
      files: {
        [PLAN]: planWith('status: Active', 'related_docs: [ADR-001, ADR-002]'),
        [adrPath(1)]: doc(['id: ADR-001', 'status: Rejected']),
        [adrPath(2)]: doc(['id: ADR-002', 'status: Deprecated']),
      },
      expect: ['4:16-4:23 `ADR-001` is Rejected', '4:25-4:32 `ADR-002` is Deprecated'],
    },
    ...['Draft', 'Complete', 'Superseded', 'Parked'].map((status) => ({
      name: `a plan that is ${status}`,
      files: {
        [PLAN]: planWith(`status: ${status}`, 'related_docs: [ADR-001]'),
        [adrPath(1)]: doc(['id: ADR-001', 'status: Superseded', 'superseded_by: [ADR-002]']),
      },
      expect: [],
    })),
    {
      name: 'a status that is none, or no text, is the business of the schema',
      files: {
        [PLAN]: planWith('status: Active', 'related_docs: [ADR-001, ADR-002, ADR-003]'),
        [adrPath(1)]: doc(['id: ADR-001', 'status: accepted']),
        [adrPath(2)]: doc(['id: ADR-002', 'status: [Rejected]']),
        [adrPath(3)]: doc(['id: ADR-003', 'status: a: b', 'x: y: z']),
      },
      expect: [],
    },
  ],
  'relation-alias': [
    {
      name: 'in a table, a heading, the words of a reference link, with another hyphen',
      files: {
        [PLAN]: bom(
          crlf(
            planIn(
              'Draft',
              '| a |',
              '| --- |',
              '| ADR-15 |',
              '',
              '### 😀 BUG\u2011042',
              '',
              '[adr-15][adr-15]',
              '',
              '[adr-15]: x.md',
            ),
          ),
        ),
        'dev_ops/adrs/ADR-015-tokens.md': doc(['id: ADR-015']),
      },
      expect: ['8:3-8:9 `ADR-15`', '10:8-10:15 `BUG-042`', '12:2-12:8 `adr-15`'],
    },
    {
      name: 'prose in lower case about a document that is not there',
      files: planIn(
        'Draft',
        'The branches bug-12 and Adr-7, `adr-15`, <!-- adr-15 --> [a](adr-15.md) <https://example.com/adr-15>.',
      ),
      expect: [],
    },
    {
      name: 'an item of the board in another form is one, in lower case too',
      files: { [PLAN]: planIn('Draft', 'As task-1 says.'), [BOARD]: board(item('TASK-001', 'todo')) },
      expect: ['6:4-6:10 `TASK-001`'],
    },
    {
      name: 'canonical, longer than the padding, bare, renumbered',
      files: {
        [PLAN]: doc(['id: PLAN-003', 'task: 7', 'related_docs: [ADR-1234, adr-7, PR-1]'], 'ADR-1234'),
        'dev_ops/adrs/ADR-015-tokens.md': doc(['id: ADR-015', 'formerly: [ADR-007]']),
      },
      expect: [],
    },
  ],
  'relation-former-id': [
    {
      name: 'in a heading and in a list with commas, in CRLF',
      files: {
        [PLAN]: crlf(doc(['id: PLAN-003', 'related_docs: ADR-001, adr-7'], '### ADR-007')),
        'dev_ops/adrs/ADR-015-tokens.md': doc(['id: ADR-015', 'formerly: ADR-007']),
      },
      expect: ['3:24-3:29 `ADR-015`', '6:5-6:12 `ADR-015`'],
    },
    {
      name: 'in code, comments and addresses, and in its own prose',
      files: {
        [PLAN]: planIn('Draft', '`ADR-007` <!-- ADR-007 --> [a](../adrs/ADR-007.md)'),
        'dev_ops/adrs/ADR-015-tokens.md': doc(['id: ADR-015', 'formerly: [ADR-007]'], 'Was ADR-007.'),
      },
      expect: [],
    },
  ],
  'relation-mentioned': [
    {
      name: 'link text, reference text, table, footnote and HTML around a word, in CRLF',
      files: crlf(
        prose(
          ...['[ADR-001](../adrs/ADR-002.md "ADR-003") [ADR-004][ADR-005]', '', '| 😀 ADR-006. |', '| --- |', ''],
          ...['[ADR-005]: ../adrs/ADR-007.md "ADR-008"', '', 'a[^1] <b>ADR-009</b>', '', '[^1]: See ADR-010.'],
        ),
      ),
      expect: ['6:2-6:9', '6:42-6:49', '8:6-8:13', '13:10-13:17', '15:11-15:18'],
    },
    {
      name: 'code, comments, addresses, images, HTML and words around it',
      files: prose(
        ...['`ADR-001` ``ADR-002 ` x`` <!-- ADR-003 --> ![ADR-004](a.png) <https://example.com/ADR-005>', ''],
        ...[
          '    ADR-006',
          '',
          '~~~',
          'ADR-007',
          '~~~',
          '',
          '<!--',
          'ADR-008',
          '-->',
          '',
          '<div title="ADR-009">',
          '</div>',
          '',
        ],
        ...['ADR-001s ADR-002-tokens ADR-003_x x/ADR-004 #ADR-005 v.ADR-006 XADR-007 https://example.com/?q=ADR-008'],
      ),
      expect: [],
    },
    {
      name: 'ids in lower case only where there is such a document',
      files: {
        [PLAN]: prose('bug-12, bug-13, task-1, TASK-009'),
        'dev_ops/bugs/BUG-013-a.md': doc(['id: BUG-013']),
        [BOARD]: board(item('TASK-001', 'todo')),
      },
      expect: ['6:9-6:15 `bug-13`', '6:17-6:23 `task-1`', '6:25-6:33 `TASK-009`'],
    },
    { name: '... and not bug-12 alone', files: prose('The bug-12 and Bug-12 branch'), expect: [] },
    {
      name: 'told in any relation field, its own, renumbered, without frontmatter that can be read or the field to name it in',
      files: {
        [PLAN]: doc(
          ['id: PLAN-003', 'downstream: "src/a.ts, adr-1"', 'upstream: [ADR-2]', 'related_docs: []'],
          'ADR-001 ADR-002 PLN-3 ADR-007',
        ),
        'dev_ops/adrs/ADR-015-tokens.md': doc(
          ['id: ADR-015', 'related_docs: []', 'formerly: [ADR-007]'],
          'Was ADR-007.',
        ),
        [adrPath(1)]: '# ADR-001\n\nBUG-001\n',
        [adrPath(2)]: doc(['id: ADR-002', 'title: a: b', 'related_docs: []'], 'BUG-001'),
        [adrPath(3)]: doc(['id: ADR-003', 'status: Proposed'], 'BUG-001'),
        [WORKFLOW]: workflow('BUG-001'),
      },
      expect: [],
    },
  ],
  'relation-reciprocal': [
    {
      name: 'once it is Active, on that entry, in CRLF',
      files: {
        [PLAN]: crlf(planWith('status: Active', 'supersedes:', '  - PLAN-001', '  - "pln-2"')),
        'dev_ops/plans/PLAN-001-a.md': doc(['id: PLAN-001', 'superseded_by: [PLAN-004, plan-3]']),
        'dev_ops/plans/PLAN-002-a.md': doc(['id: PLAN-002', 'superseded_by: [PLAN-004]']),
      },
      expect: ['6:5-6:12 `pln-2` does not name `PLAN-003`'],
    },
    {
      name: 'what was replaced itself did once replace',
      files: {
        [adrPath(1)]: doc(['id: ADR-001', 'status: Accepted']),
        [adrPath(2)]: doc(['id: ADR-002', 'status: Superseded', 'supersedes: [ADR-001]', 'superseded_by: [ADR-003]']),
      },
      expect: ['4:14-4:21'],
    },
    ...['Proposed', 'Rejected'].map((status) => ({
      name: `a decision that is ${status} only meant to`,
      files: {
        [adrPath(1)]: doc(['id: ADR-001', 'status: Accepted']),
        [adrPath(2)]: doc(['id: ADR-002', `status: ${status}`, 'supersedes: [ADR-001]']),
      },
      expect: [],
    })),
    {
      name: 'the other direction, a missing target, one that cannot be read, a task',
      files: {
        [adrPath(1)]: doc(['id: ADR-001', 'status: Superseded', 'superseded_by: [ADR-002]']),
        [adrPath(2)]: doc(['id: ADR-002', 'status: Accepted', 'supersedes: [ADR-009, ADR-003]', 'task: TASK-001']),
        [adrPath(3)]: doc(['id: ADR-003', 'title: a: b', 'superseded_by: [ADR-002]']),
        [BOARD]: board(item('TASK-001', 'todo')),
      },
      expect: [],
    },
  ],
  'relation-cycle': [
    {
      name: 'a way of five, with one that only leads into it',
      files: Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((number) => {
          const next = number === 6 ? 1 : (number % 5) + 1;
          return [adrPath(number), crlf(doc([`id: ADR-00${number}`, `supersedes: adr-${next}`]))];
        }),
      ),
      expect: [
        '3:13-3:18 ADR-001 → ADR-002 → ADR-003 → ADR-004 → ADR-005 → ADR-001',
        ...[
          '3:13-3:18 ADR-002 → ADR-003',
          '3:13-3:18 ADR-003 → ',
          '3:13-3:18 ADR-004 → ',
          '3:13-3:18 ADR-005 → ADR-001',
        ],
      ],
    },
    {
      name: 'tasks that wait for each other over two boards, with tabs in CRLF',
      files: {
        'planproof.config.json': '{ "roots": ["a", "b"] }',
        'a/kanban/board.json': crlf(
          '{\n\t"items": [\n\t\t{\n\t\t\t"id": "TASK-001", "title": "😀", "status": "todo",\n\t\t\t"prerequisites": {\n\t\t\t\t"tasks": ["TASK-003", "task-2"]\n\t\t\t}\n\t\t}\n\t]\n}\n',
        ),
        'b/kanban/board.json': bom(board(item('TASK-002', 'todo', ', "prerequisites": { "tasks": ["TASK-001"] }'))),
      },
      expect: ['6:27-6:35 TASK-001 → TASK-002 → TASK-001', '2:84-2:94 TASK-002 → TASK-001 → TASK-002'],
    },
    {
      name: 'ways that meet, both sides of a pair, prerequisites that are not there',
      files: {
        [adrPath(1)]: doc(['id: ADR-001', 'superseded_by: [ADR-002, ADR-003]']),
        [adrPath(2)]: doc(['id: ADR-002', 'supersedes: [ADR-001]', 'superseded_by: ADR-003']),
        [adrPath(3)]: doc(['id: ADR-003', 'supersedes: [ADR-002, ADR-001, ADR-009, ADR-003]']),
        [BOARD]: board(
          item('TASK-001', 'todo', ', "prerequisites": { "tasks": ["TASK-002", "TASK-003", "TASK-009"] }'),
          item('TASK-002', 'todo', ', "prerequisites": { "tasks": ["TASK-003"], "artifacts": ["TASK-001"] }'),
          item('TASK-003', 'todo'),
        ),
      },
      expect: [],
    },
  ],
  'link-target': [
    {
      name: 'in CRLF behind a byte order mark: images, titles, angle brackets, percent signs, emoji',
      files: bom(
        crlf(
          planIn(
            'Draft',
            '😀 [a](<b c.md> "d") ![e](f%20g.png) [**h**](/docs/i.md#j)',
            '',
            '[k](#%C3%BCber) [l](../adrs/%zz.md)',
          ),
        ),
      ),
      expect: [
        '6:4-6:21 `b c.md`',
        '6:22-6:37 `f%20g.png`',
        '6:38-6:59 `/docs/i.md`',
        '8:1-8:16 `#über`',
        '8:17-8:36 `../adrs/%zz.md`',
      ],
    },
    {
      name: 'a definition once, whether it is used or not; the words of the links are fine',
      files: planIn(
        'Draft',
        '[a][x] [X][] [x] ![b][x] [c][ok] [d][none]',
        '',
        '[x]: gone.md',
        '[ok]: PLAN-003-rate-limit.md',
        '[unused]: <gone too.md>',
      ),
      expect: ['8:1-8:13 `gone.md`', '10:1-10:24 `gone too.md`'],
    },
    {
      name: 'machine-local in every form',
      files: planIn('Draft', '[a](FILE:///x) [b](C:/x.md) [c](</Users/me/a b.md>) <file:///tmp/x> [d](~/x)'),
      expect: ['6:1-6:15', '6:16-6:28', '6:29-6:52', '6:53-6:68', '6:69-6:77'],
    },
    {
      name: 'anchors that are not there: behind the last number, of the wrong form',
      files: planIn('Draft', '## A b', '## A b', '', '[a](#a-b-2) [b](#a_b) [c](PLAN-003-rate-limit.md#x)'),
      expect: ['9:1-9:12', '9:13-9:22 `a-b`', '9:23-9:52'],
    },
    {
      name: 'anchors that are: repeated, with signs and in other scripts, of HTML, of inner headings, of the page',
      files: {
        [PLAN]: planIn(
          'Draft',
          ...[
            '## A b',
            '## A *b*',
            '## Größe & `C++` (v1.2)!',
            '### 日本語 テスト',
            '## snake_case 😀',
            '> ## Quoted',
            '',
            '- # Listed',
            '',
          ],
          ...['<a name=here></a> <span ID="there"></span>', '', 'Setext', '------', ''],
          ...[
            '[a](#a-b) [a](#a-b-1) [a](#größe--c-v12) [a](#gr%C3%B6%C3%9Fe--c-v12) [a](#日本語-テスト) [a](#snake_case-)',
          ],
          ...['[a](#quoted) [a](#listed) [a](#here) [a](#there) [a](#setext) [a](#top) [a](#) [a](#A-B)'],
        ),
      },
      expect: [],
    },
    {
      name: 'what exists, in every form of writing it',
      files: {
        [PLAN]: planIn(
          'Draft',
          ...[
            '[a](/docs/x.md) [a](<../../docs/a b.md> "t") [a](../../docs/a%20b.md) [a](../../docs) [a](../adrs/ "x") [a](.)',
          ],
          ...['![a](/docs/x.md "y") [a](../../docs/x.md?plain=1#L3) [a](../adrs/ADR-001-a.md#decision) [a][r] [R]'],
          ...['', '[r]: </docs/a b.md> (t)'],
        ),
        [adrPath(1)]: doc(['id: ADR-001'], '## Decision'),
        'docs/x.md': 'x',
        'docs/a b.md': 'x',
      },
      expect: [],
    },
    {
      name: 'addresses, code, comments, HTML, definitions in code, a broken document behind an anchor',
      files: {
        [PLAN]: planIn(
          'Draft',
          ...[
            '[a](mailto:team@example.com) team@example.com www.example.com [a](//example.com/x) [a](vscode:x) [a](HTTPS://x.y)',
          ],
          ...[
            '`[a](gone.md)` <!-- [a](gone.md) --> <a href="gone.md">x</a> \\[a](gone.md)',
            '',
            '    [a]: gone.md',
            '',
          ],
          ...['[a](../adrs/ADR-001-a.md#x)'],
        ),
        [adrPath(1)]: new Uint8Array([0xff, 0xfe]),
      },
      expect: [],
    },
    {
      name: 'a definition is judged where it is used: in the section of the template by another rule',
      files: {
        [WORKFLOW]: workflow(
          '## Template',
          '',
          '[a][x]',
          '',
          '## Steps',
          '',
          '[b][y] [c](gone.md)',
          '',
          '[x]: none.md',
          '[y]: none.md',
        ),
      },
      expect: ['11:8-11:20', '14:1-14:13'],
    },
  ],
  'code-path': [
    {
      name: 'in a quoted list with commas, CRLF',
      files: crlf(planWith('downstream: "src/a.ts, src/b.ts"')),
      expect: ['3:14-3:22', '3:24-3:32'],
    },
    {
      name: 'under the alias of a section, without the back-ticks',
      files: planIn('Complete', '## Steps', '', '1. [x] Write 😀 `` src/a.ts `` and `src/b/`.', '', 'See `src/c.ts`.'),
      expect: ['8:20-8:28', '8:37-8:43', '10:6-10:14'],
    },
    {
      name: 'from the top, the root and the document, with lines, folders and patterns',
      files: {
        [PLAN]: planWith(
          'downstream: [src/a.ts:10, "src/a.ts#L1-L2", ./src, plans/, ADR-1, "src/**", "src/{a,b}.ts", README.md]',
        ),
        'src/a.ts': '',
        'README.md': '',
      },
      expect: [],
    },
    {
      name: 'not finished, other sections, no paths, things taken away',
      files: {
        [PLAN]: planIn('Active', '## Proposed Changes', '', '- [ ] `src/a.ts`'),
        'dev_ops/plans/PLAN-004-a.md': doc(
          ['id: PLAN-004', 'status: Complete'],
          ...['## Context', '', '`src/a.ts`', '', '## Proposed Changes', '', '- [x] `GET /a/b.c`, `and/or`, `a.ts`'],
          ...['- [x] Removed `src/a.ts`', '- [x] Rename `src/a.ts` to b', '', '    src/a.ts'],
        ),
      },
      expect: [],
    },
  ],
  'board-schema': [
    {
      name: 'behind a byte order mark, in CRLF with tabs',
      files: {
        [BOARD]: bom(crlf('{\n\t"items": [\n\t\t{ "id": "TASK-001", "title": "", "status":\t"open" }\n\t]\n}')),
      },
      expect: ['3:32-3:34', '3:46-3:52 `open`'],
    },
    {
      name: 'one finding for JSON that cannot be read',
      files: { [BOARD]: '{ "items": [\n  { "id": },\n  { "id" "x" }\n' },
      expect: ['2:11-2:12 Unreadable JSON'],
    },
    { name: 'an empty file', files: { [BOARD]: '' }, expect: ['1:1-1:1 Unreadable JSON'] },
    { name: 'bytes that are no text', files: { [BOARD]: new Uint8Array([0xff, 0xfe]) }, expect: ['1:1-1:1 UTF-8'] },
    { name: 'a list', files: { [BOARD]: '[]' }, expect: ['1:1-1:3'] },
    {
      name: 'the second and the third of an id, in whatever form',
      files: { [BOARD]: board(item('TASK-001', 'todo'), item('TASK-001', 'todo'), item('TASK-01', 'todo')) },
      expect: ['3:11-3:21 Duplicate item `TASK-001`', '4:11-4:20 expected `TASK-001`'],
    },
    {
      name: 'unknown keys at every level, and an order of keys of its own',
      files: {
        [BOARD]:
          '{ "$schema": "x", "updated": null, "items": [{ "status": "done", "x": { "id": 3 }, "title": "a", "id": "TASK-1000", "artifacts": [{ "relation": "input", "id": "PR-1", "y": [] }], "owner": null, "prerequisites": { "z": 1 } }], "columns": [] }',
      },
      expect: [],
    },
    {
      name: 'two boards with items of their own',
      files: {
        'planproof.config.json': '{ "roots": ["a", "b"] }',
        'a/kanban/board.json': board(item('TASK-001', 'todo')),
        'b/kanban/board.json': board(item('TASK-002', 'todo')),
      },
      expect: [],
    },
  ],
  'board-artifact': [
    {
      name: 'with tabs in CRLF behind a byte order mark',
      files: {
        [BOARD]: bom(
          crlf(
            `{\n\t"items": [\n\t\t${item('TASK-001', 'todo', ',\n\t\t\t"artifacts": [{ "id":\t"ADR-001", "relation": "input" }]')}\n\t]\n}`,
          ),
        ),
      },
      expect: ['4:26-4:35 `ADR-001`'],
    },
    {
      name: 'a prerequisite that is no task, and one of another root that is not there',
      files: {
        [BOARD]: board(item('TASK-001', 'todo', ', "prerequisites": { "tasks": ["PLAN-003", "soon"] }')),
        [PLAN]: planWith(),
      },
      expect: ['2:84-2:94 `PLAN-003`', '2:96-2:102 `soon`'],
    },
    {
      name: 'items, other forms, paths, issues, and a task of another board',
      files: {
        'planproof.config.json': '{ "roots": ["a", "b"] }',
        'a/kanban/board.json': board(
          item(
            'TASK-001',
            'done',
            `, "prerequisites": { "tasks": ["task-2"] }, "completion_criteria": { "artifacts": ["#12", "a/"] }${output('TASK-002')}`,
          ),
        ),
        'b/kanban/board.json': board(item('TASK-002', 'todo', output('https://example.com/x'))),
      },
      expect: [],
    },
    {
      name: 'tasks of a board that cannot be read',
      files: {
        'planproof.config.json': '{ "roots": ["a", "b"] }',
        'a/kanban/board.json': board(
          item('TASK-001', 'todo', `, "prerequisites": { "tasks": ["TASK-002"] }${output('TASK-003')}`),
        ),
        'b/kanban/board.json': '{ "items": [',
      },
      expect: [],
    },
  ],
  'task-exists': [
    {
      name: 'in a list with commas, in CRLF; a task document with a broken id of its own',
      files: {
        [PLAN]: crlf(planWith('linked_tasks: TASK-001, task-2')),
        [BOARD]: crlf(board(item('TASK-001', 'todo'))),
        [TASK]: doc(['id: TASK-007']),
      },
      expect: ['3:25-3:31 `task-2`', '2:5-2:13 `TASK-007`'],
    },
    {
      name: 'tasks of either board of two roots, named by number, in prose',
      files: {
        'planproof.config.json': '{ "roots": ["a", "b"] }',
        'a/kanban/board.json': board(item('TASK-001', 'todo')),
        'b/kanban/board.json': board(item('TASK-002', 'todo')),
        'a/plans/PLAN-003-a.md': doc(['id: PLAN-003', 'task: 2', 'related_docs: [task-1]'], 'TASK-009'),
        'a/tasks/TASK-002-a.md': doc(['id: TASK-002']),
      },
      expect: [],
    },
    ...['{ "items": [', '', '[]', '{ "items": {} }'].map((text) => ({
      name: `a board that cannot be read: ${text}`,
      files: { [BOARD]: text, [PLAN]: planWith('task: TASK-001'), [TASK]: doc(['id: TASK-001']) },
      expect: [],
    })),
  ],
  'task-status': [
    {
      name: 'in quotes, in CRLF behind a byte order mark; the board of the other root',
      files: {
        'planproof.config.json': '{ "roots": ["a", "b"] }',
        'b/kanban/board.json': bom(board(item('TASK-001', 'blocked'))),
        'a/tasks/TASK-001-a.md': bom(crlf(doc(['id: TASK-1', "status:  'todo'"]))),
      },
      expect: ['3:10-3:16 `blocked` as on the board (b/kanban/board.json)'],
    },
    {
      name: 'plans, no status, no item, no text',
      files: {
        [BOARD]: board(item('TASK-001', 'done'), item('TASK-002', 'done'), item('TASK-003', 'done')),
        [PLAN]: planWith('status: Draft', 'task: TASK-001'),
        [TASK]: doc(['id: TASK-001', 'status: done']),
        'dev_ops/tasks/TASK-002-a.md': doc(['id: TASK-002', 'status: 3']),
        'dev_ops/tasks/TASK-004-a.md': doc(['id: TASK-004', 'status: todo']),
      },
      expect: [],
    },
  ],
  'task-claimed': [
    {
      name: 'one of several, in CRLF',
      files: {
        [PLAN]: crlf(planWith('status: Active', 'linked_tasks: TASK-001, 2')),
        [BOARD]: board(item('TASK-001', 'in_progress'), item('TASK-002', 'todo')),
      },
      expect: ['4:25-4:26 Task `2` is todo'],
    },
    {
      name: 'Draft, Complete, Superseded, another type, a plain reference, a task that is not there',
      files: {
        [BOARD]: board(item('TASK-001', 'todo')),
        [PLAN]: planWith('status: Draft', 'task: TASK-001'),
        'dev_ops/plans/PLAN-004-a.md': doc(['id: PLAN-004', 'status: Complete', 'task: TASK-001']),
        'dev_ops/plans/PLAN-005-a.md': doc(['id: PLAN-005', 'status: Superseded', 'task: TASK-001']),
        'dev_ops/plans/PLAN-006-a.md': doc([
          'id: PLAN-006',
          'status: Active',
          'task: TASK-009',
          'related_docs: [TASK-001]',
        ]),
        [adrPath(1)]: doc(['id: ADR-001', 'status: Accepted', 'task: TASK-001']),
      },
      expect: [],
    },
  ],
  'task-linked': [
    {
      name: 'both sides, at an empty task, in CRLF',
      files: {
        [PLAN]: crlf(planWith('status: Complete', 'linked_tasks: [TASK-001]', 'task: ""')),
        [BOARD]: board(item('TASK-001', 'done'), item('TASK-002', 'done', output('PLN-3'))),
      },
      expect: ['4:16-4:24 `TASK-001` does not list `PLAN-003`', '5:7-5:9 `TASK-002` lists this document'],
    },
    {
      name: 'Active, untracked, linked in other forms, an input',
      files: {
        [PLAN]: planWith('status: Active', 'task: TASK-002'),
        'dev_ops/plans/PLAN-004-a.md': doc(['id: PLAN-004', 'status: Complete', 'related_docs: [TASK-002]']),
        'dev_ops/plans/PLAN-005-a.md': doc(['id: plan-5', 'status: Complete', 'linked_tasks: 1']),
        'dev_ops/plans/PLAN-006-a.md': doc(['id: PLAN-006', 'status: Superseded', 'task: TASK-002']),
        [BOARD]: board(
          item('TASK-001', 'done', output('pln-05')),
          item('TASK-002', 'done', ', "artifacts": [{ "id": "PLAN-004", "relation": "input" }]'),
        ),
      },
      expect: [],
    },
  ],
  'exit-criteria-true': [
    {
      name: 'sections under an alias, in CRLF; nested, ordered, upper case',
      files: crlf(
        planIn(
          'Draft',
          ...[
            '## Steps',
            '',
            '<!-- none -->',
            '',
            ...checklist('1. [X] a <!-- planproof: check filled Proposed Changes -->'),
          ],
          ...['   * [x] b <!-- planproof: check filled Steps -->', '   * [ ] c <!-- planproof: check filled Steps -->'],
        ),
      ),
      expect: ['12:4-12:7 section `Proposed Changes` is empty', '13:6-13:9 section `Steps` is empty'],
    },
    {
      name: 'a section that is not there is not filled',
      files: planIn('Draft', ...checklist('- [x] a <!-- planproof: check filled Goal -->')),
      expect: ['8:3-8:6 `Goal`'],
    },
    {
      name: 'what can never hold, ticked, open or malformed',
      files: planIn(
        'Draft',
        ...checklist('- [x] a <!-- planproof: check gate Done -->', '- [ ] b <!-- planproof: check filled Nope -->'),
        '- [] c <!-- planproof: check gate active -->',
      ),
      expect: ['8:3-8:6 `Done`', '9:3-9:6 `Nope`', '10:3-10:5 `active`: did you mean `Active`?'],
    },
    {
      name: 'a document in the wrong place, a link to the task that is on one side',
      files: {
        'dev_ops/adrs/PLAN-003-a.md': doc(
          ['id: PLAN-003', 'type: plan', 'status: Draft', 'task: TASK-001'],
          ...checklist('- [x] a <!-- planproof: check location -->', '- [x] b <!-- planproof: check linked -->'),
          '- [x] c <!-- planproof: check relations -->',
        ),
        [BOARD]: board(item('TASK-001', 'todo')),
      },
      expect: ['10:3-10:6', '11:3-11:6 `TASK-001` does not list `PLAN-003`'],
    },
    {
      name: 'evidence that is not there: a document, an item, a path; once for each',
      files: {
        [PLAN]: planIn(
          'Active',
          ...checklist(
            '- [ ] a <!-- planproof: evidence ADR-001; evidence TASK-009 -->',
            '- [x] b <!-- planproof: evidence docs/x.md -->',
          ),
        ),
        [BOARD]: board(),
      },
      expect: ['8:3-8:6 `ADR-001`', '8:3-8:6 `TASK-009`', '9:3-9:6 `docs/x.md`'],
    },
    {
      name: 'evidence of every kind that is there or cannot be looked up',
      files: {
        [PLAN]: planIn(
          'Complete',
          ...checklist(
            '- [x] a <!-- planproof: evidence PR-1; evidence #12; evidence a/b#3; evidence https://example.com/x;  evidence owner/repo#7 -->',
            '- [x] b <!-- planproof: evidence adr-1; evidence ADR-7; evidence task-1; evidence docs/x.md#L3; evidence docs/ -->',
          ),
        ),
        [adrPath(1)]: doc(['id: ADR-001', 'formerly: [ADR-007]']),
        [BOARD]: board(item('TASK-001', 'todo')),
        'docs/x.md': '',
      },
      expect: [],
    },
    {
      name: 'evidence from a board that cannot be read',
      files: { [PLAN]: planIn('Active', ...checklist('- [x] a <!-- planproof: evidence TASK-001 -->')), [BOARD]: '{' },
      expect: [],
    },
    {
      name: 'open, malformed and in code; untracked',
      files: planIn(
        'Draft',
        ...checklist('- [ ] a <!-- planproof: check filled Goal -->', '- [x ] b <!-- planproof: check filled Goal -->'),
        ...[
          '- [x] `<!-- planproof: check filled Goal -->`',
          '- [x] **If tracked**: c <!-- planproof: check linked -->',
        ],
      ),
      expect: [],
    },
    {
      name: 'a workflow of an unknown kind has one finding, elsewhere; ticks in one are no claims',
      files: {
        [WORKFLOW]: workflow(
          ...checklist('- [x] a <!-- planproof: check filled Goal; check gate Complete; check path x.md -->'),
        ),
        'dev_ops/workflows/other.md': doc(
          ['produces: FOO-XXX'],
          ...checklist('- [ ] a <!-- planproof: check filled Goal -->'),
        ),
      },
      expect: [],
    },
  ],
  'exit-criteria-waiver': [
    {
      name: 'the day after, in any status, in CRLF; behind a reason with a semicolon',
      files: crlf(
        planIn('Draft', '## Verification', '', '* [ ] 😀 <!-- planproof: waived until 2026-06-29: b; c: d -->'),
      ),
      expect: ['8:3-8:6 2026-06-29'],
    },
    ...['2026-06-30', '2026-07-01'].map((day) => ({
      name: `until ${day}`,
      files: planIn('Complete', ...checklist(`- [ ] a <!-- planproof: waived until ${day}: b -->`)),
      expect: [],
    })),
    {
      name: 'with another day for today',
      files: planIn('Complete', ...checklist('- [ ] a <!-- planproof: waived until 2026-12-31: b -->')),
      today: '2027-01-01',
      expect: ['8:3-8:6'],
    },
    {
      name: 'that of a task document',
      files: {
        [TASK]: doc(
          ['id: TASK-001', 'status: todo'],
          '## Sub-tasks',
          '',
          '- [ ] a <!-- planproof: waived until 2026-01-31: b -->',
        ),
      },
      expect: ['8:3-8:6'],
    },
    {
      name: 'ticked, malformed, untracked, given up',
      files: {
        [PLAN]: planIn(
          'Complete',
          ...checklist(
            '- [x] a <!-- planproof: waived until 2026-01-31: b -->',
            '- [] a <!-- planproof: waived until 2026-01-31: b -->',
          ),
          '- [ ] **If tracked**: a <!-- planproof: waived until 2026-01-31: b -->',
        ),
        'dev_ops/plans/PLAN-004-a.md': doc(
          ['id: PLAN-004', 'status: Superseded'],
          ...checklist('- [ ] a <!-- planproof: waived until 2026-01-31: b -->'),
        ),
      },
      expect: [],
    },
  ],
  'workflow-produces': [
    {
      name: 'in quotes, in CRLF behind a byte order mark',
      files: { [WORKFLOW]: bom(crlf(doc(['description: a', "produces: 'RES-XXX' # b"]))) },
      expect: ['3:11-3:20 `RES-XXX`, expected `RESEARCH-XXX`'],
    },
    {
      name: 'lower case, a list, nothing, an id beside it',
      files: {
        [WORKFLOW]: doc(['produces: plan-xxx']),
        'dev_ops/workflows/a.md': doc(['produces: [FOO-XXX]']),
        'dev_ops/workflows/b.md': doc(['produces:']),
        'dev_ops/workflows/c.md': doc(['produces: PLAN-003']),
      },
      expect: [],
    },
  ],
  'workflow-relations': [
    {
      name: 'behind an emoji, with spaces in the code, in CRLF; with a known number',
      files: { [WORKFLOW]: crlf(workflow('## Relations', '', '- 😀 `` RES-XXX `` and `PLN-003`')) },
      expect: ['7:9-7:16 `RESEARCH-XXX`', '7:25-7:32 `PLAN-003`'],
    },
    {
      name: 'prefixes of the config, other forms, other sections',
      files: {
        'planproof.config.json': '{ "externalPrefixes": ["JIRA"] }',
        [WORKFLOW]: workflow(
          '## Relations',
          '',
          '`JIRA-XXX` `XXX` `RES` `res-xxx` RES-XXX `a/RES-XXX.md`',
          '',
          '```',
          'RES-XXX',
          '```',
          '',
          '## Steps',
          '',
          '`RES-XXX`',
        ),
      },
      expect: [],
    },
  ],
  'workflow-commands': [
    {
      name: 'in a list in a block with a prompt, in CRLF; in a line behind an emoji',
      files: {
        [WORKFLOW]: crlf(
          workflow(
            '## Steps',
            '',
            '1. 😀 `npx planproof lint --nope`',
            '',
            '   ```sh',
            '   $ planproof show --template',
            '   ```',
          ),
        ),
      },
      expect: ["7:12-7:33 '--nope'", '10:6-10:31 argument missing'],
    },
    {
      name: 'quotes, pipes, comments, other programs, other documents, prose',
      files: {
        [WORKFLOW]: workflow(
          ...[
            '## Steps',
            '',
            'Run `planproof create plan --title "a --nope; b"` or planproof lint --nope; `my planproof --nope`.',
            '',
          ],
          ...[
            '```sh',
            'planproof list --json | jq --nope',
            'planproof lint && git --nope',
            'planproof-x --nope',
            'git planproof --nope',
            '```',
          ],
        ),
        [PLAN]: planIn('Draft', '`planproof --nope`'),
      },
      expect: [],
    },
  ],
};

it('every rule on references has cases', () => checkBothWays(RULES_ON_REFERENCES, CASES));

describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  for (const one of cases) check(rule, one);
});

describe('a board that cannot be read', () => {
  it('is one finding, whatever the documents say of it', async () => {
    const full = (id: string): string =>
      doc(
        [
          `id: ${id}`,
          'title: A',
          'type: plan',
          'date: 2026-01-31',
          'status: Active',
          'related_docs: [TASK-002]',
          'task: TASK-001',
        ],
        ...[
          `# ${id} - A`,
          '',
          '## Goal',
          '',
          'a',
          '',
          '## Context',
          '',
          'a',
          '',
          '## Proposed Changes',
          '',
          '- [ ] a',
          '',
        ],
        ...['## Verification', '', '- [ ] a', '', '## Related', '', 'TASK-002', '', '## Exit Criteria', '', '- [ ] a'],
      );
    const found = await lintFiles({
      [BOARD]: '{ "items": [{ "id": "TASK-001",, }] }',
      'dev_ops/plans/PLAN-001-a.md': full('PLAN-001'),
      'dev_ops/plans/PLAN-002-a.md': full('PLAN-002'),
    });
    expect(found.map((f) => `${f.file} ${rangeOf(f)} ${f.rule}`)).toEqual([`${BOARD} 1:32-1:33 board-schema`]);
  });
});

describe('check gate', () => {
  const body = [
    '## Goal',
    '',
    'a',
    '',
    '## Context',
    '',
    'a',
    '',
    '## Proposed Changes',
    '',
    '- [x] a',
    '',
    '## Verification',
    '',
  ];
  const rest = [
    '- [x] a',
    '',
    '## Related',
    '',
    'ADR-001',
    '',
    '## Exit Criteria',
    '',
    '- [x] a <!-- planproof: check gate Active -->',
  ];
  const whole = (status: string, related: string, more: readonly string[] = [], context = 'a'): string =>
    doc(
      [
        'id: PLAN-003',
        'title: A',
        'type: plan',
        'date: 2026-01-31',
        `status: ${status}`,
        `related_docs: [${related}]`,
        ...more,
      ],
      ...['# PLAN-003 - A', '', ...body.map((line, at) => (at === 6 ? context : line)), ...rest],
    );
  const decision = (status: string): string => doc(['id: ADR-001', `status: ${status}`, 'superseded_by: [ADR-002]']);
  const ticks = async (text: string, decisionStatus = 'Accepted'): Promise<string[]> => {
    const files = {
      [PLAN]: text,
      [adrPath(1)]: decision(decisionStatus),
      [BOARD]: board(item('TASK-001', 'todo', output('PLAN-003'))),
    };
    const found = await lintFiles(files);
    return found
      .filter((f) => f.rule === 'exit-criteria-true')
      .map((f) => f.message.replace(/^Ticked, and it does not hold: /, ''));
  };

  it.each(['Draft', 'Active', 'Complete'])('holds in a %s plan that is whole', async (status) => {
    expect(await ticks(whole(status, 'ADR-001, PR-1'))).toEqual([]);
  });

  it('holds in a Superseded plan that is whole', async () => {
    expect(
      await ticks(whole('Superseded', 'ADR-001, PR-1', ['superseded_by: [PLAN-004]']).replace('PLAN-004', 'ADR-001')),
    ).not.toEqual([]);
    const files = {
      [PLAN]: whole('Superseded', 'ADR-001, PR-1', ['superseded_by: [PLAN-004]']),
      'dev_ops/plans/PLAN-004-a.md': doc(['id: PLAN-004']),
      [adrPath(1)]: decision('Accepted'),
    };
    expect((await lintFiles(files)).filter((f) => f.rule === 'exit-criteria-true')).toEqual([]);
  });

  it('asks for all that Active asks for, while the plan is a Draft', async () => {
    expect(await ticks(whole('Draft', 'ADR-001'))).toEqual([expect.stringContaining('Missing origin')]);
    expect(await ticks(whole('Draft', 'ADR-001, PR-1', [], '<!-- why -->'))).toEqual([
      expect.stringContaining('Empty section `Context`'),
    ]);
    expect(await ticks(whole('Draft', 'ADR-001', ['task: TASK-001']))).toEqual([
      expect.stringContaining('expected it claimed'),
    ]);
    expect(await ticks(whole('Draft', 'ADR-001, PR-1'), 'Superseded')).toEqual([
      expect.stringContaining('`ADR-002` took its place'),
    ]);
  });

  it('a decision that is superseded later does not make an old tick untrue', async () => {
    expect(await ticks(whole('Complete', 'ADR-001, PR-1'), 'Superseded')).toEqual([]);
  });
});

describe('relation-status', () => {
  it('names nobody where decisions only replace each other', async () => {
    const found = await lintFiles({
      [PLAN]: planWith('status: Active', 'related_docs: [ADR-001]'),
      [adrPath(1)]: doc(['id: ADR-001', 'status: Superseded', 'superseded_by: [ADR-002]']),
      [adrPath(2)]: doc(['id: ADR-002', 'status: Superseded', 'superseded_by: [ADR-001]']),
    });
    expect(found.filter((f) => f.rule === 'relation-status').map((f) => f.message)).toEqual([
      '`ADR-001` is Superseded, expected Proposed or Accepted',
    ]);
  });
});
