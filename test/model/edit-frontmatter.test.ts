import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit } from '../../src/model/edit.ts';
import { addToList, removeFromList, removeKey, setValue } from '../../src/model/frontmatter-edit.ts';
import { SourceText } from '../../src/model/source-text.ts';
import {
  bodyOf,
  dataOf,
  EDITS,
  FIELDS,
  type Field,
  generated,
  nameOf,
  realDocuments,
  value,
  withEnds,
} from '../helpers/edited-documents.ts';

type Data = [string, unknown][];

/** Data with another value for a key, or without it; a new key comes last. */
function changedData(data: Data, key: string, to: (old: unknown) => unknown): Data {
  const known = data.some(([name]) => name === key);
  const all: Data = known ? data : [...data, [key, undefined]];
  return all
    .map(([name, old]): [string, unknown] => [name, name === key ? to(old) : old])
    .filter(([, one]) => one !== undefined);
}

const notes = (bytes: Uint8Array): number => Buffer.from(bytes).toString('utf8').split('# note').length - 1;

/** The bytes after edits; asserts that the body, the byte order mark and every byte that they do not name stay. */
function carriedOut(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const after = Buffer.from(applyEdits(bytes, edits));
  const first = Math.min(...edits.map(({ start }) => start), bytes.length);
  const last = Math.max(...edits.map(({ end }) => end), 0);
  expect(after.subarray(0, first).equals(bytes.subarray(0, first))).toBe(true);
  expect(after.subarray(after.length - (bytes.length - last)).equals(bytes.subarray(last))).toBe(true);
  expect(bodyOf(after)).toBe(bodyOf(bytes));
  return after;
}

/** The line ends that new text brings along are those that the document has. */
function sameEnds(bytes: Uint8Array, after: Uint8Array): void {
  const ends = (some: Uint8Array): Set<string> =>
    new Set(
      Buffer.from(some)
        .toString('utf8')
        .match(/\r\n|\n|\r/g) ?? [],
    );
  for (const end of ends(after)) expect(ends(bytes)).toContain(end);
}

const data = (bytes: Uint8Array): Data => dataOf(bytes) as Data;
const source = (bytes: Uint8Array): SourceText => new SourceText(bytes);
const oneOf = (names: readonly string[], at: number): string => names[at % names.length] as string;

