import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/registry.ts';
import type { Finding } from '../../src/model/finding.ts';
import { judgeDocument } from '../../src/pipeline/judge.ts';
import { lint, readDocuments } from '../../src/pipeline/lint.ts';
import { adr, plan } from '../helpers/documents.ts';
import { environment, type Files, Repository } from '../helpers/repository.ts';

const TODAY = '2026-06-30';
const PLAN = 'dev_ops/plans/PLAN-003-rate-limit.md';
const ADR = 'dev_ops/adrs/ADR-015-tokens.md';
const WORKFLOW = 'dev_ops/workflows/create_plan.md';

/** Everything found in a repository of these files. */
async function lintFiles(files: Files, options: { today?: string; named?: readonly string[] } = {}): Promise<Finding[]> {
  const repository = new Repository(files);
  const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
  const { findings } = await lint({ paths: options.named ?? [], today: options.today ?? TODAY }, surroundings);
  return [...findings];
}

const rangeOf = (f: Finding): string => `${f.line}:${f.column}-${f.endLine}:${f.endColumn}`;

/** A text with the given keys in its frontmatter, and a body below an empty line. The frontmatter has `keys` + 2 lines. */
const doc = (keys: readonly string[], ...body: readonly string[]): string =>
  ['---', ...keys, '---', '', ...body, ''].join('\n');

/** An Active or otherwise gated plan; its body begins on line 6. */
const planIn = (status: string, ...body: readonly string[]): string =>
  doc(['id: PLAN-003', `status: ${status}`], ...body);

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const bom = (text: string): string => `\uFEFF${text}`;

interface Case {
  readonly name: string;
  /** One text is that of the plan PLAN-003. */
  readonly files: Files | string;
  readonly named?: readonly string[];
  readonly today?: string;
  /** Ranges of the rule's findings, each with a part of its message behind a space where that matters. */
  readonly expect: readonly string[];
}

