import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit, touch } from '../../src/model/edit.ts';
import { SourceText } from '../../src/model/source-text.ts';
import { EDITS, realDocuments, withEnds } from '../helpers/edited-documents.ts';

const source = (text: string): SourceText => new SourceText(Buffer.from(text, 'utf8'));
const apply = (text: string, edits: readonly Edit[]): string =>
  Buffer.from(applyEdits(Buffer.from(text, 'utf8'), edits)).toString('utf8');

/** Texts of all kinds: line ends, characters of one to four bytes, combining marks. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('\n', '\r\n', '\r', '😀', 'e\u0301', '\ufeff'),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));

/** Edits that do not overlap, by cutting the range into pieces. */
const edits = (length: number): fc.Arbitrary<Edit[]> =>
  fc
    .tuple(
      fc.array(fc.nat({ max: length }), { maxLength: 8 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 5 }), { minLength: 4, maxLength: 4 }),
    )
    .map(([cuts, texts]) => {
      const sorted = cuts.slice(0, cuts.length - (cuts.length % 2)).sort((a, b) => a - b);
      return sorted.flatMap((start, at) =>
        at % 2 === 0 ? [{ start, end: sorted[at + 1] as number, text: texts[at / 2] as string }] : [],
      );
    });

describe('applyEdits', () => {
  it('writes the new texts, and every byte that no edit names stays where it was among the others', () => {
    const property = fc
      .uint8Array({ maxLength: 60 })
      .chain((bytes) => fc.tuple(fc.constant(bytes), edits(bytes.length), fc.boolean()));
    fc.assert(
      fc.property(property, ([bytes, some, isReversed]) => {
        const after = Buffer.from(applyEdits(bytes, isReversed ? some.toReversed() : some));
        // The oracle: cut and paste on a text of one character a byte, from the last edit to the first.
        const latin = (part: Uint8Array): string => Buffer.from(part).toString('latin1');
        const distinct = new Set(some.map(({ start }) => start)).size === some.length;
        fc.pre(distinct);
        const expected = some.reduceRight(
          (now, { start, end, text }) => now.slice(0, start) + latin(Buffer.from(text)) + now.slice(end),
          latin(bytes),
        );
        expect(latin(after)).toBe(expected);
      }),
      EDITS,
    );
  });

  it('insertions at one place follow each other as given', () => {
    expect(
      apply('ab', [
        { start: 1, end: 1, text: '1' },
        { start: 1, end: 2, text: 'B' },
        { start: 1, end: 1, text: '2' },
      ]),
    ).toBe('a12B');
  });

  it.each([
    [
      'overlap',
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
      'Edits overlap at byte 1',
    ],
    ['end before start', [{ start: 2, end: 1, text: '' }], 'Edits overlap at byte 2'],
    ['outside', [{ start: 3, end: 4, text: '' }], 'Edits overlap at byte 3'],
    ['before the file', [{ start: -1, end: 1, text: '' }], 'Edits overlap at byte -1'],
    ['no number', [{ start: Number.NaN, end: 1, text: '' }], 'Edits overlap at byte NaN'],
    ['half of a character', [{ start: 0, end: 0, text: '\ud83d' }], 'Unexpected half of a character at byte 0'],
  ])('%s is refused', (_what, wrong, message) => {
    expect(() => applyEdits(Buffer.from('abc'), wrong)).toThrow(new RangeError(message));
  });

  it('touch says whether two edits meet', () => {
    const edit = (start: number, end: number): Edit => ({ start, end, text: '' });
    expect([
      touch(edit(0, 2), edit(2, 3)),
      touch(edit(0, 2), edit(3, 3)),
      touch(edit(1, 1), edit(1, 1)),
      touch(edit(4, 6), edit(0, 5)),
    ]).toEqual([true, false, true, true]);
  });
});

/** A character whose half is the same in both texts is named whole, at either end. */
const PAIR = 8;