describe('generated documents', () => {
  const request = fc.tuple(generated, value, fc.nat(), fc.boolean());

  it('setValue: the key has exactly that value, nothing else has changed, and comments stay', () => {
    fc.assert(
      fc.property(request, ([{ bytes, fields }, wanted, at, isNew]) => {
        const known = fields.filter(({ field }) => field.kind === 'text' || field.kind === 'empty');
        const key = isNew || known.length === 0 ? 'fresh key' : nameOf(known[at % known.length]?.key as string);
        const edits = setValue(source(bytes), key, wanted);
        expect(edits).toBeDefined();
        const after = carriedOut(bytes, edits as Edit[]);
        expect(data(after)).toEqual(changedData(data(bytes), key, () => wanted));
        expect(notes(after)).toBe(notes(bytes));
        expect(setValue(source(after), key, wanted)).toEqual([]);
        sameEnds(bytes, after);
      }),
      EDITS,
    );
  });

  it('setValue: a list or a mapping is not overwritten', () => {
    fc.assert(
      fc.property(generated, ({ bytes, fields }) => {
        for (const { key, field } of fields)
          if (field.kind === 'list' || field.kind === 'mapping')
            expect(setValue(source(bytes), nameOf(key), 'x')).toBeUndefined();
      }),
      { ...EDITS, numRuns: 100 },
    );
  });

  it('removeKey: the key is gone, nothing else has changed', () => {
    fc.assert(
      fc.property(generated, fc.nat(), ({ bytes, fields }, at) => {
        expect(removeKey(source(bytes), 'fresh key')).toEqual([]);
        fc.pre(fields.length > 0);
        const key = nameOf(fields[at % fields.length]?.key as string);
        const after = carriedOut(bytes, removeKey(source(bytes), key));
        expect(data(after)).toEqual(changedData(data(bytes), key, () => undefined));
        expect(removeKey(source(after), key)).toEqual([]);
      }),
      EDITS,
    );
  });

  it('addToList: the list ends with exactly that text; removeFromList gives back what was there', () => {
    fc.assert(
      fc.property(request, ([{ bytes, fields }, wanted, at, isNew]) => {
        const known = fields.filter(({ field }) => field.kind === 'list' || field.kind === 'empty');
        const key = isNew || known.length === 0 ? 'fresh key' : nameOf(known[at % known.length]?.key as string);
        const edits = addToList(source(bytes), key, wanted);
        expect(edits).toBeDefined();
        const after = carriedOut(bytes, edits as Edit[]);
        const listed = (old: unknown): unknown[] => (Array.isArray(old) ? old : []);
        expect(data(after)).toEqual(changedData(data(bytes), key, (old) => [...listed(old), wanted]));
        expect(notes(after)).toBe(notes(bytes));
        sameEnds(bytes, after);
        const length = listed(new Map(data(after)).get(key)).length;
        const back = removeFromList(source(after), key, length - 1);
        if (back === undefined) {
          expect(notes(bytes)).toBeGreaterThan(0);
          return;
        }
        const again = carriedOut(after, back);
        expect(data(again)).toEqual(changedData(data(bytes), key, listed));
        expect(notes(again)).toBe(notes(bytes));
      }),
      EDITS,
    );
  });

  it('addToList: a text with several values gets one more, a mapping stays', () => {
    fc.assert(
      fc.property(request, ([{ bytes, fields }, wanted, at]) => {
        const known = fields.filter(({ field }) => field.kind === 'text' || field.kind === 'mapping');
        fc.pre(known.length > 0);
        const { key: written, field } = known[at % known.length] as { key: string; field: Field };
        const key = nameOf(written);
        const old = new Map(data(bytes)).get(key);
        const edits = addToList(source(bytes), key, wanted);
        if (edits === undefined) {
          // A value of several lines is no list of references.
          expect(field.kind === 'mapping' || field.text.includes('\n')).toBe(true);
          return;
        }
        expect(field.kind).toBe('text');
        const after = carriedOut(bytes, edits);
        const was = /^ (12|true|010)$/.exec(field.text)?.[1] ?? old;
        expect(data(after)).toEqual(changedData(data(bytes), key, () => (old === '' ? [wanted] : `${was}, ${wanted}`)));
      }),
      EDITS,
    );
  });

  it('removeFromList: exactly that member is gone, or a comment would have gone with it', () => {
    fc.assert(
      fc.property(request, ([{ bytes, fields }, , at]) => {
        const known = fields.filter(({ field }) => field.kind === 'list');
        fc.pre(known.length > 0);
        const { key: written, field } = known[at % known.length] as { key: string; field: Field };
        const key = nameOf(written);
        const old = new Map(data(bytes)).get(key) as unknown[];
        for (const index of [-1, old.length]) expect(removeFromList(source(bytes), key, index)).toBeUndefined();
        for (const index of old.keys()) {
          const edits = removeFromList(source(bytes), key, index);
          if (edits === undefined) {
            expect(field.text).toContain('# note');
            continue;
          }
          const after = carriedOut(bytes, edits);
          expect(data(after)).toEqual(changedData(data(bytes), key, () => old.toSpliced(index, 1)));
          expect(notes(after)).toBe(notes(bytes));
        }
      }),
      EDITS,
    );
  });

  it('a text with line ends is refused', () => {
    for (const wanted of ['a\nb', 'a\r\nb', 'a\r', '\n']) {
      const one = source(Buffer.from('---\na: x\nb: [x]\n---\n'));
      expect(setValue(one, 'a', wanted)).toBeUndefined();
      expect(setValue(one, 'c', wanted)).toBeUndefined();
      expect(addToList(one, 'a', wanted)).toBeUndefined();
      expect(addToList(one, 'b', wanted)).toBeUndefined();
    }
  });

  it('frontmatter that cannot be read is left alone', () => {
    for (const text of [
      '',
      'a: x\n',
      '---\na: x\n',
      '---\na: &x 1\n---\n',
      '---\na: *x\n---\n',
      '---\na: !!str x\n---\n',
      '---\na: 1\na: 2\n---\n',
      '---\n- a\n---\n',
      '---js\na: 1\n---\n',
      '---\na: [\n---\n',
    ]) {
      const one = source(Buffer.from(text));
      expect([
        setValue(one, 'a', 'y'),
        addToList(one, 'a', 'y'),
        removeFromList(one, 'a', 0),
        removeKey(one, 'a'),
      ]).toEqual([undefined, undefined, undefined, []]);
    }
  });
});

