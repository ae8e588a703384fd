import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT, Repository } from '../helpers/repository.ts';

const FIXTURE = join(PROJECT, 'test', 'fixtures', 'runbook');
const PATH = 'handbook/runbooks/on-call/OPS-RUN-01-queue-is-full.md';

/** A repository whose only word on runbooks is a schema and a template. */
function handbook(files: Record<string, string> = {}): Repository {
  const own = ['planproof.config.yaml', ...readdirSync(join(FIXTURE, 'types')).map((name) => `types/${name}`)];
  return new Repository({
    ...Object.fromEntries(own.map((path) => [path, readFileSync(join(FIXTURE, path), 'utf8')])),
    ...files,
  });
}

const WHOLE = `---
id: OPS-RUN-01
title: Queue is full
type: runbook
status: Drilled
service: parcel-queue
covers: ["#12"]
---

# OPS-RUN-01 - Queue is full

## Symptoms

Scans arrive late.

## Quick Fix

- [x] Look at the queue.
- [x] Add a worker.

## Escalation
`;

describe('a type that a team adds by data alone', () => {
  it('is created: numbered, named, with its template and its defaults', () => {
    const repository = handbook();
    const args = [
      'create',
      'runbook',
      '--title',
      'Queue is full',
      '--set',
      'service=parcel-queue',
      '--set',
      'minutes=20',
    ];
    expect(repository.run(args)).toEqual({ code: 0, stdout: `${PATH}\n`, stderr: '' });
    expect(repository.read(PATH)).toBe(`---
id: OPS-RUN-01
title: Queue is full
type: runbook
status: Sketch
service: parcel-queue
covers: []
minutes: 20
---

# OPS-RUN-01 - Queue is full

<!-- Keep it short: it is read at night. -->

## Symptoms

<!-- What the alarm looks like. -->
The dashboard is red.

## First Aid

<!-- Steps in order. -->

## Escalation
`);
    expect(repository.report()).toEqual([]);
    expect(repository.run(['create', 'runbook', '--title', 'Next', '--set', 'service=a']).stdout).toBe(
      'handbook/runbooks/on-call/OPS-RUN-02-next.md\n',
    );
  });

  it('a value that the schema refuses writes nothing', () => {
    const repository = handbook();
    const { code, stderr } = repository.run(['create', 'runbook', '--title', 'x', '--set', 'service=Parcel Queue']);
    expect([code, stderr]).toEqual([
      2,
      'planproof: Unexpected service `Parcel Queue`, expected the form `^[a-z]+(-[a-z]+)*$`\n',
    ]);
    expect(repository.run(['create', 'runbook', '--title', 'x']).stderr).toBe(
      'planproof: Missing key `service`\n  Add --set service=….\n',
    );
    expect(repository.has('handbook')).toBe(false);
  });

  it('a whole one is clean', () => {
    expect(handbook({ [PATH]: WHOLE }).report()).toEqual([]);
  });

  it.each([
    ['frontmatter-required', (text: string) => text.replace(/^---[\s\S]*?---\n\n/, ''), '1:1'],
    ['frontmatter-syntax', (text: string) => text.replace('service: parcel-queue', 'service: *queue'), '6:10'],
    ['frontmatter-schema', (text: string) => text.replace('["#12"]', '["#12"]\nminutes: 500'), '8:10'],
    ['frontmatter-schema', (text: string) => text.replace('covers: ["#12"]', 'covers: ["#12", 7]'), '7:17'],
    ['id-format', (text: string) => text.replace('id: OPS-RUN-01', 'id: RUN-1'), '2:5'],
    ['title-heading', (text: string) => text.replace('# OPS-RUN-01 - Queue is full', '# Queue'), '10:1'],
    ['required-sections', (text: string) => text.replace('## Escalation\n', ''), '21:1'],
    ['required-sections', (text: string) => text.replace('## Symptoms', '## Symptom'), '12:1'],
    [
      'section-order',
      (text: string) => `${text.replace('## Symptoms\n\nScans arrive late.\n\n', '')}\n## Symptoms\n\nLate.\n`,
      '19:1',
    ],
    ['duplicate-section', (text: string) => `${text}\n## First Aid\n\n- [x] a\n- [x] b\n`, '23:1'],
    ['empty-section', (text: string) => text.replace('Scans arrive late.', '<!-- none -->'), '12:1'],
    ['placeholder', (text: string) => text.replace('Scans arrive late.', 'Scans: {{what}}'), '14:8'],
    ['placeholder', (text: string) => text.replace('Scans arrive late.', 'The dashboard\nis red.'), '14:1'],
    ['relation-exists', (text: string) => text.replace('"#12"', '"#12", BUG-001'), '7:17'],
    ['relation-self', (text: string) => text.replace('"#12"', '"#12", OPS-RUN-01'), '7:17'],
    ['relation-duplicate', (text: string) => text.replace('"#12"', '"#12", "#12"'), '7:17'],
    ['required-relations', (text: string) => text.replace('["#12"]', '[]'), '7:9'],
    ['exit-criteria', (text: string) => text.replace('- [x] Add a worker.\n', ''), '16:1'],
    ['exit-criteria-complete', (text: string) => text.replace('[x] Add', '[ ] Add'), '19:3'],
  ])('%s judges it', (rule, change, place) => {
    const found = handbook({ [PATH]: change(WHOLE) }).report();
    expect(
      found.filter((f) => f.rule === rule).map((f) => `${f.line}:${f.column}`),
      JSON.stringify(found),
    ).toContain(place);
    expect([...new Set(found.map((f) => f.rule))]).toEqual([rule]);
  });

  it('file-name and unique-id judge it, and it may be exempt from a rule', () => {
    const copy = 'handbook/runbooks/on-call/OPS-RUN-01_copy.md';
    expect(
      handbook({ [PATH]: WHOLE, [copy]: WHOLE })
        .report()
        .map((f) => `${f.file} ${f.rule}`),
    ).toEqual([`${PATH} unique-id`, `${copy} file-name`, `${copy} unique-id`]);
    expect(handbook({ 'handbook/bugs/OPS-RUN-01-queue-is-full.md': WHOLE }).report()).toEqual([]);
  });

  it('a list of the preset may hold it by its alias', () => {
    const bug =
      '---\nid: BUG-001\ntitle: B\ntype: bug\ndate: 2026-01-31\nstatus: Open\npriority: Low\nrelated_docs: []\n---\n';
    const { stdout } = handbook({ [PATH]: WHOLE.replace('"#12"', 'bug-1'), 'handbook/bugs/BUG-001-b.md': bug }).run([
      'list',
      '--related',
      'BUG-1',
    ]);
    expect(stdout).toBe('OPS-RUN-01  runbook  Drilled  Queue is full\n');
  });
});

