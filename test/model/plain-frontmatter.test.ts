import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFields } from '../../src/model/frontmatter.ts';
import { LineTable } from '../../src/model/place.ts';
import { readPlainFields } from '../../src/model/plain-frontmatter.ts';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
const OPEN = '---\n';

/** What both readers make of the inside of a block; the plain one may decline. */
function both(yaml: string) {
  const text = `${OPEN}${yaml}---\n`;
  const lines = new LineTable(text);
  const plain = readPlainFields(yaml, OPEN.length, lines);
  return { plain: plain && { ...plain, problems: [] }, whole: readFields(yaml, OPEN.length, lines) };
}

function expectSame(yaml: string): boolean {
  const { plain, whole } = both(yaml);
  if (!plain) return false;
  expect(plain, JSON.stringify(yaml)).toEqual(whole);
  expect(Object.keys(plain.data)).toEqual(Object.keys(whole.data));
  return true;
}

const word = fc.constantFrom(
  ...[
    'ADR-015',
    'a',
    '0',
    '12',
    '010',
    '1e5',
    '0x1f',
    '0o7',
    '1.5',
    '-3',
    '+1',
    '.5',
    '.inf',
    '1_000',
    '9007199254740993',
  ],
  ...['null', 'NULL', '~', 'true', 'False', 'yes', 'NaN', 'Infinity', '2026-01-31', '2026-01-31T10:00:00Z', '10:30'],
  ...[
    '#42',
    'a#b',
    'a #b',
    'x: y',
    'x:y',
    'x:',
    'a, b',
    '[a]',
    '[',
    ']',
    '{a: b}',
    'a[b]',
    '&a',
    '*a',
    '!t',
    '|',
    '>',
    '%a',
  ],
  ...[
    '"',
    "'",
    '"q"',
    "'q'",
    '"a\\n"',
    "'it''s'",
    '""',
    "''",
    '" a "',
    '"a, b"',
    '"[a]"',
    '@a',
    '`a`',
    '- a',
    '-',
    '?',
    '? a',
  ],
  ...[
    'é',
    '—',
    '日本',
    '😀',
    '\u00a0',
    '\u2028',
    '\u3000',
    '\ufeff',
    '\t',
    'a  b',
    'https://example.com/a,b',
    '<<',
    '=',
    '(a)',
    '...',
  ],
);
const words = fc.oneof(
  { weight: 4, arbitrary: word },
  fc.array(word, { maxLength: 3 }).map((all) => all.join(' ')),
);
const space = fc.constantFrom('', ' ', ' ', ' ', '  ');
const flow = fc
  .tuple(
    fc.array(
      fc.tuple(space, words, space).map((parts) => parts.join('')),
      { maxLength: 4 },
    ),
    space,
  )
  .map(([items, end]) => `[${items.join(',')}]${end}`);
const block = fc
  .tuple(fc.constantFrom('', '  ', '    ', ' '), fc.array(fc.tuple(space, words, space), { maxLength: 3 }))
  .map(([indent, items]) => items.map(([gap, item, end]) => `\n${indent}-${gap}${item}${end}`).join(''));
const key = fc.constantFrom(
  'id',
  'title',
  'type',
  'related_docs',
  'a-b',
  'null',
  '12',
  '"q"',
  '_a',
  'constructor',
  '<<',
  '__proto__',
);
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(key, space, fc.oneof(words, flow, block)).map(([name, gap, value]) => `${name}:${gap}${value}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '# note', '  more', '...', '--- ', '\r', 'word') },
);

const tame = fc.oneof(
  fc.constantFrom(' ADR-015', ' 12', ' "q: #"', " ''", ' 2026-01-31', '  a  b', ' (a) — é', ' face', ' a,b'),
  fc.constantFrom(' [a]', ' []', ' [ a-1 , "b"]', ' [12,a b]', '\n- a', '\n  - a\n  - "#1"', "\n - 'a'\n - 3"),
);
/** Mostly plain, with one line at most that may be anything. */
const lines = fc.tuple(fc.array(tame, { maxLength: 5 }), fc.option(line), fc.nat(5)).map(([values, odd, at]) => {
  const all = values.map((value, nth) => `${['id', 'a', 'b', 'c', 'd-e'][nth]}:${value}`);
  if (odd !== null) all.splice(at, 0, odd);
  return all;
});

describe('the reader of plain frontmatter', () => {
  it('gives what the whole reader gives, or declines', () => {
    let read = 0;
    const yaml = fc.tuple(lines, fc.constantFrom('\n', '\n', '\n', '', '\r\n'));
    fc.assert(
      fc.property(yaml, ([all, end]) => {
        if (expectSame(all.join('\n') + end)) read += 1;
      }),
      { seed: 6, numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(2_000);
  });

  it('gives what the whole reader gives for every document of this repository, and reads most of them', () => {
    const listed = execFileSync('git', ['ls-files', '-z', '--', '*.md'], { cwd: TOP, encoding: 'utf8' }).split('\0');
    const blocks = listed.flatMap((path) =>
      path === '' ? [] : (/^---\n([\s\S]*?\n)---\n/.exec(readFileSync(join(TOP, path), 'utf8'))?.[1] ?? []),
    );
    const read = blocks.filter(expectSame).length;
    expect(blocks.length).toBeGreaterThan(30);
    expect(read).toBeGreaterThan(blocks.length / 2);
  });

  it('reads scalars and lists of each plain form', () => {
    for (const yaml of [
      'id: PLAN-001\ntitle: "Rate limit: why"\ndate: 2026-01-31\ncount: 12\n',
      'related_docs: [ADR-015, \'a\', "#12" ]\ndownstream: []\n',
      'related_docs:\n  - ADR-015\n  - "#42"\ntask:\n- TASK-1\n',
    ])
      expect(expectSame(yaml), yaml).toBe(true);
  });

  it.each([
    ['comments', 'a: b # c\n'],
    ['anchors', 'a: &b c\n'],
    ['duplicate keys', 'a: b\na: c\n'],
    ['numbers in other notations', 'a: 0x10\n'],
    ['empty values', 'a:\nb: c\n'],
    ['words over two lines', 'a: b\n  c\n'],
    ['a block without a line', ''],
    ['Windows line ends', 'a: b\r\n'],
    ['brackets that may nest too deep', `a: "${'['.repeat(50)}"\n`],
    ['lists that may nest too deep', `a:\n${' '.repeat(90)}- b\n`],
  ])('leaves %s to the whole reader', (_what, yaml) => {
    expect(both(yaml).plain).toBeUndefined();
  });
});