describe('what an edit looks like', () => {
  const edited = (before: string, edit: (one: SourceText) => Edit[] | undefined): string => {
    const bytes = Buffer.from(`---\n${before}---\nbody\n`);
    const edits = edit(source(bytes));
    if (!edits) return 'refused';
    return Buffer.from(applyEdits(bytes, edits)).toString('utf8').slice('---\n'.length, -'---\nbody\n'.length);
  };

  it.each([
    ['a: x # why\n', 'v', 'a: v # why\n'],
    ["a: 'x'\n", "it's", "a: 'it''s'\n"],
    ['a: "x"\n', 'say "y"', 'a: "say \\"y\\""\n'],
    ["a: 'x'\n", '\u0001', 'a: "\\u0001"\n'],
    ['a:\n', 'v', 'a: v\n'],
    ['a: # todo\n', 'v', 'a: v # todo\n'],
    ['a: ~\n', 'v', 'a: v\n'],
    ['a: ""\n', 'v', 'a: "v"\n'],
    ['a: x\n', 'y: z', 'a: "y: z"\n'],
    ['a: x\n', '#42', 'a: "#42"\n'],
    ['a: x\n', 'yes', 'a: "yes"\n'],
    ['a: x\n', '2026-01-31', 'a: 2026-01-31\n'],
    ['a: x\n', '12', 'a: "12"\n'],
    ['a: |\n  x\n  y\nb: 1\n', 'z', 'a: z\nb: 1\n'],
    ['a: | # why\n  x\n', 'z', 'refused'],
    ['b: 1\n', 'z', 'b: 1\na: z\n'],
    ['  b: 1\n', 'z', '  b: 1\n  a: z\n'],
    ['', 'z', 'a: z\n'],
    ['# note\n', 'z', '# note\na: z\n'],
    ['{b: 1}\n', 'y, z', '{b: 1, a: "y, z"}\n'],
    ['{a: 1}\n', 'y, z', '{a: "y, z"}\n'],
    ['{}\n', 'z', 'refused'],
  ])('setValue: %j with %j', (before, to, after) => {
    expect(edited(before, (one) => setValue(one, 'a', to))).toBe(after);
  });

  it.each([
    ['b: 1\n', 'b: 1\na:\n  - v\n'],
    ['  b: 1\n', '  b: 1\n  a:\n    - v\n'],
    ['a:\n', 'a: [v]\n'],
    ['a: null # why\n', 'a: [v] # why\n'],
    ["a: ''\n", 'a: [v]\n'],
    ['a: []\n', 'a: [v]\n'],
    ['a: [x, z]\n', 'a: [x, z, v]\n'],
    ['a: [x,]\n', 'a: [x, v,]\n'],
    ['a: [\n  x,\n  z\n]\n', 'a: [\n  x,\n  z,\n  v\n]\n'],
    ['a: [\n  x,\n  z, # why\n]\n', 'a: [\n  x,\n  z, # why\n  v,\n]\n'],
    ['a: [\n  x # why\n]\n', 'a: [\n  x, # why\n  v\n]\n'],
    ['a:\n- x\n', 'a:\n- x\n- v\n'],
    ['a:\n    -   x # why\nb: 1\n', 'a:\n    -   x # why\n    -   v\nb: 1\n'],
    ['a:\n  - |\n    x\nb: 1\n', 'a:\n  - |\n    x\n  - v\nb: 1\n'],
    ['a: x\n', 'a: x, v\n'],
    ['a: "x"\n', 'a: "x, v"\n'],
    ["a: 'it''s' # why\n", "a: 'it''s, v' # why\n"],
    ['a: {b: 1}\n', 'refused'],
    ['a: {0: 1}\n', 'refused'],
    ['{b: 1}\n', '{b: 1, a: [v]}\n'],
  ])('addToList: %j', (before, after) => {
    expect(edited(before, (one) => addToList(one, 'a', 'v'))).toBe(after);
  });

  it.each([
    ['a:\n  - x\n  - y\n', 1, 'a:\n  - x\n'],
    ['a:\n  - x\n  # why\n  - y\n', 1, 'a:\n  - x\n  # why\n'],
    ['a:\n  - x\n  - y # why\n', 1, 'refused'],
    ['a: # why\n  - x\nb: 1\n', 0, 'a: [] # why\nb: 1\n'],
    ['a: [x, y, z]\n', 0, 'a: [y, z]\n'],
    ['a: [x, y, z]\n', 2, 'a: [x, y]\n'],
    ['a: [ x ]\n', 0, 'a: [  ]\n'],
    ['a: [x,]\n', 0, 'a: []\n'],
    ['a: [\n  x,\n  y\n]\n', 1, 'a: [\n  x\n]\n'],
    ['a: [\n  x, # why\n  y\n]\n', 0, 'refused'],
    ['a: [\n  x, # why\n  y\n]\n', 1, 'a: [\n  x # why\n]\n'],
    ['a: [\n  x,\n  y,\n]\n', 0, 'a: [\n  y,\n]\n'],
    ["a: ['#1', '#2']\n", 1, "a: ['#1']\n"],
    ['a: x\n', 0, 'refused'],
  ])('removeFromList: %j at %i', (before, at, after) => {
    expect(edited(before, (one) => removeFromList(one, 'a', at))).toBe(after);
  });

  it.each([
    ['a: x\nb: 1\n', 'b: 1\n'],
    ['b: 1\na:\n  - x\n\n  - y\nc: 1\n', 'b: 1\nc: 1\n'],
    ['a: |\n  x\nb: 1\n', 'b: 1\n'],
    ['a: # todo\n# of b\nb: 1\n', '# of b\nb: 1\n'],
    ['"a": x\n', ''],
    ['b: |+\n  y\na: x\n\nc: 1\n', 'b: |+\n  y\nc: 1\n'],
    ['{a: 1, b: 2}\n', '{b: 2}\n'],
    ['{b: 2, a: [1, 2]}\n', '{b: 2}\n'],
  ])('removeKey: %j', (before, after) => {
    expect(edited(before, (one) => removeKey(one, 'a'))).toBe(after);
  });
});

