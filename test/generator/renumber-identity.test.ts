import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runHere } from '../helpers/in-process.ts';
import { type Files, Repository } from '../helpers/repository.ts';

const OWN = 'dev_ops/plans/PLAN-003-rate-limit.md';
const OTHER = 'dev_ops/adrs/ADR-001-count.md';
const BOARD = 'dev_ops/kanban/board.json';

/** What nothing may touch, whatever is renumbered. */
const LOOK_ALIKES = [
  'PLAN-0031 and XPLAN-003, a/PLAN-003 and PLAN-003-foo.md',
  '`PLAN-003` and ``PLAN-003 ` ``',
  '```md\n[PLAN-003](PLAN-003-rate-limit.md) PLAN-003\n```',
  '    PLAN-003 [PLAN-003](../plans/PLAN-003-rate-limit.md)',
  '<!-- PLAN-003 -->',
  '<https://example.com/PLAN-003-rate-limit.md> https://example.com/PLAN-003',
  '<p>\nPLAN-003\n</p>',
  'ÄPLAN-003 PLAN-003é _PLAN-003x_',
];

/** What follows the document, as it is written in `from`. */
const NAMING = [
  'See PLAN-003, then PLAN-003. *PLAN-003*',
  '- [PLAN-003](../plans/PLAN-003-rate-limit.md#goal) | [x](<../plans/PLAN-003-rate-limit.md> "PLAN-003")',
  '| a | b |\n| --- | --- |\n| PLAN-003 | [b](../plans/PLAN-003-rate-limit.md?a=1) |',
  '> [PLAN-003][] and [PLAN-003] and [a][PLAN-003]\n\n[PLAN-003]: /dev_ops/plans/PLAN-003-rate-limit.md "t"',
  '- [ ] Box <!-- planproof: evidence PLAN-003 -->',
  '### After PLAN-003\n\n[up](#after-plan-003)',
  '![PLAN-003](../plans/PLAN-003-rate-limit.md)',
  '\u{1f680} PLAN-003 \u{1f680}',
];

const FORMERLY = [
  '',
  'formerly: []\n',
  'formerly: [ ]\n',
  'formerly:\n',
  'formerly: # none yet\n',
  'formerly: [PLAN-050]\n',
  "formerly: [ 'PLAN-050', PLN-51, ] # two\n",
  'formerly: [\n    PLAN-050, # first\n    PLAN-051\n  ]\n',
  'formerly:\n  - PLAN-050 # first\n  # between\n  - "PLAN-051"\n',
  'formerly:\n- PLAN-050\n\n',
];

const RELATED = [
  'related_docs: [PLAN-003]\n',
  'related_docs: [ "PLAN-003" , "#12" ] # why\n',
  "related_docs:\n  # the first\n  - 'PLAN-003' # why\n  - PLAN-040\n",
  'related_docs: "PLAN-003, PLAN-040"\n',
  'related_docs: []\nupstream:\n- PLAN-003\n',
];

const lines = fc.constantFrom('\n', '\r\n', 'mixed');

/** A text with other line ends, with or without mark and last line end. */
function dress(text: string, ends: string, mark: boolean, last: boolean): string {
  let count = 0;
  const ended = text.replace(/\n/g, () => (ends === 'mixed' ? (count++ % 3 === 1 ? '\r\n' : '\n') : ends));
  return `${mark ? '\uFEFF' : ''}${last ? ended : ended.trimEnd()}`;
}

const head = (id: string, type: string, fields: string): string =>
  `---\nid: ${id} # own\ntitle: "It's ${id}"\n${fields}type: ${type}\n---\n\n# ${id} - It's ${id}\n\n## Goal\n\n`;

const document = (id: string, type: string, fields: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      field: fc.constantFrom(...fields),
      parts: fc.array(fc.constantFrom(...LOOK_ALIKES, ...NAMING), { maxLength: 6 }),
      ends: lines,
      mark: fc.boolean(),
      last: fc.boolean(),
    })
    .map(({ field, parts, ends, mark, last }) =>
      dress(`${head(id, type, field)}${parts.join('\n\n### Next\n\n')}\n`, ends, mark, last),
    );

const board = fc.constantFrom(2, 4, '\t').map(
  (indent) =>
    `${JSON.stringify(
      {
        items: [
          {
            id: 'TASK-001',
            title: 'A',
            status: 'todo',
            more: { 'PLAN-003': 1 },
            artifacts: [{ relation: 'output', id: 'PLAN-003', x: 1 }],
          },
          {
            id: 'TASK-002',
            title: 'PLAN-003',
            status: 'todo',
            prerequisites: { tasks: ['TASK-001'], artifacts: ['PLAN-003', 'dev_ops/plans/PLAN-003-rate-limit.md'] },
          },
        ],
      },
      null,
      indent,
    )}\n`,
);

/** Every file of a repository, as it lies there. */
function allFiles(folder: string): Record<string, string> {
  const paths = readdirSync(join(folder, 'dev_ops'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]));
}

describe('renumber, on whatever documents', () => {
  const generated = fc.record({
    [OWN]: document('PLAN-003', 'plan', FORMERLY),
    [OTHER]: document('ADR-001', 'adr', RELATED),
    [BOARD]: board,
  });
  const settings = {
    numRuns: Number(process.env['PLANPROOF_RUNS'] ?? 60),
    seed: Number(process.env['PLANPROOF_SEED'] ?? 20260131),
  };

  async function thereAndBack(files: Files, from: string, to: string): Promise<string[]> {
    const repository = new Repository(files, { git: false });
    const before = allFiles(repository.folder);
    const there = await runHere(repository.folder, ['renumber', from, to]);
    expect(there.code, there.stderr).toBe(0);
    const between = Object.values(allFiles(repository.folder));
    expect(Object.keys(allFiles(repository.folder))).not.toEqual(from.startsWith('PLAN') ? Object.keys(before) : []);
    const back = await runHere(repository.folder, ['renumber', to, from]);
    expect(back.code, back.stderr).toBe(0);
    expect(allFiles(repository.folder)).toEqual(before);
    return between.map((text) => Buffer.from(text, 'latin1').toString('utf8').replaceAll('\r\n', '\n'));
  }

  it('there and back is the identity on every byte; look-alikes stay, and no reference is left behind', async () => {
    await fc.assert(
      fc.asyncProperty(generated, async (files) => {
        const between = await thereAndBack(files as Files, 'PLAN-003', 'PLAN-1007');
        const text = between.join('');
        for (const part of LOOK_ALIKES) {
          const count = (all: string): number => all.split(part).length;
          const before = Object.values(files)
            .map((one) => String(one).replaceAll('\r\n', '\n'))
            .join('');
          expect(count(text)).toBe(count(before));
        }
        for (const part of NAMING.filter((one) => !one.startsWith('!') && !one.includes('"PLAN')))
          expect(text).not.toContain(`${part}\n`);
      }),
      settings,
    );
  });

  it('of a task too', async () => {
    await fc.assert(
      fc.asyncProperty(generated, async (files) => {
        await thereAndBack(files as Files, 'TASK-001', 'TASK-009');
      }),
      { ...settings, numRuns: 15 },
    );
  });
});