describe('a type that is wrong', () => {
  const change = (edit: (schema: Record<string, Record<string, unknown>>) => void): string => {
    const schema = JSON.parse(readFileSync(join(FIXTURE, 'types', 'runbook.schema.json'), 'utf8'));
    edit(schema);
    return JSON.stringify(schema);
  };

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'misspelt key of x-document',
      { 'types/runbook.schema.json': change((s) => Object.assign(s['x-document'] ?? {}, { foldr: 'x' })) },
      /^planproof: types\/runbook\.schema\.json: .*additional properties/,
    ],
    [
      'neither id nor marker',
      { 'types/runbook.schema.json': change((s) => delete s['x-document']?.['id']) },
      /^planproof: types\/runbook\.schema\.json: .*oneOf/,
    ],
    [
      'no x-document',
      { 'types/runbook.schema.json': '{}' },
      /^planproof: types\/runbook\.schema\.json: missing key `x-document`/,
    ],
    ['no JSON', { 'types/runbook.schema.json': '{' }, /^planproof: types\/runbook\.schema\.json: no valid JSON/],
    [
      'a keyword that JSON Schema lacks',
      { 'types/runbook.schema.json': change((s) => Object.assign(s, { requird: [] })) },
      /unknown keyword: "requird"/,
    ],
    [
      'a prefix that another type has',
      {
        'types/runbook.schema.json': change((s) => Object.assign(s['x-document']?.['id'] as object, { prefix: 'ADR' })),
      },
      /^planproof: The document types `adr` and `runbook` both claim the prefix `ADR`/,
    ],
    [
      'a relation to an unknown type',
      {
        'types/runbook.schema.json': change((s) =>
          Object.assign(s['x-document'] ?? {}, { relations: { covers: { to: ['bgu'] } } }),
        ),
      },
      /names the unknown type `bgu`: did you mean `bug`\?/,
    ],
    [
      'an unknown directive',
      { 'types/runbook.md': '## A\n\n<!-- planproof: chekclist -->\n' },
      /^planproof: types\/runbook\.md:3: Unknown section directive `chekclist`: did you mean `checklist`\?/,
    ],
    [
      'an unknown check',
      { 'types/runbook.md': '## A\n\n- [ ] a <!-- planproof: check filed A -->\n' },
      /^planproof: types\/runbook\.md:3: Unknown check `filed`: did you mean `filled`\?/,
    ],
    [
      'a check of a section that it lacks',
      { 'types/runbook.md': '## Alpha\n\n- [ ] a <!-- planproof: check filled Alpah -->\n' },
      /^planproof: types\/runbook\.md:3: This item can never hold: the type `runbook` has no section `Alpah`: did you mean `Alpha`\?/,
    ],
    [
      'a check of a status that it lacks',
      { 'types/runbook.md': '## A\n\n- [ ] a <!-- planproof: check gate Drilld -->\n' },
      /^planproof: types\/runbook\.md:3: This item can never hold: the type `runbook` has no status `Drilld`: did you mean `Drilled`\?/,
    ],
    [
      'no section',
      { 'types/runbook.md': 'Nothing.\n' },
      /^planproof: types\/runbook\.md:1: No section: expected headings of depth 2/,
    ],
    [
      'a title',
      { 'types/runbook.md': '# Title\n\n## A\n' },
      /^planproof: types\/runbook\.md:1: Unexpected heading of depth 1/,
    ],
    [
      'a name twice',
      { 'types/runbook.md': '## A\n\n## B\n\n<!-- planproof: alias A -->\n' },
      /^planproof: types\/runbook\.md:3: Section name `A` occurs twice/,
    ],
  ])('%s cannot run', (_what, files, message) => {
    const { code, stdout, stderr } = handbook({ [PATH]: WHOLE, ...files }).run(['lint']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('a pattern that would hang a backtracking engine does not', () => {
    const schema = change((s) => Object.assign(s['properties']?.['service'] as object, { pattern: '^(a+)+$' }));
    const found = handbook({
      [PATH]: WHOLE.replace('parcel-queue', `${'a'.repeat(40)}!`),
      'types/runbook.schema.json': schema,
    }).report();
    expect(found.map((f) => f.rule)).toEqual(['frontmatter-schema']);
  });
});