describe('SourceText', () => {
  it.each([
    ['a broken sequence', [0x61, 0xff]],
    ['Latin 1', [0xe9, 0x0a]],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['a cut character', [0xf0, 0x9f, 0x98]],
  ])('%s is refused', (_what, bytes) => {
    expect(() => new SourceText(Uint8Array.from(bytes))).toThrow(
      new RangeError('Unexpected bytes, expected UTF-8 text'),
    );
  });

  it('an edit of a range changes that range of the text, whatever its characters and its byte order mark', () => {
    const some = fc.tuple(anyText, fc.boolean(), fc.nat(), fc.nat(), fc.string({ unit: 'grapheme', maxLength: 6 }));
    fc.assert(
      fc.property(some, ([text, mark, a, b, added]) => {
        const chars = [...text];
        const [from, to] = [a % (chars.length + 1), b % (chars.length + 1)].sort((x, y) => x - y) as [number, number];
        const start = chars.slice(0, from).join('').length;
        const end = chars.slice(0, to).join('').length;
        const whole = `${mark ? '\ufeff' : ''}${text}`;
        fc.pre(mark || !text.startsWith('\ufeff'));
        const one = source(whole);
        fc.pre(!/[\r\n]/.test(added));
        expect(one.text).toBe(text);
        const edit = one.replace(start, end, added);
        expect(apply(whole, [edit])).toBe(`${mark ? '\ufeff' : ''}${text.slice(0, start)}${added}${text.slice(end)}`);
        const place = one.lines.place(start, end);
        expect(one.at(place)).toBe(text.slice(start, end));
        expect(one.edit(place, added)).toEqual(edit);
      }),
      EDITS,
    );
  });

  it('no edit begins or ends inside of a character', () => {
    const one = source('a😀b');
    expect(() => one.replace(2, 4, '')).toThrow(
      new RangeError('Unexpected offset 2, expected the start of a character'),
    );
    expect(() => one.replace(1, 2, '')).toThrow(
      new RangeError('Unexpected offset 2, expected the start of a character'),
    );
    expect(apply('a😀b', [one.replace(1, 3, '')])).toBe('ab');
  });

  it.each([
    ['a\r\nb\nc', 1, '\r\n'],
    ['a\r\nb\nc', 4, '\r\n'],
    ['a\r\nb\nc', 5, '\n'],
    ['a\rb', 2, '\r'],
    ['a', 0, '\n'],
    ['', 0, '\n'],
  ])('in %j, new lines at %i end with %j', (text, at, end) => {
    expect(source(text).lineEndAt(at)).toBe(end);
    expect(source(text).replace(at, at, 'x\ny\r\nz').text).toBe(`x${end}y${end}z`);
  });

  it('what is taken over keeps its line ends, what is new gets those around it', () => {
    const one = source('a\r\nb\nc\r\nd');
    const place = (line: number, endLine: number) => ({ line, column: 1, endLine, endColumn: 1 });
    const edit = one.edit(place(2, 4), [place(3, 4), 'new\n', place(2, 3)]);
    expect(apply('a\r\nb\nc\r\nd', [edit])).toBe('a\r\nc\r\nnew\r\nb\nd');
  });

  it('editsTo leads to the other text, and names nothing that both have at their ends', () => {
    fc.assert(
      fc.property(fc.tuple(anyText, anyText, anyText, anyText, fc.boolean()), ([head, a, b, tail, mark]) => {
        const [before, after] = [`${head}${a}${tail}`, `${head}${b}${tail}`];
        fc.pre(mark || !before.startsWith('\ufeff'));
        const whole = `${mark ? '\ufeff' : ''}${before}`;
        const found = source(whole).editsTo(after);
        expect(apply(whole, found)).toBe(`${mark ? '\ufeff' : ''}${after}`);
        expect(found).toHaveLength(before === after ? 0 : 1);
        for (const { start, end } of found) expect(end - start).toBeLessThanOrEqual(Buffer.byteLength(a) + PAIR);
      }),
      EDITS,
    );
  });

  it('editsTo parts no pair of surrogates', () => {
    for (const [from, to] of [
      ['😀', '😁'],
      ['😀', '🨀'],
      ['a😀', 'a'],
      ['', '😀'],
      ['😀😀', '😀'],
    ] as const)
      expect(apply(from, source(from).editsTo(to))).toBe(to);
  });
});

describe('real documents', () => {
  const documents = realDocuments();

  it('are many', () => {
    expect(documents.length).toBeGreaterThanOrEqual(300);
  });

  it('an edit in the middle leaves all bytes before and behind', () => {
    for (const [at, bytes] of documents.entries()) {
      const one = new SourceText(bytes);
      const line = (at % one.lines.lines) + 1;
      const start = one.lines.offset(line, 1);
      const edit = one.replace(start, start, 'new line\n');
      const after = Buffer.from(applyEdits(bytes, [edit]));
      expect(after.subarray(0, edit.start).equals(bytes.subarray(0, edit.start))).toBe(true);
      expect(after.subarray(after.length - (bytes.length - edit.end)).equals(bytes.subarray(edit.end))).toBe(true);
      expect(after.length).toBe(bytes.length + Buffer.byteLength(edit.text));
      expect(Buffer.from(applyEdits(after, new SourceText(after).editsTo(one.text))).equals(bytes)).toBe(true);
    }
  });

  it('other line ends there and back are the same bytes', () => {
    for (const bytes of documents) {
      const one = new SourceText(bytes);
      const other = withEnds(one.text.replace(/\r\n?/g, '\n'), ['\r\n', '\n', '\r']);
      const changed = applyEdits(bytes, one.editsTo(other));
      expect(new SourceText(changed).text).toBe(other);
      expect(Buffer.from(applyEdits(changed, new SourceText(changed).editsTo(one.text))).equals(bytes)).toBe(true);
    }
  });
});
