import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/model/edit.ts';
import { changeJson, type JsonChange } from '../../src/model/json-edit.ts';
import { SourceText } from '../../src/model/source-text.ts';
import { EDITS } from '../helpers/edited-documents.ts';

function changed(text: string, ...changes: JsonChange[]): string {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.from(applyEdits(bytes, changeJson(new SourceText(bytes), changes))).toString('utf8');
}

const set = (path: JsonChange['path'], value: unknown): JsonChange => ({ path, value });
const put = (path: JsonChange['path'], value: unknown): JsonChange => ({ path, value, insert: true });
const drop = (...path: JsonChange['path']): JsonChange => ({ path, value: undefined });

describe('changeJson', () => {
  it.each([
    [
      'a value, its neighbours on the line stay',
      '{"a": {"x":1,"y":[1,2]}, "b":3}',
      set(['a', 'x'], 5),
      '{"a": {"x":5,"y":[1,2]}, "b":3}',
    ],
    ['a new key on a line of its own', '{\n  "a": 1\n}\n', set(['b'], 2), '{\n  "a": 1,\n  "b": 2\n}\n'],
    ['a new key beside others', '{ "a": 1, "b": 2 }', set(['c'], 3), '{ "a": 1, "b": 2, "c": 3 }'],
    ['a new key beside one', '{ "a": 1 }', set(['c'], 3), '{ "a": 1, "c": 3 }'],
    ['a new key where there is no room', '{"a":1}', set(['c'], [1]), '{"a":1,"c":[1]}'],
    ['a first key', '{}', set(['a'], 1), '{\n  "a": 1\n}'],
    [
      'a first member',
      '{\n\t"a": []\n}',
      put(['a', -1], { id: 'x' }),
      '{\n\t"a": [\n\t\t{\n\t\t\t"id": "x"\n\t\t}\n\t]\n}',
    ],
    ['a first member on one line', '{"a":[]}', put(['a', -1], { id: 'x' }), '{"a":[{"id":"x"}]}'],
    [
      'a last member like its neighbours',
      '{\n  "a": [ {"id": 1}, {"id": 2} ]\n}',
      put(['a', -1], { id: 3, b: [] }),
      '{\n  "a": [ {"id": 1}, {"id": 2}, { "id": 3, "b": [] } ]\n}',
    ],
    ['a member before another', '[\n  1,\n  2\n]', put([1], 9), '[\n  1,\n  9,\n  2\n]'],
    ['a member before all', '[1, 2]', put([0], 9), '[9,1, 2]'],
    ['a member beyond the end', '[1, 2]', put([7], 9), '[1, 2, 9]'],
    ['a list where there was none', '{\n  "a": 1\n}', put(['b', -1], 9), '{\n  "a": 1,\n  "b": [\n    9\n  ]\n}'],
    [
      'what lies deeper than anything there',
      '{\n  "a": {}\n}',
      set(['a', 'b', 'c'], 1),
      '{\n  "a": {\n    "b": {\n      "c": 1\n    }\n  }\n}',
    ],
    ['a key taken out, first', '{\n  "a": 1,\n  "b": 2\n}', drop('a'), '{\n  "b": 2\n}'],
    ['a key taken out, last', '{\n  "a": 1,\n  "b": 2\n}', drop('b'), '{\n  "a": 1\n}'],
    ['a key taken out, only', '{\n  "a": 1\n}', drop('a'), '{}'],
    ['a member taken out', '[1, 2, 3]', drop(1), '[1, 3]'],
    ['what is not there is not taken out', '{"a":1}', drop('b', 'c'), '{"a":1}'],
    ['a list on one line stays on one', '{\n  "a": [1, 2]\n}', set(['a'], [1, 2, 3]), '{\n  "a": [ 1, 2, 3 ]\n}'],
    ['the last of two equal keys counts', '{"a": 1, "a": 2}', set(['a'], 3), '{"a": 1, "a": 3}'],
    ['a comment behind the last member', '{\n  "a": 1 // why\n}', set(['b'], 2), '{\n  "a": 1, // why\n  "b": 2\n}'],
    ['a comment in an empty list', '[ /* none */ ]', put([-1], 2), '[\n  /* none */\n  2\n]'],
    [
      'a comment beside what is taken out',
      '{\n  "a": 1, // one\n  "b": 2 // two, three\n}',
      drop('b'),
      '{\n  "a": 1 // one\n   // two, three\n}',
    ],
    ['a comment between', '{\n  "a": 1, // one\n  "b": 2\n}', drop('a'), '{\n   // one\n  "b": 2\n}'],
    [
      'CRLF',
      '{\r\n    "a": 1\r\n}\r\n',
      set(['b'], { c: 1 }),
      '{\r\n    "a": 1,\r\n    "b": {\r\n        "c": 1\r\n    }\r\n}\r\n',
    ],
    ['CR', '{\r  "a": 1\r}', set(['b'], 2), '{\r  "a": 1,\r  "b": 2\r}'],
    ['a byte order mark', '\ufeff{"a":"😀"}', set(['a'], 'é'), '\ufeff{"a":"é"}'],
    ['a key with a slash', '{"a/b": 1}', set(['a/b'], 2), '{"a/b": 2}'],
  ])('%s', (_what, before, change, after) => {
    expect(changed(before, change)).toBe(after);
  });

  it.each([
    ['', set(['a'], 1), 'Unexpected text, expected JSON'],
    ['{', set(['a'], 1), 'Unexpected text, expected JSON'],
    ['[1]', set(['a'], 1), 'Unexpected array, expected what can hold `a`'],
    ['{"a": "x"}', set(['a', 'b'], 1), 'Unexpected string, expected what can hold `b`'],
    ['{"a": {}}', put(['a', -1], 1), 'Unexpected object, expected what can hold `-1`'],
  ])('%j with %j is refused', (before, change, message) => {
    expect(() => changed(before, change)).toThrow(new RangeError(message));
  });
});

