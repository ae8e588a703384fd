import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId, idKey, idOfFileName, parseIdText } from '../../src/model/id.ts';
import { classifyReference } from '../../src/model/relation.ts';
import { isSlug, slugify } from '../../src/model/slug.ts';
import { nearest } from '../../src/model/suggest.ts';

const FORMAT = { prefix: 'PLAN', aliases: ['PLN'], digits: 3 };

describe('ids', () => {
  it.each([
    ['PLAN-003', 'PLAN', '3'],
    ['plan-3', 'PLAN', '3'],
    [' Plan-000 ', 'PLAN', '0'],
    ['ＰＬＡＮ－００３', 'PLAN', '3'],
    ['PLAN‑3', 'PLAN', '3'],
    ['OPS-RUN-12', 'OPS-RUN', '12'],
    ['A1-1', 'A1', '1'],
    ['PLAN-123456789012345678901234567890', 'PLAN', '123456789012345678901234567890'],
  ])('%s is read', (text, prefix, number) => {
    expect(parseIdText(text)).toEqual({ prefix, number });
  });

  it.each(['PLAN', 'PLAN-', 'PLAN-XXX', '-3', '3', 'PLAN-3-x', 'PLAN_3', 'PLAN-3 ADR-1', '1A-3', 'PLAN--3', ''])(
    '%j is none',
    (text) => {
      expect(parseIdText(text)).toBeUndefined();
    },
  );

  it('identity is prefix and number, however it is written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat(5), fc.boolean(), (number, zeros, lower) => {
        const text = `PLAN-${'0'.repeat(zeros)}${number}`;
        const read = parseIdText(lower ? text.toLowerCase() : text);
        expect(read).toEqual({ prefix: 'PLAN', number: String(number) });
        const canonical = canonicalId(FORMAT, read?.number as string);
        expect(canonical).toBe(`PLAN-${String(number).padStart(3, '0')}`);
        expect(parseIdText(canonical)).toEqual(read);
        expect(idKey(FORMAT, read?.number as string)).toBe(`PLAN-${number}`);
      }),
      { seed: 7 },
    );
  });

  it.each([
    ['PLAN-003-rate-limit.md', 'PLAN-003'],
    ['PLAN-003-2024-report.md', 'PLAN-003'],
    ['plan-3.md', 'plan-3'],
    ['OPS-RUN-01-queue.md', 'OPS-RUN-01'],
    ['PLAN-003_x.md', undefined],
    ['notes.md', undefined],
  ])('the file name %s begins with %s', (name, id) => {
    expect(idOfFileName(name)).toBe(id);
  });
});

describe('references', () => {
  it.each([
    ['ADR-015', 'id'],
    ['nope-1', 'id'],
    ['PR-12', 'external'],
    ['gh-3', 'external'],
    ['#123', 'external'],
    ['owner/name#123', 'external'],
    ['https://example.com/ADR-015', 'external'],
    ['src/a.ts', 'path'],
    ['README.md', 'path'],
    ['soon', 'unknown'],
    ['ADR-015, ADR-016', 'unknown'],
  ])('%s is %s', (text, kind) => {
    expect(classifyReference(text, ['PR', 'GH']).kind).toBe(kind);
  });
});

describe('slugs', () => {
  it('what slugify makes is a slug, stable and bounded', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (title) => {
        const slug = slugify(title);
        if (slug === '') return;
        expect(isSlug(slug)).toBe(true);
        expect(slug.length).toBeLessThanOrEqual(60);
        expect(slugify(slug.replaceAll('-', ' '))).toBe(slug);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  it.each(['', '-a', 'a-', 'a--b', 'A', 'a_b', 'a b', 'a.b'])('%j is none', (text) => {
    expect(isSlug(text)).toBe(false);
  });
});

describe('did you mean', () => {
  it.each([
    ['Dratf', ['Draft', 'Active'], 'Draft'],
    ['ADR-115', ['ADR-015', 'ADR-001'], 'ADR-015'],
    ['statsu', ['status', 'title'], 'status'],
    ['ACTIVE', ['Draft', 'Active'], 'Active'],
    ['xyz', ['Draft', 'Active'], undefined],
    ['a', ['bcd'], undefined],
  ])('%s of %j is %s', (word, known, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });
});