describe('real documents', () => {
  const some = FIELDS.filter(({ kind }) => kind === 'list' || kind === 'empty');

  /** With frontmatter where it has none: the forms of a list in turn, the line ends in turn. */
  const prepared = (bytes: Uint8Array, at: number): Uint8Array => {
    if (dataOf(bytes) !== undefined) return bytes;
    const text = Buffer.from(bytes).toString('utf8');
    const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
    const field = some[at % some.length] as Field;
    const front = `---\nid: PLAN-001 # note\nrelated_docs:${field.text}\nstatus: "Draft"\n---\n`;
    return Buffer.from(`${mark}${withEnds(front, [oneOf(['\n', '\r\n', '\r'], at)])}${text.slice(mark.length)}`);
  };
  const documents = realDocuments().map(prepared);

  it('are many, and some have frontmatter of their own', () => {
    expect(documents.length).toBeGreaterThanOrEqual(300);
  });

  it('each edit does what it says and no more', () => {
    for (const bytes of documents) {
      const set = carriedOut(bytes, setValue(source(bytes), 'status', 'Active') ?? []);
      expect(data(set)).toEqual(changedData(data(bytes), 'status', () => 'Active'));
      const added = carriedOut(set, addToList(source(set), 'related_docs', 'ADR-001: "#1"') ?? []);
      const list = new Map(data(added)).get('related_docs') as unknown[];
      expect(list.at(-1)).toBe('ADR-001: "#1"');
      const removed = carriedOut(added, removeFromList(source(added), 'related_docs', list.length - 1) ?? []);
      expect(new Map(data(removed)).get('related_docs')).toEqual(list.slice(0, -1));
      const gone = carriedOut(removed, removeKey(source(removed), 'related_docs'));
      expect(data(gone)).toEqual(changedData(data(set), 'related_docs', () => undefined));
      const back = carriedOut(gone, removeKey(source(gone), 'status'));
      expect(data(back)).toEqual(data(bytes).filter(([key]) => key !== 'status' && key !== 'related_docs'));
    }
  });
});
