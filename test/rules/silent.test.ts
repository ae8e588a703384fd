import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import type { Finding } from '../../src/model/finding.ts';
import { readDocuments } from '../../src/pipeline/document-set.ts';
import { judgeDocument } from '../../src/pipeline/judge.ts';
import { lint } from '../../src/pipeline/lint.ts';
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
  TODAY,
} from '../helpers/cases.ts';
import { adr, plan } from '../helpers/documents.ts';
import { environment, Repository } from '../helpers/repository.ts';

const ADR = 'dev_ops/adrs/ADR-015-tokens.md';
const BACKLOG = 'dev_ops/backlog/BLK-001-quota.md';
const WORKFLOW = 'dev_ops/workflows/create_plan.md';

/** Tricky cases that the pages do not show, by rule. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'frontmatter-required': [
    { name: 'a byte order mark stands in front of nothing', files: bom('# Rate limit\n'), expect: ['1:1-1:1'] },
    { name: 'a byte order mark in front of frontmatter', files: bom(doc(['id: PLAN-003'])), expect: [] },
    { name: 'CRLF', files: crlf(doc(['id: PLAN-003'])), expect: [] },
    { name: 'spaces behind the fences', files: '---  \nid: PLAN-003\n--- \t\n', expect: [] },
    { name: 'a space in front of the fence', files: ' ---\nid: PLAN-003\n---\n', expect: ['1:1-1:1'] },
    { name: 'a thematic break is no frontmatter', files: '---\n\nText.\n', expect: ['1:1-1:1'] },
    { name: 'four hyphens are none either', files: '----\nid: PLAN-003\n----\n', expect: ['1:1-1:1'] },
  ],
  'frontmatter-syntax': [
    {
      name: 'a duplicate key in CRLF',
      files: crlf(doc(['id: PLAN-003', 'title: a', 'title: b'])),
      expect: ['4:1-4:6 Duplicate key `title`'],
    },
    {
      name: 'a byte order mark shifts no column',
      files: bom(doc(['id: PLAN-003', 'title: a: b'])),
      expect: ['3:8-3:9 second `: `'],
    },
    {
      name: 'an anchor behind an emoji, a tag in a list, an anchor on a key',
      files: doc(['owner: { "😀": &x a }', 'tags: [ !!str b, !<tag:yaml.org,2002:str> c ]', '&k date: 2026-01-31']),
      expect: [
        '2:16-2:18 Unexpected anchor `&x`',
        '3:9-3:14 Unexpected tag `!!str`',
        '3:18-3:42 Unexpected tag `!<tag:yaml.org,2002:str>`',
        '4:1-4:3 Unexpected anchor `&k`',
      ],
    },
    {
      name: 'an anchor in front of a block',
      files: doc(['id: PLAN-003', 'tags: &all', '  - a', '  - b']),
      expect: ['3:7-3:11 Unexpected anchor `&all`'],
    },
    {
      name: 'signs of anchors, aliases and tags inside of words and quotes',
      files: doc(['title: R&D *now* !important', 'owner: "&team"', "tags: ['*a', '!b', a&b]"]),
      expect: [],
    },
    { name: 'keys that every object has', files: doc(['constructor: a', '__proto__: b', 'toString: c']), expect: [] },
    {
      name: '... and the same twice',
      files: doc(['constructor: a', '__proto__: b', '__proto__: c']),
      expect: ['4:1-4:10 Duplicate key `__proto__`'],
    },
    { name: 'a tab in front of a key', files: doc(['id: PLAN-003', '\ttitle: a']), expect: ['3:1-3:2 Tabs'] },
    {
      name: 'a second document',
      files: doc(['id: PLAN-003', '...', 'id: PLAN-004']),
      expect: ['4:1-4:13 second YAML document'],
    },
    { name: 'a list instead of keys', files: doc(['- a', '- b']), expect: ['2:1-3:4 `key: value`'] },
  ],
  'frontmatter-schema': [
    {
      name: 'a number behind an emoji in a flow list',
      files: plan({ id: 'PLAN-003', extra: 'tags: ["😀", 3]\n' }),
      expect: ['8:14-8:15 `3` for entry 2 of `tags`'],
    },
    {
      name: 'a day that the calendar does not have, plain and in quotes',
      files: {
        [PLAN]: plan({ id: 'PLAN-003' }).replace('2026-01-31', '2026-02-29'),
        'dev_ops/plans/PLAN-004-a.md': plan({ id: 'PLAN-004' }).replace('2026-01-31', '"2026-02-29"'),
        'dev_ops/plans/PLAN-005-b.md': plan({ id: 'PLAN-005' }).replace('2026-01-31', '2028-02-29'),
      },
      expect: ['5:7-5:17 `2026-02-29`', '5:7-5:19 `2026-02-29`'],
    },
    {
      name: 'an empty entry in a block list, in CRLF behind a byte order mark',
      files: bom(crlf(plan({ id: 'PLAN-003', related: '\n  - ADR-015\n  -\n  - #7 and more' }))),
      expect: ['9:4-9:4 empty value for entry 2 of `related_docs`', '10:5-10:5 `"#7 and more"`'],
    },
    {
      name: 'superseded_by is required once it is Superseded',
      files: {
        [PLAN]: plan({ id: 'PLAN-003', status: 'Superseded' }),
        'dev_ops/plans/PLAN-004-a.md': plan({
          id: 'PLAN-004',
          status: 'Superseded',
          extra: 'superseded_by: [PLAN-005]\n',
        }),
      },
      expect: ['1:1-1:4 Missing key `superseded_by`'],
    },
    {
      name: 'a key of one’s own that is near no key that is missing',
      files: plan({ id: 'PLAN-003', extra: 'reviewer: a\nids: [x]\nstatus_note: b\n' }),
      expect: [],
    },
    {
      name: 'what looks like a number and is text by its form',
      files: plan({ id: 'PLAN-003', title: '010', extra: 'owner: 1e5\n' }),
      expect: [],
    },
    {
      name: 'one mistake a value, however many alternatives there are',
      files: plan({ id: 'PLAN-003', related: '{ a: b }' }),
      expect: ['7:15-7:23 mapping for related_docs, expected a list'],
    },
    { name: 'silent while the syntax is broken', files: doc(['id: PLAN-003', 'id: PLAN-003']), expect: [] },
  ],
  'id-format': [
    { name: 'quotes count for the range', files: doc(["id: 'plan-3'"]), expect: ['2:5-2:13 `plan-3`'] },
    {
      name: 'a hyphen of another kind, wide letters, spaces inside of quotes',
      files: {
        [PLAN]: doc(['id: PLAN\u2011003']),
        'dev_ops/plans/PLAN-004-a.md': doc(['id: ＰＬＡＮ-004']),
        'dev_ops/plans/PLAN-005-b.md': doc(['id: " PLAN-005 "']),
      },
      expect: ['2:5-2:13 expected `PLAN-003`', '2:5-2:13 expected `PLAN-004`', '2:5-2:17 expected `PLAN-005`'],
    },
    { name: 'CRLF is no part of the id', files: crlf(doc(['id: PLAN-003'])), expect: [] },
    { name: 'a comment behind the id is none either', files: doc(['id: PLAN-003 # the third']), expect: [] },
    { name: 'a number too large for a double', files: doc(['id: PLAN-90071992547409931']), expect: [] },
    { name: 'an id of nothing is for the schema', files: doc(['id:']), expect: [] },
    {
      name: '... and so is null by name, and a list',
      files: { [PLAN]: doc(['id: null']), [ADR]: doc(['id: [ADR-015]']) },
      expect: [],
    },
    { name: 'a number is text in an id', files: doc(['id: 003']), expect: ['2:5-2:8 `003`, expected `PLAN-003`'] },
  ],
  'file-name': [
    {
      name: 'a slug of composed and decomposed letters',
      files: { 'dev_ops/plans/PLAN-003-e\u0301t\u00E9.md': doc(['id: PLAN-003']) },
      expect: [],
    },
    {
      name: 'two hyphens, a hyphen at the end, a dot',
      files: {
        'dev_ops/plans/PLAN-003-a--b.md': doc(['id: PLAN-003', 'title: C d']),
        'dev_ops/plans/PLAN-004-a-.md': doc(['id: PLAN-004', 'title: C d']),
        'dev_ops/plans/PLAN-005-v1.2.md': doc(['id: PLAN-005', 'title: C d']),
      },
      expect: ['2:5-2:13 `PLAN-003-c-d.md`', '2:5-2:13 `PLAN-004-c-d.md`', '2:5-2:13 `PLAN-005-c-d.md`'],
    },
    {
      name: 'a title without letters',
      files: { 'dev_ops/plans/x.md': doc(['id: PLAN-003', 'title: "😀"']) },
      expect: ['2:5-2:13 `PLAN-003-plan.md`'],
    },
    {
      name: 'an id that is the beginning of another',
      files: { 'dev_ops/plans/PLAN-0031-a.md': doc(['id: PLAN-003']) },
      expect: ['2:5-2:13 `PLAN-003-a.md`'],
    },
    {
      name: 'no id, or one of another type',
      files: { 'dev_ops/plans/x.md': doc(['title: a']), 'dev_ops/plans/y.md': doc(['id: ADR-003', 'type: plan']) },
      expect: [],
    },
    {
      name: 'an id without the zeros, as the frontmatter has it',
      files: { 'dev_ops/plans/plan-3-a.md': doc(['id: plan-3']) },
      expect: [],
    },
  ],
  'file-location': [
    {
      name: 'a root that is the top of the repository',
      files: { 'planproof.config.json': '{ "roots": ["."] }', 'PLAN-003-a.md': doc(['id: PLAN-003']) },
      named: ['PLAN-003-a.md'],
      expect: ['2:5-2:13 Unexpected folder `.`, expected `plans`'],
    },
    {
      name: 'the innermost of two roots counts',
      files: {
        'planproof.config.json': '{ "roots": ["docs", "docs/api"] }',
        'docs/api/plans/PLAN-003-a.md': doc(['id: PLAN-003']),
        'docs/api/adrs/PLAN-004-a.md': doc(['id: PLAN-004', 'type: plan']),
      },
      expect: ['2:5-2:13 expected `docs/api/plans`'],
    },
    {
      name: 'a folder that only begins alike',
      files: { [PLAN]: doc(['id: PLAN-003']), 'dev_ops/plans-old/PLAN-004-a.md': doc(['id: PLAN-004']) },
      named: ['dev_ops/plans-old/PLAN-004-a.md'],
      expect: ['2:5-2:13 `dev_ops/plans-old`'],
    },
    {
      name: 'an id by the file name only',
      files: { 'dev_ops/adrs/PLAN-003-a.md': '# PLAN-003 - a\n' },
      expect: ['1:1-1:1 `dev_ops/plans`'],
    },
    { name: 'a marker counts for nothing beside an id', files: doc(['id: PLAN-003', 'produces: ADR-XXX']), expect: [] },
  ],
  'title-heading': [
    {
      name: 'an underlined heading in CRLF',
      files: crlf(doc(['id: PLAN-003', 'title: Rate limit'], 'PLAN-003', 'Rate limit', '===')),
      expect: ['6:1-8:4 `PLAN-003 Rate limit`'],
    },
    {
      name: 'an emoji, an entity, a line break in the title',
      files: doc(['id: PLAN-003', 'title: >-', '  😀 R&D', '  now'], '# PLAN-003 - 😀 R&amp;D now'),
      expect: [],
    },
    {
      name: 'quotes in quotes',
      files: doc(['id: PLAN-003', 'title: "It\'s \\"x\\""'], '# PLAN-003 - It\'s "x"'),
      expect: [],
    },
    {
      name: 'closing number signs, and a number sign of the title',
      files: {
        [PLAN]: doc(['id: PLAN-003', 'title: C#'], '# PLAN-003 - C#'),
        'dev_ops/plans/PLAN-004-a.md': doc(['id: PLAN-004', 'title: C'], '# PLAN-004 - C #'),
      },
      expect: [],
    },
    {
      name: 'the id in a form that neither is canonical nor the own',
      files: doc(['id: PLAN-003', 'title: a'], '# plan-3 - a'),
      expect: ['6:1-6:13 `plan-3 - a`, expected `# PLAN-003 - a`'],
    },
    {
      name: 'headings of a list, a quote and a comment',
      files: doc(['id: PLAN-003', 'title: a'], '# PLAN-003 - a', '', '- # b', '', '> # c', '', '<!--', '# d', '-->'),
      expect: [],
    },
    {
      name: 'a dash that is no hyphen',
      files: doc(['id: PLAN-003', 'title: a'], '# PLAN-003 – a'),
      expect: ['6:1-6:15'],
    },
    {
      name: 'a section of depth 1 is no second title',
      files: doc(['id: PLAN-003', 'title: a'], '# PLAN-003 - a', '', '# Goal'),
      expect: [],
    },
  ],
  'unique-id': [
    {
      name: 'over two roots, in CRLF and quotes',
      files: {
        'planproof.config.json': '{ "roots": ["a", "b"] }',
        'a/plans/PLAN-003-a.md': crlf(doc(['title: x', 'id: "PLAN-003"'])),
        'b/plans/PLAN-003-b.md': doc(['id: PLAN-003']),
      },
      expect: ['3:5-3:15 b/plans/PLAN-003-b.md', '2:5-2:13 a/plans/PLAN-003-a.md'],
    },
    {
      name: 'numbers that a double cannot tell apart',
      files: {
        'dev_ops/plans/a.md': doc(['id: PLAN-9007199254740992']),
        'dev_ops/plans/b.md': doc(['id: PLAN-9007199254740993']),
      },
      expect: [],
    },
    {
      name: 'a file name alone claims nothing',
      files: { [PLAN]: doc(['id: PLAN-003']), 'dev_ops/plans/PLAN-003-b.md': '# no frontmatter\n' },
      expect: [],
    },
    {
      name: 'an ignored copy',
      files: { [PLAN]: doc(['id: PLAN-003']), 'dev_ops/plans/_PLAN-003.md': doc(['id: PLAN-003']) },
      expect: [],
    },
  ],
  'required-sections': [
    {
      name: 'markup, emphasis and links in headings',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## _Context_', '', '## [Goal](#goal)', '', '## `Related`') },
      expect: [],
    },
    {
      name: 'CRLF and a byte order mark',
      files: { [BACKLOG]: bom(crlf(doc(['id: BLK-001'], '## Context', '', '## Goal'))) },
      expect: ['8:1-8:1 `## Related` at the end'],
    },
    {
      name: 'headings in lists, and indented by four',
      files: { [BACKLOG]: doc(['id: BLK-001'], '- ## Context', '', '      ## Goal', '', '## Related') },
      expect: ['9:1-9:11 `Context`', '9:1-9:11 `Goal`'],
    },
    {
      name: 'an emoji makes another name',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## Context', '', '## Goal 😀', '', '## Related') },
      expect: ['9:1-9:11 Missing section `Goal`'],
    },
    {
      name: 'a comment that is never closed takes the rest',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## Context', '', '## Goal', '', '<!-- open', '', '## Related') },
      expect: ['12:1-12:1 `Related`'],
    },
    {
      name: 'a heading of the right name deeper down, beside the section itself',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## Context', '', '### Goal', '', '## Goal', '', '## Related') },
      expect: [],
    },
    {
      name: 'no empty lines, indented by three, with tabs',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## Context', '   ##\tGoal\t', 'x', '## Related ##') },
      expect: [],
    },
  ],
  'section-order': [
    {
      name: 'markup, an underlined heading, CRLF',
      files: { [BACKLOG]: crlf(doc(['id: BLK-001'], '## **Goal**', '', 'Context', '---', '', '## Related')) },
      expect: ['7:1-8:4 `Context`, expected it above `Goal`'],
    },
    {
      name: 'all the other way round',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## Related', '', '## Goal', '', '## Context') },
      expect: ['7:1-7:8 above `Related`', '9:1-9:11 above `Related`'],
    },
    {
      name: 'a section that is missing makes no other one late',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## Context', '', '## Related') },
      expect: [],
    },
    {
      name: 'of a section that stands there twice the first counts',
      files: { [BACKLOG]: doc(['id: BLK-001'], '## Goal', '', '## Context', '', '## Goal', '', '## Related') },
      expect: ['7:1-7:11 `Context`, expected it above `Goal`'],
    },
  ],
  'duplicate-section': [
    {
      name: 'an underlined one in CRLF',
      files: crlf(doc(['id: PLAN-003'], '## Goal', '', 'Goal', '----')),
      expect: ['7:1-8:5 line 5'],
    },
    {
      name: 'other depths, lists, and sections of one’s own',
      files: doc(['id: PLAN-003'], '## Goal', '', '# Goal', '', '- ## Goal', '', '## A', '', '## A', '', '## goal'),
      expect: [],
    },
    {
      name: 'an alias on both sides of the name',
      files: doc(['id: PLAN-003'], '## Steps', '', '## Proposed Changes', '', '## [Steps](#steps)'),
      expect: ['7:1-7:20 `Proposed Changes`, expected it once: it stands on line 5', '9:1-9:19 `Steps`'],
    },
  ],
  'empty-section': [
    {
      name: 'a table, a nested list, an emoji fill',
      files: {
        [ADR]: doc(
          ['id: ADR-015', 'status: Accepted'],
          ...[
            '## Context',
            '',
            '| a |',
            '| - |',
            '',
            '## Decision',
            '',
            '-',
            '  - `b`',
            '',
            '## Consequences',
            '',
            '😀',
          ],
        ),
      },
      expect: [],
    },
    {
      name: 'spaces that do not break, an entity for one, a code block of nothing do not',
      files: {
        [ADR]: doc(
          ['id: ADR-015', 'status: Accepted'],
          ...['## Context', '', '\u00a0', '', '## Decision', '', '&nbsp;', '', '## Consequences', '', '```', '```'],
        ),
      },
      expect: ['6:1-6:11', '10:1-10:12', '14:1-14:16'],
    },
    {
      name: 'a comment that is never closed does not',
      files: { [ADR]: doc(['id: ADR-015', 'status: Accepted'], '## Consequences', '', '<!-- What follows?') },
      expect: ['6:1-6:16'],
    },
    {
      name: 'a comment over several lines does not; an underlined heading in CRLF',
      files: { [ADR]: crlf(doc(['id: ADR-015', 'status: "Accepted"'], 'Context', '---', '<!--', '', 'a', '-->')) },
      expect: ['6:1-7:4 while the status is `Accepted`'],
    },
    {
      name: 'text above the first section and below the next is that of others',
      files: { [ADR]: doc(['id: ADR-015', 'status: Accepted'], 'a', '', '## Context', '## Notes', 'b', '# c', 'd') },
      expect: ['8:1-8:11'],
    },
    {
      name: 'statuses whose gate does not ask, and one that does not exist',
      files: {
        [PLAN]: planIn('Superseded', '## Goal'),
        'dev_ops/plans/PLAN-004-a.md': doc(['id: PLAN-004', 'status: active'], '## Goal'),
        'dev_ops/plans/PLAN-005-a.md': doc(['id: PLAN-005'], '## Goal'),
      },
      expect: [],
    },
    {
      name: 'a status with a space',
      files: { 'dev_ops/bugs/BUG-042-a.md': doc(['id: BUG-042', 'status: In Progress'], '## Description') },
      expect: ['6:1-6:15'],
    },
  ],
  placeholder: [
    {
      name: 'behind emojis, behind a byte order mark, in CRLF',
      files: bom(crlf(planIn('Active', '😀😀 TBD and {{x}}'))),
      expect: ['6:6-6:9 `TBD`', '6:14-6:19 `{{x}}`'],
    },
    {
      name: 'nested lists, quotes, tables',
      files: planIn(
        'Complete',
        ...['- a', '  - b TBD', '', '> > XXX', '', '| a | TBD |', '| --- | --- |', '| {{x}} | b |'],
      ),
      expect: ['7:7-7:10', '9:5-9:8', '11:7-11:10', '13:3-13:8'],
    },
    {
      name: 'the words of a link, but neither its address nor its title',
      files: planIn('Active', '[TBD](https://example.com/TBD "TBD") www.example.com/TBD'),
      expect: ['6:2-6:5'],
    },
    {
      name: 'an entry of a list in the frontmatter, in quotes, behind an emoji',
      files: doc(['id: PLAN-003', 'status: Active', 'tags: ["😀", "TBD"]']),
      expect: ['4:14-4:19'],
    },
    {
      name: 'words that only look alike',
      files: planIn('Active', 'tbd, Xxx, XXXL, TBDs, aTBD, TBD_1, {x}, \\{\\{y}}, {{', '}}'),
      expect: [],
    },
    {
      name: 'relations and the id have rules of their own; comments are silent',
      files: doc(['id: PLAN-XXX # TBD', 'status: Active', 'related_docs: [ADR-XXX]']),
      expect: [],
    },
    {
      name: 'a workflow is exempt',
      files: { [WORKFLOW]: doc(['produces: PLAN-XXX', 'description: TBD'], 'TBD {{x}}') },
      expect: [],
    },
  ],
  'required-relations': [
    {
      name: 'a block list in CRLF',
      files: crlf(doc(['id: PLAN-003', 'status: Active', 'related_docs:', '  - ADR-001', '  - ADR-002', 'tags: []'])),
      expect: ['5:3-6:12'],
    },
    {
      name: 'an empty list',
      files: doc(['id: PLAN-003', 'status: Active', 'related_docs: []']),
      expect: ['4:15-4:17'],
    },
    {
      name: 'origins in every form',
      files: {
        [PLAN]: doc(['id: PLAN-003', 'status: Active', 'related_docs: [owner/name#7]']),
        'dev_ops/plans/PLAN-004-a.md': doc(['id: PLAN-004', 'status: Active', 'related_docs: [adr-1, blk-1]']),
        'dev_ops/plans/PLAN-005-a.md': doc(['id: PLAN-005', 'status: Complete', 'linked_tasks:', '  - TASK-1']),
        'dev_ops/plans/PLAN-006-a.md': doc(['id: PLAN-006', 'status: Complete', 'task: "1"']),
        'dev_ops/plans/PLAN-007-a.md': doc(['id: PLAN-007', 'status: Active', 'upstream: "ADR-001,GH-7"']),
      },
      expect: [],
    },
    {
      name: 'a Superseded plan and an Accepted decision',
      files: { [PLAN]: planIn('Superseded'), [ADR]: doc(['id: ADR-015', 'status: Accepted', 'related_docs: []']) },
      expect: [],
    },
  ],
  'relation-exists': [
    {
      name: 'a number in quotes is a reference to nothing, and so is an emoji',
      files: doc(['id: PLAN-003', 'related_docs: ["42", "😀"]']),
      expect: ['3:16-3:20 `42`', '3:22-3:26 `😀`'],
    },
    { name: 'a plain number is for the schema', files: doc(['id: PLAN-003', 'related_docs: [42]']), expect: [] },
    {
      name: 'several in one value, each in its own place',
      files: { [PLAN]: doc(['id: PLAN-003', 'upstream: "😀, ADR-1, adr-99"']), 'dev_ops/adrs/ADR-001-a.md': adr() },
      expect: ['3:12-3:14 `😀`', '3:23-3:29 Unknown document `adr-99`'],
    },
    {
      name: 'ids in other forms, an address with commas',
      files: {
        [PLAN]: doc([
          'id: PLAN-003',
          'related_docs: [adr-1, ADR\u20111, "ＡＤＲ-0001", "https://example.com/a,b"]',
          'upstream: [owner/name#7, "#7"]',
        ]),
        'dev_ops/adrs/ADR-001-a.md': adr(),
      },
      expect: [],
    },
    {
      name: 'a block list in CRLF behind a byte order mark',
      files: bom(crlf(doc(['id: PLAN-003', 'related_docs:', '  - "ADR-99" # soon']))),
      expect: ['4:5-4:13'],
    },
    {
      name: 'external prefixes of one’s own take the place of the default ones',
      files: {
        'planproof.config.json': '{ "externalPrefixes": ["JIRA"] }',
        [PLAN]: doc(['id: PLAN-003', 'related_docs: [JIRA-1, PR-12]']),
      },
      expect: ['3:24-3:29 Unknown prefix `PR`'],
    },
    {
      name: 'a path says which id it means',
      files: {
        [PLAN]: doc(['id: PLAN-003', 'related_docs: [../adrs/ADR-001-a.md]']),
        'dev_ops/adrs/ADR-001-a.md': adr(),
      },
      expect: ['3:16-3:36 expected the id `ADR-001`'],
    },
    {
      name: 'a target whose own frontmatter is broken',
      files: { [PLAN]: doc(['id: PLAN-003', 'related_docs: [ADR-015]']), [ADR]: '---\nid: a: b\n---\n' },
      expect: [],
    },
  ],
  'relation-self': [
    {
      name: 'behind another reference in CRLF',
      files: crlf(doc(['id: PLAN-003', 'related_docs: ["#3", plan-3]'])),
      expect: ['3:22-3:28 `related_docs`'],
    },
    {
      name: 'a bare number where only one type can be meant',
      files: doc(['id: PLAN-003', 'supersedes: ["3"]']),
      expect: ['3:14-3:17 `supersedes`'],
    },
    { name: 'a document without an id knows no self', files: doc(['related_docs: [PLAN-003]']), expect: [] },
    {
      name: 'a field that is no relation of the type',
      files: doc(['id: PLAN-003', 'see_also: [PLAN-003]']),
      expect: [],
    },
  ],
  'relation-duplicate': [
    {
      name: 'a list over two lines, plain and in quotes',
      files: doc(['id: PLAN-003', 'related_docs: [ADR-015,', '  "ADR-15", adr-015]']),
      expect: ['4:3-4:11 `ADR-15`', '4:13-4:20 `adr-015`'],
    },
    {
      name: 'a bare number and an id',
      files: doc(['id: PLAN-003', 'linked_tasks: ["1", TASK-001]']),
      expect: ['3:21-3:29 `TASK-001`'],
    },
    {
      name: 'several in one block of text keep the place of the whole',
      files: doc(['id: PLAN-003', 'upstream: ADR-015,', '  ADR-15', 'date: 2026-01-31']),
      expect: ['3:11-4:9 `ADR-15`'],
    },
    {
      name: 'addresses that differ in case, numbers that differ by a digit',
      files: doc(['id: PLAN-003', 'related_docs: [https://example.com/A, https://example.com/a, ADR-1, ADR-10]']),
      expect: [],
    },
  ],
  'exit-criteria': [
    {
      name: 'nested lists in CRLF',
      files: crlf(planIn('Active', '## Exit Criteria', '', '1. [x] a', '   - [] b', '     - [ x] c')),
      expect: ['9:6-9:8 `[]`', '10:8-10:12 `[ x]`'],
    },
    {
      name: 'an alias, underlined',
      files: planIn('Active', 'Steps', '-----', '', '-[ ] 😀'),
      expect: ['9:1-9:5 `-[ ]`'],
    },
    {
      name: 'links, footnotes, escaped brackets, other letters are no boxes',
      files: planIn(
        'Active',
        ...['## Exit Criteria', '', '- [x] a', '- [b]', '- [x][b]', '- \\[ ] c', '- [^1]', '', '[b]: c', '[^1]: d'],
      ),
      expect: [],
    },
    { name: 'a tab is a space', files: planIn('Active', '## Exit Criteria', '', '- [\t] a'), expect: [] },
    {
      name: 'boxes in another section do not count for this one',
      files: planIn('Active', '## Exit Criteria', '', 'a', '', '## Notes', '', '- [ ] b', '- [] c'),
      expect: ['6:1-6:17 Too few checklist items in `Exit Criteria`: 0'],
    },
    {
      name: 'plain text where no number is asked for',
      files: planIn('Active', '## Verification', '', 'Run the load test.'),
      expect: [],
    },
  ],
  'exit-criteria-complete': [
    {
      name: 'a waiver holds on its last day',
      files: planIn('Complete', '## Exit Criteria', '', '- [ ] a <!-- planproof: waived until 2026-12-31: b -->'),
      today: '2026-12-31',
      expect: [],
    },
    {
      name: '... and when it is over, exit-criteria-waiver speaks',
      files: planIn('Complete', '## Exit Criteria', '', '- [ ] a <!-- planproof: waived until 2026-12-31: b -->'),
      today: '2027-01-01',
      expect: [],
    },
    {
      name: 'a waiver behind another directive, with a semicolon in its reason',
      files: planIn(
        'Complete',
        ...['## Exit Criteria', '', '- [ ] a <!-- planproof: check location; waived until 2026-12-31: b; c -->'],
      ),
      expect: [],
    },
    {
      name: 'that of a nested item is not that of the item around it, nor the other way round',
      files: planIn(
        'Complete',
        '## Exit Criteria',
        '',
        '- [ ] a',
        '  - [ ] b <!-- planproof: waived until 2026-12-31: c -->',
        '- [ ] d <!-- planproof: waived until 2026-12-31: e -->',
        '  - [ ] f',
      ),
      expect: ['8:3-8:6', '11:5-11:8'],
    },
    {
      name: 'linked_tasks make a document tracked',
      files: doc(
        ['id: PLAN-003', 'status: "Complete"', 'linked_tasks: [TASK-001]'],
        ...['## Exit Criteria', '', '- [ ] **If tracked**: a'],
      ),
      expect: ['9:3-9:6 `Complete`'],
    },
    {
      name: 'an empty task does not',
      files: doc(
        ['id: PLAN-003', 'status: Complete', 'task: ""'],
        ...['## Exit Criteria', '', '- [ ] **If tracked**: a', '- [ ] **if tracked** b'],
      ),
      expect: [],
    },
    {
      name: 'other bold words are no condition',
      files: planIn('Complete', '## Exit Criteria', '', '- [ ] **If trackedness** a', '- [ ] a **If tracked**'),
      expect: ['8:3-8:6', '9:3-9:6'],
    },
    {
      name: 'every kind of bullet, in CRLF behind a byte order mark',
      files: bom(crlf(planIn('Complete', '## Exit Criteria', '', '10) [ ] 😀', '', '+   [ ] b', '', '* [X] c'))),
      expect: ['8:5-8:8', '10:5-10:8'],
    },
    {
      name: 'another type with another finished status',
      files: { 'dev_ops/tasks/TASK-001-a.md': doc(['id: TASK-001', 'status: done'], '## Sub-tasks', '', '- [ ] a') },
      expect: ['8:3-8:6 `done`'],
    },
  ],
  'workflow-template': [
    {
      name: 'out of the repository',
      files: { [WORKFLOW]: doc(['produces: PLAN-XXX'], '## Template', '', '[a](../../../outside.md)') },
      expect: ['7:1-7:25 Unknown file'],
    },
    {
      name: 'behind an emoji, in CRLF',
      files: { [WORKFLOW]: crlf(doc(['produces: PLAN-XXX'], '## Template', '', '😀 [a](b.md)')) },
      expect: ['7:4-7:13 `b.md`'],
    },
    {
      name: 'percent signs that stand for nothing, angle brackets, a title',
      files: {
        [WORKFLOW]: doc(['produces: PLAN-XXX'], '## Template', '', '[a](<../forms/100%.md> "the form")'),
        'dev_ops/forms/100%.md': '## Goal\n',
      },
      expect: [],
    },
    {
      name: 'a command behind a prompt in CRLF',
      files: {
        [WORKFLOW]: crlf(
          doc(['produces: PLAN-XXX'], '## Template', '', '```sh', '$ planproof show --template nope', '```'),
        ),
      },
      expect: ['8:3-8:33 `nope`'],
    },
    {
      name: 'a link to nothing, a command without a type',
      files: { [WORKFLOW]: doc(['produces: PLAN-XXX'], '## Template', '', '[a]() `planproof show --template`') },
      expect: ['7:1-7:6 empty link', '7:8-7:33 Missing document type behind `--template`'],
    },
    {
      name: 'a reference counts where it stands, not where its definition does',
      files: {
        [WORKFLOW]: doc(
          ['produces: PLAN-XXX'],
          ...['## Template', '', '[the form][FORM] or ![its picture][p]', '', '[p]: gone.png', '', '## Steps', ''],
          ...['[form]: ../forms/none.md'],
        ),
        'dev_ops/workflows/write_adr.md': doc(
          ['produces: ADR-XXX'],
          ...['## Template', '', '[the form]', '', '## Steps', '', '[the form]: ../forms/adr.md'],
        ),
        'dev_ops/workflows/write_bug.md': doc(
          ['produces: BUG-XXX'],
          ...['## Template', '', 'None.', '', '[the form]: ../forms/adr.md'],
        ),
        'dev_ops/forms/adr.md': '## Context\n',
      },
      expect: ['7:1-7:17 `../forms/none.md`', '7:21-7:38 `gone.png`', '5:1-5:12 Missing template'],
    },
    {
      name: 'silent where nothing is written yet, and in other types',
      files: {
        [WORKFLOW]: doc(['produces: PLAN-XXX'], '## Template', '', '<!-- a link -->'),
        [PLAN]: doc(['id: PLAN-003'], '## Template', '', 'a'),
      },
      expect: [],
    },
  ],
  'unreadable-document': [
    {
      name: 'Latin-1',
      files: { [PLAN]: Buffer.from('---\nid: PLAN-003\n---\n\xe9\n', 'latin1') },
      expect: ['1:1-1:1 UTF-8'],
    },
    { name: 'UTF-16', files: { [PLAN]: Buffer.from('\uFEFF---\n', 'utf16le') }, expect: ['1:1-1:1 NUL'] },
    {
      name: 'half a surrogate pair',
      files: { [PLAN]: Uint8Array.from([0x61, 0xed, 0xa0, 0x80]) },
      expect: ['1:1-1:1 UTF-8'],
    },
    { name: 'UTF-8 with a byte order mark, and a whole pair', files: bom(doc(['id: PLAN-003'], '😀')), expect: [] },
    { name: 'an empty file', files: '', expect: [] },
  ],
  'document-limit': [
    { name: 'as many bytes as allowed', files: doc(['id: PLAN-003']).padEnd(512_000, 'a '), expect: [] },
    { name: 'one more', files: doc(['id: PLAN-003']).padEnd(512_001, 'a '), expect: ['1:1-1:1 at most 512 kB'] },
    {
      name: 'bytes count, not characters',
      files: doc(['id: PLAN-003']).padEnd(300_000, 'é '),
      expect: [],
    },
    { name: '... so that this is too much', files: doc(['id: PLAN-003']).padEnd(400_000, 'é '), expect: ['1:1-1:1'] },
    { name: 'forty brackets', files: doc([`tags: ${'['.repeat(40)}${']'.repeat(40)}`]), expect: [] },
    { name: 'lists in lists in CRLF', files: crlf(doc(['id: PLAN-003'], `${'- '.repeat(101)}a`)), expect: ['1:1-1:1'] },
    { name: 'many quotes, but not in one line', files: doc(['id: PLAN-003'], ...Array(200).fill('> > a')), expect: [] },
  ],
  'unknown-type': [
    {
      name: 'a type in quotes, in CRLF behind a byte order mark',
      files: { 'notes/a.md': bom(crlf(doc(["type: 'plann'"]))) },
      named: ['notes/a.md'],
      expect: ['2:7-2:14 did you mean `plan`?'],
    },
    {
      name: 'a type that is no text',
      files: { 'notes/a.md': doc(['type: [plan]']) },
      named: ['notes/a.md'],
      expect: ['2:7-2:13'],
    },
    {
      name: 'an id of no type hides the marker of another',
      files: { 'notes/a.md': doc(['id: REQ-1', 'produces: PLAN-XXX']) },
      named: ['notes/a.md'],
      expect: ['1:1-1:1'],
    },
    {
      name: 'the prefix of a type by its alias, in lower case, in the file name alone',
      files: { 'notes/res-8-a.md': '# a\n', 'notes/b.md': doc(['id: pln-8']) },
      named: ['notes/res-8-a.md', 'notes/b.md'],
      expect: [],
    },
  ],
  'unknown-directive': [
    {
      name: 'behind an emoji on the same line',
      files: doc(['id: PLAN-003'], '😀 <!-- planproof: nope -->'),
      expect: ['5:4-5:28 Unknown directive `nope`'],
    },
    {
      name: 'over several lines in CRLF',
      files: crlf(doc(['id: PLAN-003'], '<!--', 'planproof-disable placeholder', '-->')),
      expect: ['5:1-7:4 Missing reason'],
    },
    {
      name: 'two comments in a row',
      files: doc(['id: PLAN-003'], '<!-- planproof-nope a -- b --><!-- planproof: nope -->'),
      expect: ['5:1-5:31 `planproof-nope`', '5:31-5:55 `nope`'],
    },
    {
      name: 'a plain item inside of one with a box',
      files: doc(['id: PLAN-003'], '- [ ] a', '  - b <!-- planproof: check linked -->'),
      expect: ['6:7-6:39 outside a checklist item'],
    },
    {
      name: 'a line of its own in the frontmatter',
      files: doc(['id: PLAN-003', '  # planproof-disable-line -- why']),
      expect: ['3:3-3:34 Missing rule in `planproof-disable-line`'],
    },
    {
      name: 'what cannot be silenced, beside a rule that can',
      files: doc(
        ['id: plan-3 # planproof-disable-line unknown-type, id-format -- a'],
        ...['<!-- planproof-disable unreadable-document document-limit -- a -->', ''],
        ...['<!-- planproof-disable-next-line unknown-directive -- a -->', '<!-- planproof: nope -->'],
        ...['<!-- planproof-enable internal-error -->', '<!-- planproof-disable unused-directive -- a -->'],
      ),
      expect: [
        '2:12-2:65 `unknown-type` in `planproof-disable-line`: it cannot be silenced',
        '5:1-5:67 `document-limit` in `planproof-disable`',
        '5:1-5:67 `unreadable-document` in `planproof-disable`',
        '7:1-7:60 `unknown-directive` in `planproof-disable-next-line`',
        '8:1-8:25 Unknown directive `nope`',
        '9:1-9:41 `internal-error` in `planproof-enable`',
      ],
    },
    {
      name: 'what only looks like one',
      files: doc(
        ['id: PLAN-003', 'title: a#planproof-nope'],
        ...['<!-- see planproof: x --> <!-- planproofs-x --> <!-- planproof -->', '', '&lt;!-- planproof: nope -->'],
      ),
      expect: [],
    },
    {
      name: 'a comment that is never closed is not read',
      files: doc(['id: PLAN-003'], '<!-- planproof: nope'),
      expect: [],
    },
  ],
  'unused-directive': [
    {
      name: 'the second of two for one rule',
      files: planIn(
        'Active',
        ...['<!-- planproof-disable placeholder -- a -->', '<!-- planproof-disable placeholder -- b -->', '', 'TBD'],
      ),
      expect: ['7:1-7:44'],
    },
    {
      name: 'one comment for two findings of a line, in CRLF',
      files: crlf(planIn('Active', '<!-- planproof-disable-next-line placeholder -- a -->', 'TBD TBD')),
      expect: [],
    },
    {
      name: 'a finding above the comment',
      files: planIn('Active', 'TBD', '', '<!-- planproof-disable placeholder -- a -->'),
      expect: ['8:1-8:44'],
    },
    {
      name: 'an end that ends nothing: of another rule, behind the end, of one line',
      files: crlf(
        planIn(
          'Active',
          ...['<!-- planproof-disable placeholder -- a -->', '', 'TBD', '', '<!-- planproof-enable exit-criteria -->'],
          ...['', '<!-- planproof-enable placeholder -->', '', '<!-- planproof-enable placeholder -->', ''],
          ...['<!-- planproof-disable-next-line placeholder -- a -->', 'TBD', '<!-- planproof-enable placeholder -->'],
        ),
      ),
      expect: [
        '10:1-10:40 no `planproof-disable` of `exit-criteria` to end',
        '14:1-14:38 no `planproof-disable` of `placeholder` to end',
        '18:1-18:38 no `planproof-disable` of `placeholder` to end',
      ],
    },
    {
      name: 'one end for two beginnings, and a new beginning behind it',
      files: planIn(
        'Active',
        ...[
          '<!-- planproof-disable placeholder -- a -->',
          'TBD',
          '',
          '<!-- planproof-disable placeholder -- b -->',
          '',
        ],
        ...[
          '<!-- planproof-enable placeholder, nope -->',
          '',
          '<!-- planproof-disable placeholder -- c -->',
          '',
          'TBD',
        ],
      ),
      expect: ['9:1-9:44 `planproof-disable`'],
    },
    {
      name: 'behind an emoji in the frontmatter',
      files: doc(['id: PLAN-003', 'status: Active', 'owner: 😀 # planproof-disable-line placeholder -- a']),
      expect: ['4:11-4:52'],
    },
  ],
};

it('every rule that speaks of documents has cases', () => {
  // Those on the baseline speak of another file: test/commands/baseline.test.ts.
  const engine = ['internal-error', 'baseline-outdated', 'baseline-grown'];
  // Those of history speak of changes: test/commands/history.test.ts.
  const others = RULES.filter(
    ({ id, area }) => area !== 'history' && !engine.includes(id) && !RULES_ON_REFERENCES.includes(id),
  );
  checkBothWays(
    others.map(({ id }) => id),
    CASES,
  );
});

describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  for (const one of cases) check(rule, one);
});

describe('a document that cannot be read', () => {
  it('is one when it is a symbolic link', async () => {
    const repository = new Repository({ [PLAN]: doc(['id: PLAN-003']), 'secret.md': 'x' });
    repository.link('../../secret.md', 'dev_ops/plans/PLAN-004-link.md');
    const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
    const { findings } = await lint({ paths: ['dev_ops/plans/PLAN-004-link.md'], today: TODAY }, surroundings);
    expect(findings.map((f) => `${rangeOf(f)} ${f.rule}`)).toEqual(['1:1-1:1 unreadable-document']);
  });
});

describe('internal-error', () => {
  it('names the rule that failed; the others go on', async () => {
    const repository = new Repository({
      [WORKFLOW]: doc(['description: a', 'produces: PLAN-XXX'], '## Template', '', '[a](b.md)'),
    });
    const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
    const { workspace, index } = await readDocuments(surroundings);
    const [document] = index.documents;
    if (!document) throw new Error('no document');
    const broken = (): boolean => {
      throw new Error('out of order');
    };
    const findings = judgeDocument(document, {
      index,
      workspace,
      options: { today: TODAY, exists: broken, hasCommit: () => undefined, commandError: () => undefined },
    });
    const told = findings.map((f) => `${rangeOf(f)} ${f.rule} ${f.severity} ${f.message}`);
    expect(told[0]).toBe('1:1-1:1 internal-error error The rule `workflow-template` failed here: out of order');
    expect(new Set(findings.map((f) => f.rule))).toEqual(new Set(['internal-error', 'required-sections']));
  });
});

describe('which of folder, id and type is wrong', () => {
  const odd = async (path: string, keys: readonly string[]): Promise<string[]> => {
    const rules = ['id-format', 'file-location', 'file-name', 'title-heading', 'unique-id'];
    const findings = await lintFiles({
      [path]: doc(keys, '# PLAN-003 - a'),
      'dev_ops/adrs/ADR-003-a.md': adr('ADR-003', 'a'),
    });
    const isAboutType = (f: Finding): boolean => f.rule === 'frontmatter-schema' && f.message.includes('type `');
    return findings
      .filter((f) => f.file === path && (rules.includes(f.rule) || isAboutType(f)))
      .map((f) => `${rangeOf(f)} ${f.rule}`);
  };

  it.each([
    ['the folder', 'dev_ops/adrs/PLAN-003-a.md', 'PLAN-003', 'plan', '2:5-2:13 file-location'],
    ['the id', 'dev_ops/plans/PLAN-003-a.md', 'ADR-003', 'plan', '2:5-2:12 id-format'],
    ['the type', 'dev_ops/plans/PLAN-003-a.md', 'PLAN-003', 'adr', '4:7-4:10 frontmatter-schema'],
  ])('%s alone gets the only finding', async (_what, path, id, type, found) => {
    expect(await odd(path, [`id: ${id}`, 'title: a', `type: ${type}`])).toEqual([found]);
  });
});

describe('inline control', () => {
  const told = async (text: string): Promise<string[]> => {
    const shown = ['placeholder', 'id-format', 'unknown-directive', 'unused-directive', 'frontmatter-required'];
    const findings = await lintFiles({ [PLAN]: text });
    return findings
      .filter((f) => shown.includes(f.rule))
      .map((f) => `${rangeOf(f)} ${f.rule}${f.severity === 'warning' ? ' (warning)' : ''}`);
  };

  it('disable holds from its line to enable', async () => {
    const lines = ['TBD', '', '<!-- planproof-disable placeholder -- a -->', '', 'TBD', '', '- TBD', ''];
    const text = planIn('Active', ...lines, '<!-- planproof-enable placeholder -->', '', 'TBD');
    expect(await told(text)).toEqual(['6:1-6:4 placeholder', '16:1-16:4 placeholder']);
  });

  it('disable of two rules, enable of one', async () => {
    const text = planIn(
      'Active',
      ...['<!-- planproof-disable placeholder, exit-criteria -- a -->', '', 'TBD', '', '## Steps', '', '- [] a'],
      ...['', '<!-- planproof-enable placeholder -->', '', '- [] TBD'],
    );
    expect(await told(text)).toEqual(['16:6-16:9 placeholder']);
    expect((await lintFiles({ [PLAN]: text })).filter((f) => f.rule === 'exit-criteria')).toEqual([]);
  });

  it('disable-next-line holds for one line', async () => {
    const text = planIn('Active', '<!-- planproof-disable-next-line placeholder -- a -->', 'TBD', 'TBD');
    expect(await told(text)).toEqual(['8:1-8:4 placeholder']);
  });

  it('disable-next-line over several lines holds for the line below its end', async () => {
    const text = planIn('Active', '<!-- planproof-disable-next-line placeholder', '-- a -->', 'TBD');
    expect(await told(crlf(text))).toEqual([]);
  });

  it('disable-line in the frontmatter holds for its line', async () => {
    const why = '# planproof-disable-line placeholder -- a';
    expect(await told(doc(['id: PLAN-003', `owner: TBD ${why}`, 'status: Active', 'tags: [TBD]']))).toEqual([
      '5:8-5:11 placeholder',
    ]);
  });

  it('one for another rule silences nothing and is unused', async () => {
    expect(await told(doc(['id: plan-3 # planproof-disable-line file-name -- a']))).toEqual([
      '2:5-2:11 id-format',
      '2:12-2:51 unused-directive (warning)',
    ]);
  });

  it('an unknown rule silences nothing, and is not called unused as well', async () => {
    const text = planIn('Active', '<!-- planproof-disable placeholdr -- a -->', '', 'TBD');
    expect(await told(text)).toEqual(['6:1-6:43 unknown-directive', '8:1-8:4 placeholder']);
  });

  it('a known rule beside an unknown one holds', async () => {
    const text = planIn('Active', '<!-- planproof-disable placeholder nope -- a -->', '', 'TBD');
    expect(await told(text)).toEqual(['6:1-6:49 unknown-directive']);
  });

  it.each(['placeholder', 'placeholder --', 'placeholder -- ', 'placeholder -', '-- why'])(
    'without a reason or a rule it silences nothing: %s',
    async (inside) => {
      const text = planIn('Active', `<!-- planproof-disable ${inside} -->`, '', 'TBD');
      const end = `<!-- planproof-disable ${inside} -->`.length + 1;
      expect(await told(text)).toEqual([`6:1-6:${end} unknown-directive`, '8:1-8:4 placeholder']);
    },
  );

  it('code is no comment', async () => {
    const text = planIn('Active', '`<!-- planproof-disable placeholder -- a -->`', '', 'TBD');
    expect(await told(text)).toEqual(['8:1-8:4 placeholder']);
  });

  it('a comment on the first line silences what stands at the start of the file', async () => {
    expect(await told('<!-- planproof-disable frontmatter-required -- a -->\n# a\n')).toEqual([]);
    expect(await told('# a\n<!-- planproof-disable frontmatter-required -- a -->\n')).toEqual([
      '1:1-1:1 frontmatter-required',
      '2:1-2:53 unused-directive (warning)',
    ]);
  });

  it('a comment with very many spaces is read in no time', async () => {
    const spaces = ' '.repeat(200_000);
    const start = performance.now();
    expect(await told(planIn('Active', `<!-- planproof-disable placeholder${spaces}x -->`))).toHaveLength(1);
    expect(await told(planIn('Active', '<!-- '.repeat(40_000)))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
