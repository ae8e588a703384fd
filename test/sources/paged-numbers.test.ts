import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE, PagedBytes } from '../../src/sources/paged-bytes.ts';
import { PagedNumbers } from '../../src/sources/paged-numbers.ts';

/** Numbers in pages, and how many pages were read of them. */
function paged(numbers: Uint32Array): { numbers: PagedNumbers; pagesRead(): number } {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let read = 0;
  const from = new PagedBytes(bytes.length, (offset, length) => {
    read += 1;
    if (offset < 0 || offset + length > bytes.length) throw new RangeError('nobody reads beyond the numbers');
    return bytes.slice(offset, offset + length);
  });
  return { numbers: new PagedNumbers(from), pagesRead: () => read };
}

describe('the first number that is not below one', () => {
  const spread = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 40 }));

  it('is the one that a look at all of them finds, however they are spread', () => {
    fc.assert(
      fc.property(fc.array(spread, { maxLength: 3000, size: 'max' }), spread, (some, number) => {
        const sorted = Uint32Array.from(some).sort();
        const there = sorted.findIndex((one) => one >= number);
        expect(paged(sorted).numbers.firstFrom(number)).toBe(there < 0 ? sorted.length : there);
      }),
      { seed: 20261129 },
    );
  });

  it('stands in front of its like, over the edges of pages', () => {
    const sorted = Uint32Array.from({ length: 2000 }, (_, nth) => (nth < 100 ? 1 : nth < 1500 ? 7 : 9));
    const { numbers } = paged(sorted);
    expect([0, 1, 2, 7, 8, 9, 10].map((number) => numbers.firstFrom(number))).toEqual([
      0, 0, 100, 100, 1500, 1500, 2000,
    ]);
    expect(paged(new Uint32Array()).numbers.firstFrom(3)).toBe(0);
  });

  it('takes a look at a few pages of a hundred thousand numbers', () => {
    const even = Uint32Array.from({ length: 100_000 }, (_, nth) => nth * 40_000 + ((nth * 7919) % 39_000));
    const skewed = Uint32Array.from({ length: 100_000 }, (_, nth) => (nth < 99_990 ? nth : 2 ** 31 + nth));
    for (const number of [0, 5, 123_456_789, 3_999_999_999, 2 ** 32 - 1]) {
      const { numbers, pagesRead } = paged(even);
      numbers.firstFrom(number);
      expect(pagesRead()).toBeLessThanOrEqual(5);
    }
    const pages = Math.ceil((skewed.length * 4) / PAGE);
    for (const number of [3, 70_000, 99_989]) {
      const { numbers, pagesRead } = paged(skewed);
      numbers.firstFrom(number);
      expect(pagesRead()).toBeLessThanOrEqual(5 + Math.ceil(Math.log2(pages)));
    }
  });
});
