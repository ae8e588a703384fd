import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { blankFrontmatter, entryAt, readFrontmatter } from '../../src/model/frontmatter.ts';
import { LineTable } from '../../src/model/place.ts';

const read = (text: string) => readFrontmatter(text, new LineTable(text));

/** The text of a place. */
function at(text: string, place: { line: number; column: number; endLine: number; endColumn: number }): string {
  const lines = text.split(/\r\n|\n|\r/);
  if (place.line !== place.endLine) return lines.slice(place.line - 1, place.endLine).join('\n');
  return (lines[place.line - 1] as string).slice(place.column - 1, place.endColumn - 1);
}

/** Where frontmatter ends by two patterns: the fence that opens it, and the first line that is nothing but one. */
function endByPatterns(text: string): number | undefined {
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text);
  const from = opening?.[0].length ?? 0;
  const closing = opening && /^---[ \t]*$/m.exec(text.slice(from));
  if (!closing) return undefined;
  const close = from + closing.index;
  const line = /(?:\r\n|\n|\r)/.exec(text.slice(close));
  return line ? close + line.index + line[0].length : text.length;
}

describe('the end of frontmatter', () => {
  it('is that of its first closing fence, whatever ends lines (seed 11)', () => {
    const piece = fc.constantFrom('---', '---', '\n', '\n', '\r', '\r\n', '\u2028', ' ', '\t', '-', 'a: b', 'é');
    const text = fc.array(piece, { maxLength: 9 }).map((pieces) => `---\n${pieces.join('')}`);
    const fromStart = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fromStart), (one) => {
        const expected = endByPatterns(one);
        fc.pre(expected !== undefined);
        expect(read(one)?.end).toBe(expected);
      }),
      { seed: 11, numRuns: 5000 },
    );
  });
});