/** JSON data as boards hold it, with keys that nobody knows. */
const data = fc.dictionary(
  fc.constantFrom('items', 'version', 'x', 'unknown key', 'ö', '__proto__2'),
  fc.jsonValue({ maxDepth: 3 }),
  { maxKeys: 5 },
);
const layout = fc.record({
  indent: fc.constantFrom('', ' ', '  ', '    ', '\t'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.boolean(),
  final: fc.boolean(),
});

interface Layout {
  readonly indent: string;
  readonly end: string;
  readonly mark: boolean;
  readonly final: boolean;
}

const print = (value: unknown, { indent, end, mark, final }: Layout): string =>
  `${mark ? '\ufeff' : ''}${JSON.stringify(value, null, indent)}${final ? '\n' : ''}`.replaceAll('\n', end);

type Json = Record<string, unknown>;

describe('changeJson on generated texts', () => {
  it('a pretty text stays exactly as pretty: set, replace and remove', () => {
    fc.assert(
      fc.property(
        data,
        layout,
        fc.constantFrom('items', 'x', 'new'),
        fc.jsonValue({ maxDepth: 2 }),
        (value, form, key, wanted) => {
          const text = print(value, form);
          const added: Json = { ...value };
          const removed: Json = { ...value };
          added[key] = wanted;
          delete removed[key];
          const isFirst = form.indent === '' && Object.keys(value).length === 0;
          const after = changed(text, set([key], wanted));
          expect(JSON.parse(after.replace(/^\ufeff/, ''))).toEqual(JSON.parse(JSON.stringify(added)));
          // A value that stood on one line stays on one; an empty text shows no indentation.
          const wasOneLine = typeof value[key] === 'object' && form.indent === '';
          if (!isFirst && !wasOneLine && Object.keys(value).length > 0) expect(after).toBe(print(added, form));
          expect(changed(text, drop(key))).toBe(print(removed, form));
          expect(Object.keys(JSON.parse(after.replace(/^\ufeff/, '')) as object)).toEqual(Object.keys(added));
        },
      ),
      EDITS,
    );
  });

  it('members go into a list and out of it again, and the text is the same', () => {
    const list = fc.array(
      fc.oneof(fc.string(), fc.integer(), fc.record({ id: fc.string(), relation: fc.constant('input') })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(list, data, layout, fc.nat(), (members, rest, form, place) => {
        const value: Json = { ...rest, items: members };
        const text = print(value, form);
        const at = place % (members.length + 1);
        const there = changed(text, put(['items', at], { id: 'new' }));
        expect(JSON.parse(there.replace(/^\ufeff/, ''))).toEqual(
          JSON.parse(JSON.stringify({ ...value, items: (members as unknown[]).toSpliced(at, 0, { id: 'new' }) })),
        );
        expect(changed(there, drop('items', at))).toBe(text);
      }),
      EDITS,
    );
  });

  it('nothing but the value named changes, in whatever layout', () => {
    const gap = fc.constantFrom('', ' ', '\n', '\r\n  ', '\t', '  ');
    const loose = fc
      .tuple(
        fc.array(
          fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '"x"', '{ "k":1 }', '[1,\n2]', 'null')),
          { minLength: 1, maxLength: 4 },
        ),
        fc.array(gap, { minLength: 20, maxLength: 20 }),
      )
      .map(([pairs, gaps]) => {
        let at = 0;
        const next = (): string => gaps[at++ % gaps.length] as string;
        const seen = new Set<string>();
        const kept = pairs.filter(([key]) => !seen.has(key) && seen.add(key));
        const parts = kept.map(([key, value]) => ({
          head: `${next()}"${key}"${next()}:${next()}`,
          value,
          tail: next(),
          key,
        }));
        return { parts, text: `{${parts.map(({ head, value, tail }) => `${head}${value}${tail}`).join(',')}}` };
      });
    fc.assert(
      fc.property(loose, fc.nat(), ({ parts, text }, place) => {
        const own = parts[place % parts.length] as (typeof parts)[number];
        const after = changed(text, set([own.key], 'changed'));
        const expected = parts.map((part) => `${part.head}${part === own ? '"changed"' : part.value}${part.tail}`);
        expect(after).toBe(`{${expected.join(',')}}`);
        expect(Object.keys(JSON.parse(changed(text, set(['new'], [1]))) as Json)).toEqual([
          ...parts.map(({ key }) => key),
          'new',
        ]);
        expect(Object.keys(JSON.parse(changed(text, drop(own.key))) as Json)).toEqual(
          parts.map(({ key }) => key).filter((key) => key !== own.key),
        );
      }),
      EDITS,
    );
  });
});