/** One case: the ranges of the rule's findings are these and no others, and each message holds its part. */
function check(rule: string, { name, files, expect: expected, ...options }: Case): void {
  it(name, async () => {
    const repository = typeof files === 'string' ? { [PLAN]: files } : files;
    const found = (await lintFiles(repository, options)).filter((finding) => finding.rule === rule);
    const parts = expected.map((text) => /^(\S+)(?: ([\s\S]*))?$/.exec(text) as RegExpExecArray);
    const messages = found.map((finding) => finding.message).join('\n');
    expect(found.map(rangeOf), messages).toEqual(parts.map(([, range]) => range));
    for (const [index, [, , part = '']] of parts.entries()) expect(found[index]?.message).toContain(part);
  });
}

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
        '2:15-2:17 Unexpected anchor `&x`',
        '3:9-3:14 Unexpected tag `!!str`',
        '3:18-3:43 Unexpected tag `!<tag:yaml.org',
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
    {
      name: 'a list that a # leaves open, over two lines',
      files: doc(['id: PLAN-003', 'related_docs: [', '  ADR-015, #42', ']']),
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
      expect: ['4:1-5:1 second YAML document'],
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
        'dev_ops/plans/PLAN-004-a.md': plan({ id: 'PLAN-004', status: 'Superseded', extra: 'superseded_by: [PLAN-005]\n' }),
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
        [PLAN]: doc(['id: PLAN‑003']),
        'dev_ops/plans/PLAN-004-a.md': doc(['id: ＰＬＡＮ-004']),
        'dev_ops/plans/PLAN-005-b.md': doc(['id: " PLAN-005 "']),
      },
      expect: ['2:5-2:13 expected `PLAN-003`', '2:5-2:13 expected `PLAN-004`', '2:5-2:17 expected `PLAN-005`'],
    },
    { name: 'CRLF is no part of the id', files: crlf(doc(['id: PLAN-003'])), expect: [] },
    { name: 'a comment behind the id is none either', files: doc(['id: PLAN-003 # the third']), expect: [] },
    { name: 'a number too large for a double', files: doc(['id: PLAN-90071992547409931']), expect: [] },
    { name: 'an id of nothing is for the schema', files: doc(['id:']), expect: [] },
    { name: '... and so is null by name, and a list', files: { [PLAN]: doc(['id: null']), [ADR]: doc(['id: [ADR-015]']) }, expect: [] },
    { name: 'a number is text in an id', files: doc(['id: 003']), expect: ['2:5-2:8 `003`, expected `PLAN-003`'] },
  ],
  'file-name': [
    { name: 'a slug of composed and decomposed letters', files: { 'dev_ops/plans/PLAN-003-e\u0301t\u00E9.md': doc(['id: PLAN-003']) }, expect: [] },
    {
      name: 'two hyphens, a hyphen at the end, a dot',
      files: {
        'dev_ops/plans/PLAN-003-a--b.md': doc(['id: PLAN-003', 'title: C d']),
        'dev_ops/plans/PLAN-004-a-.md': doc(['id: PLAN-004', 'title: C d']),
        'dev_ops/plans/PLAN-005-v1.2.md': doc(['id: PLAN-005', 'title: C d']),
      },
      expect: ['2:5-2:13 `PLAN-003-c-d.md`', '2:5-2:13 `PLAN-004-c-d.md`', '2:5-2:13 `PLAN-005-c-d.md`'],
    },
    { name: 'a title without letters', files: { 'dev_ops/plans/x.md': doc(['id: PLAN-003', 'title: "😀"']) }, expect: ['2:5-2:13 `PLAN-003-plan.md`'] },
    { name: 'an id that is the beginning of another', files: { 'dev_ops/plans/PLAN-0031-a.md': doc(['id: PLAN-003']) }, expect: ['2:5-2:13 `PLAN-003-a.md`'] },
    { name: 'no id, or one of another type', files: { 'dev_ops/plans/x.md': doc(['title: a']), 'dev_ops/plans/y.md': doc(['id: ADR-003', 'type: plan']) }, expect: [] },
    { name: 'an id without the zeros, as the frontmatter has it', files: { 'dev_ops/plans/plan-3-a.md': doc(['id: plan-3']) }, expect: [] },
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
    { name: 'a folder that only begins alike', files: { [PLAN]: doc(['id: PLAN-003']), 'dev_ops/plans-old/PLAN-004-a.md': doc(['id: PLAN-004']) }, named: ['dev_ops/plans-old/PLAN-004-a.md'], expect: ['2:5-2:13 `dev_ops/plans-old`'] },
    { name: 'an id by the file name only', files: { 'dev_ops/adrs/PLAN-003-a.md': '# PLAN-003 - a\n' }, expect: ['1:1-1:1 `dev_ops/plans`'] },
    { name: 'a marker counts for nothing beside an id', files: doc(['id: PLAN-003', 'produces: ADR-XXX']), expect: [] },
  ],
  'title-heading': [
    { name: 'an underlined heading in CRLF', files: crlf(doc(['id: PLAN-003', 'title: Rate limit'], 'PLAN-003', 'Rate limit', '===')), expect: ['6:1-8:4 `PLAN-003 Rate limit`'] },
    { name: 'an emoji, an entity, a line break in the title', files: doc(['id: PLAN-003', 'title: >-', '  😀 R&D', '  now'], '# PLAN-003 - 😀 R&amp;D now'), expect: [] },
    { name: 'quotes in quotes', files: doc(['id: PLAN-003', 'title: "It\'s \\"x\\""'], '# PLAN-003 - It\'s "x"'), expect: [] },
    { name: 'closing number signs, and a number sign of the title', files: { [PLAN]: doc(['id: PLAN-003', 'title: C#'], '# PLAN-003 - C#'), 'dev_ops/plans/PLAN-004-a.md': doc(['id: PLAN-004', 'title: C'], '# PLAN-004 - C #') }, expect: [] },
    { name: 'the id in a form that neither is canonical nor the own', files: doc(['id: PLAN-003', 'title: a'], '# plan-3 - a'), expect: ['6:1-6:13 `plan-3 - a`, expected `# PLAN-003 - a`'] },
    { name: 'headings of a list, a quote and a comment', files: doc(['id: PLAN-003', 'title: a'], '# PLAN-003 - a', '', '- # b', '', '> # c', '', '<!--', '# d', '-->'), expect: [] },
    { name: 'a dash that is no hyphen', files: doc(['id: PLAN-003', 'title: a'], '# PLAN-003 – a'), expect: ['6:1-6:15'] },
    { name: 'a section of depth 1 is no second title', files: doc(['id: PLAN-003', 'title: a'], '# PLAN-003 - a', '', '# Goal'), expect: [] },
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
    { name: 'numbers that a double cannot tell apart', files: { 'dev_ops/plans/a.md': doc(['id: PLAN-9007199254740992']), 'dev_ops/plans/b.md': doc(['id: PLAN-9007199254740993']) }, expect: [] },
    { name: 'a file name alone claims nothing', files: { [PLAN]: doc(['id: PLAN-003']), 'dev_ops/plans/PLAN-003-b.md': '# no frontmatter\n' }, expect: [] },
    { name: 'an ignored copy', files: { [PLAN]: doc(['id: PLAN-003']), 'dev_ops/plans/_PLAN-003.md': doc(['id: PLAN-003']) }, expect: [] },
  ],
  'required-sections': [
    { name: 'markup, emphasis and links in headings', files: { 'dev_ops/backlog/BLK-001-a.md': doc(['id: BLK-001'], '## _Context_', '', '## [Goal](#goal)', '', '## `Related`') }, expect: [] },
    { name: 'CRLF and a byte order mark', files: { 'dev_ops/backlog/BLK-001-a.md': bom(crlf(doc(['id: BLK-001'], '## Context', '', '## Goal'))) }, expect: ['8:1-8:1 `## Related` at the end'] },
    { name: 'headings in lists, and indented by four', files: { 'dev_ops/backlog/BLK-001-a.md': doc(['id: BLK-001'], '- ## Context', '', '      ## Goal', '', '## Related') }, expect: ['9:1-9:11 `Context`', '9:1-9:11 `Goal`'] },
    { name: 'an emoji makes another name', files: { 'dev_ops/backlog/BLK-001-a.md': doc(['id: BLK-001'], '## Context', '', '## Goal 😀', '', '## Related') }, expect: ['7:1-7:11 Unexpected section `Goal 😀`, expected `Goal`'] },
    { name: 'a comment that is never closed takes the rest', files: { 'dev_ops/backlog/BLK-001-a.md': doc(['id: BLK-001'], '## Context', '', '## Goal', '', '<!-- open', '', '## Related') }, expect: ['12:1-12:1 `Related`'] },
    { name: 'a heading of the right name deeper down, beside the section itself', files: { 'dev_ops/backlog/BLK-001-a.md': doc(['id: BLK-001'], '## Context', '', '### Goal', '', '## Goal', '', '## Related') }, expect: [] },
    { name: 'no empty lines, indented by three, with tabs', files: { 'dev_ops/backlog/BLK-001-a.md': doc(['id: BLK-001'], '## Context', '   ##\tGoal\t', 'x', '## Related ##') }, expect: [] },
  ],
  'section-order': [
    { name: 'markup and CRLF', files: { 'dev_ops/backlog/BLK-001-a.md': crlf(doc(['id: BLK-001'], '## **Goal**', '', 'Context', '---', '', '## Related')) }, expect: ['7:1-8:4 `Context`, expected it above `Goal`'].map((text) => text).slice(0, 0).concat('5:1-5:12 `Goal`, expected it above `Related`') },
  ],
};
