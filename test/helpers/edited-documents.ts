import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isReadable, readFrontmatter } from '../../src/model/frontmatter.ts';
import { SourceText } from '../../src/model/source-text.ts';
import { PROJECT } from './repository.ts';

/** Seed of the properties of the edit layer; `EDITS_SEED=7 EDITS_RUNS=20000` makes a longer session. */
export const EDITS: { seed: number; numRuns: number } = {
  seed: Number(process.env['EDITS_SEED'] ?? 11),
  numRuns: Number(process.env['EDITS_RUNS'] ?? 400),
};

/** A field as it is written in frontmatter, on lines of its own. */
export interface Field {
  readonly kind: 'text' | 'empty' | 'list' | 'mapping';
  /** Written after the key and its colon. */
  readonly text: string;
}

const text = (...texts: string[]): Field[] => texts.map((one) => ({ kind: 'text', text: one }));
const empty = (...texts: string[]): Field[] => texts.map((one) => ({ kind: 'empty', text: one }));
const list = (...texts: string[]): Field[] => texts.map((one) => ({ kind: 'list', text: one }));
const mapping = (...texts: string[]): Field[] => texts.map((one) => ({ kind: 'mapping', text: one }));

/** Every form that a field takes; `# note` begins a comment. */
export const FIELDS: readonly Field[] = [
  ...text(
    ' Draft',
    ' Draft # note',
    " 'it''s' # note",
    ' "a \\" b"',
    ' 2026-01-31',
    ' 12',
    ' true',
    ' 010',
    ' ""',
    " ''",
  ),
  ...text(' |\n  one\n  two', ' >-\n  one\n\n  two', ' |+\n  one\n\n', ' a plain text\n  on two lines', '\n  below'),
  ...text(' PLAN-001, ADR-002', ' "PLAN-001, ADR-002" # note', ' 日本語 😀', ' e\u0301 a\u0308', ' "\\U0001F600"'),
  ...empty('', ' # note', ' ~', ' null # note', '   '),
  ...list(
    '\n  - ADR-001\n  - ADR-002',
    '\n- ADR-001 # note\n- ADR-002',
    '\n    -   a\n    -   "b c"',
    '\n  # note\n  - a',
  ),
  ...list(
    '\n  - a\n\n  # note\n  - b\n  # note',
    ' # note\n  - a',
    '\n  - {a: 1, b: [c]}\n  - - x\n    - y',
    '\n  - a: 1\n    b: 2',
  ),
  ...list('\n  - |\n    one\n  - two', '\n  - |\n    one', '\n  -\n  - a', '\n  - a\n  -', "\n  - '#42'\n  - 'it''s'"),
  ...list(
    ' []',
    ' [ ]',
    ' [] # note',
    ' [a]',
    ' [ a, b ]',
    ' [a, b,]',
    ' ["a, b", \'c\'] # note',
    ' [{a: 1}, [b]]',
    ' [a,]',
  ),
  ...list(
    ' [\n  a,\n  b\n]',
    ' [\n    a,\n    b,\n  ]',
    ' [\n  a, # note\n  b # note\n]',
    ' [a,\n  b]',
    ' [ # note\n]',
    ' [\n]',
  ),
  ...mapping('\n  a: 1\n  b: [x]', ' {a: 1}', ' {}', '\n  0: a'),
];

/** Keys as they are written. */
const KEYS = [
  'id',
  'title',
  'related_docs',
  'tags',
  '"quoted key"',
  "'single'",
  'task',
  'a.b',
  'x-y',
  'schlüssel',
  '__proto__',
];