describe('readFrontmatter', () => {
  it('gives every key and value its place', () => {
    const text =
      '---\nid: PLAN-001 # why\n"quoted key": \'it\'\'s\'\nlist:\n  - a\n  - "b c"\nflow: [x, {y: z}]\nempty:\n---\n# Title\n';
    const frontmatter = read(text);
    const entries = frontmatter?.entries.map(({ pointer, key, value, source }) => [
      pointer,
      key && at(text, key),
      at(text, value),
      source,
    ]);
    expect(entries).toEqual([
      ['', null, expect.any(String), null],
      ['/id', 'id', 'PLAN-001', 'PLAN-001'],
      ['/quoted key', '"quoted key"', "'it''s'", "it's"],
      ['/list', 'list', expect.any(String), null],
      ['/list/0', null, 'a', 'a'],
      ['/list/1', null, '"b c"', 'b c'],
      ['/flow', 'flow', '[x, {y: z}]', null],
      ['/flow/0', null, 'x', 'x'],
      ['/flow/1', null, '{y: z}', null],
      ['/flow/1/y', 'y', 'z', 'z'],
      ['/empty', 'empty', '', ''],
    ]);
    expect(frontmatter?.data).toEqual({
      id: 'PLAN-001',
      'quoted key': "it's",
      list: ['a', 'b c'],
      flow: ['x', { y: 'z' }],
      empty: null,
    });
  });

  it('keeps dates and odd numbers as text', () => {
    const { data } =
      read(
        '---\nid: 010\ndate: 2026-01-31\ntime: 2026-01-31T10:00:00Z\na: 1e5\nb: 0x10\nc: 12\nd: 1.5\ne: yes\nf: true\n---\n',
      ) ?? {};
    expect(data).toEqual({
      id: '010',
      date: '2026-01-31',
      time: '2026-01-31T10:00:00Z',
      a: '1e5',
      b: '0x10',
      c: 12,
      d: 1.5,
      e: 'yes',
      f: true,
    });
  });

  it.each([
    ['duplicate key', 'a: 1\nb: 2\na: 3', '4:1 Duplicate key `a`, expected each key once'],
    ['anchor', 'a: &x 1', '2:4 Unexpected anchor `&x`, expected plain YAML'],
    ['alias', 'b: *x', '2:4 '],
    ['tag', 'a: !!js/function "x"', '2:'],
    ['list', '- a\n- b', '2:1 Unexpected frontmatter, expected lines of the form `key: value`'],
    ['second document', 'a: 1\n---x\nb: 2', '3:1 Unexpected `---x`, expected one YAML document that ends with `---`'],
    ['key that is a list', '[a]: 1', '2:1 Unexpected key, expected a plain word'],
    ['tab', 'a:\n\tb: 1', '3:1 Unreadable YAML: '],
  ])('%s is one problem with its place', (_what, yaml, expected) => {
    const { problems = [] } = read(`---\n${yaml}\n---\n`) ?? {};
    expect(problems).toHaveLength(1);
    expect(problems.map(({ message, place }) => `${place.line}:${place.column} ${message}`)[0]).toContain(expected);
  });

  it.each([
    '',
    'text\n---\na: 1\n---\n',
    '----\na: 1\n----\n',
    '---\n\nA thematic break above.\n',
    ' ---\na: 1\n---\n',
    '+++\na = 1\n+++\n',
  ])('%j has none', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('an empty block, or one of comments, is frontmatter without keys', () => {
    for (const text of ['---\n---\n', '---\n# nothing yet\n---\n', '---\n\n---'])
      expect(read(text)).toMatchObject({ data: {}, problems: [] });
  });

  it('names that objects have by birth are keys like others', () => {
    const frontmatter = read('---\nconstructor: a\n__proto__: b\ntoString: c\n---\n');
    expect(Object.keys(frontmatter?.data ?? {})).toEqual(['constructor', '__proto__', 'toString']);
    expect(({} as { b?: string }).b).toBeUndefined();
  });

  const scalar = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ maxLength: 12, unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom('2026-01-31', '#42', 'a: b', 'null', '~', "it's"),
  );
  const document = fc.dictionary(
    fc.stringMatching(/^[a-z_]{1,8}$/),
    fc.oneof(scalar, fc.array(scalar, { maxLength: 4 })),
    { minKeys: 1, maxKeys: 6 },
  );
  // C1 controls and the like have no place in YAML unescaped; `yaml` escapes what it must in double quotes.
  const style = fc.record({
    crlf: fc.boolean(),
    flow: fc.boolean(),
    body: fc.constantFrom('', '# Title\n', '---\n', 'text'),
  });

  it('reads back what the yaml package writes, and every scalar lies where it says', () => {
    fc.assert(
      fc.property(document, style, (value, { crlf, flow, body }) => {
        const yaml = stringify(value, { lineWidth: 0, ...(flow ? { collectionStyle: 'flow' as const } : {}) });
        const text = `---\n${yaml}---\n${body}`.replaceAll('\n', crlf ? '\r\n' : '\n');
        const frontmatter = read(text);
        expect(frontmatter?.problems).toEqual([]);
        expect(text.slice(frontmatter?.end)).toBe(body.replaceAll('\n', crlf ? '\r\n' : '\n'));
        for (const key of Object.keys(value)) {
          const place = entryAt(frontmatter, `/${key}`)?.key;
          expect(place && at(text, place).replace(/^["']|["']$/g, '')).toBe(key);
        }
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  it('never throws, and never says that a place lies outside of the text', () => {
    const piece = fc.constantFrom(
      '---\n',
      '---',
      '--- js\n',
      'id: ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '&a ',
      '*a',
      '!!x ',
      ': ',
      '\n',
      '\r\n',
      '\t',
      ' ',
      '? ',
      '| \n',
      '> \n',
      'a',
      '1e5',
      '\u2028',
      '😀',
      '...\n',
      '%YAML 1.2\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = `---\n${pieces.join('')}`;
        const frontmatter = read(text);
        const lines = new LineTable(text);
        for (const { place } of frontmatter?.problems ?? []) {
          expect(place.line).toBeGreaterThanOrEqual(1);
          expect(place.endLine).toBeLessThanOrEqual(lines.lines);
        }
        const end = frontmatter?.end ?? 0;
        const blanked = blankFrontmatter(text, end, lines);
        expect(blanked).toHaveLength(text.length);
        expect(blanked.slice(0, end).trim()).toBe('');
        // Where nothing stands behind the frontmatter, nothing has a position.
        if (end < text.length) expect(new LineTable(blanked).point(end)).toEqual(lines.point(end));
      }),
      { seed: 43, numRuns: 2000 },
    );
  });
});