/** Keys as the data has them. */
export const nameOf = (key: string): string => key.replace(/^["']|["']$/g, '');

/** Texts that are hard to write as YAML, and any others. */
export const value: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(
      'PLAN-001',
      'a: b',
      'a:',
      'a #b',
      '#42',
      '@here',
      '`code`',
      '%a',
      '2026-01-31',
      '2026-01-31T10:00:00Z',
      'yes',
      'No',
      'null',
      '~',
      'true',
      '12',
      '1e5',
      '0x10',
      '010',
      '.inf',
      '-',
      '- a',
      '? a',
      '---',
      '--- a',
      '...',
      "it's",
      '"quoted"',
      `'"`,
      'a\\b',
      '[a]',
      '{a}',
      'a, b',
      'a]',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '',
      ' a ',
      'a\tb',
      '\t',
      '😀',
      'e\u0301',
      '\u2028',
      'a\u0085b',
      '\u00a0a\u00a0',
      '\ufeffa',
      '\u0000',
      '\u001b[31m',
      '日本語：一',
      'x'.repeat(200),
      'word '.repeat(60),
    ),
    fc.string({ maxLength: 20 }),
    fc.string({ maxLength: 12, unit: 'grapheme' }),
  )
  .filter((one) => !/[\r\n]/.test(one));

const ENDS = ['\n', '\r\n', '\r'];

/** Gives each line one of the line ends, in turn. */
export function withEnds(lines: string, ends: readonly string[]): string {
  let at = -1;
  return lines.replace(/\n/g, () => {
    at += 1;
    return ends[at % ends.length] as string;
  });
}

const key = fc.constantFrom(...KEYS);
const between = fc.constantFrom('', '', '', '# note\n', '\n', ' # note\n');
const body = fc.constantFrom('', '\n', '# Title\n\nText\n', 'text', '\n---\nid: x\n---\n', '😀 e\u0301\n\n- a\n');

/** A document: its bytes, and the fields of its frontmatter. */
export interface Generated {
  readonly bytes: Uint8Array;
  readonly fields: readonly { readonly key: string; readonly field: Field }[];
}

/** Documents with frontmatter in all forms: byte order mark, line ends, final newline. */
export const generated: fc.Arbitrary<Generated> = fc
  .record({
    keys: fc.uniqueArray(key, { minLength: 0, maxLength: 6, selector: nameOf }),
    fields: fc.array(fc.constantFrom(...FIELDS), { minLength: 6, maxLength: 6 }),
    gaps: fc.array(between, { minLength: 7, maxLength: 7 }),
    ends: fc.array(fc.constantFrom(...ENDS), { minLength: 1, maxLength: 3 }),
    mark: fc.boolean(),
    body,
  })
  .map(({ keys, fields, gaps, ends, mark, body: own }) => {
    const all = keys.map((name, at) => ({ key: name, field: fields[at] as Field }));
    const lines = all.map(({ key: name, field }, at) => `${gaps[at]}${name}:${field.text}\n`).join('');
    const whole = withEnds(`---\n${lines}${gaps[6]}---${own === '' ? '' : '\n'}${own}`, ends);
    return { bytes: Buffer.from(`${mark ? '\ufeff' : ''}${whole}`, 'utf8'), fields: all };
  })
  .filter(({ bytes }) => dataOf(bytes) !== undefined);

/** What a document's frontmatter says, in order; undefined when it cannot be read. */
export function dataOf(bytes: Uint8Array): [string, unknown][] | undefined {
  const source = new SourceText(bytes);
  const frontmatter = readFrontmatter(source.text, source.lines);
  return isReadable(frontmatter) ? Object.entries(frontmatter.data) : undefined;
}

/** Everything behind the frontmatter. */
export function bodyOf(bytes: Uint8Array): string {
  const source = new SourceText(bytes);
  return source.text.slice(readFrontmatter(source.text, source.lines)?.end ?? 0);
}

/** How many of the files that the dependencies bring along are read; there are more. */
const REAL = 320;

/** The Markdown that the dependencies bring along. */
export function realDocuments(folder: string = join(PROJECT, 'node_modules')): Uint8Array[] {
  const find = (at: string): string[] => {
    const entries = readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) => {
      const path = join(at, entry.name);
      if (entry.isDirectory()) return find(path);
      return entry.isFile() && /\.md$/i.test(path) && statSync(path).size <= 100_000 ? [path] : [];
    });
  };
  return find(folder)
    .slice(0, REAL)
    .map((path) => readFileSync(path));
}
