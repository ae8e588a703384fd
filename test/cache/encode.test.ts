import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Base } from '../../src/cache/base-file.ts';
import { encodeBase } from '../../src/cache/encode-base.ts';
import { readParts } from '../../src/cache/sections.ts';
import { TextBytes } from '../../src/cache/text-bytes.ts';
import type { Unit } from '../../src/cache/unit.ts';
import { IndexFile } from '../../src/sources/index-file.ts';

const seed = 20261130;

describe('texts one behind the other', () => {
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 60 });

  it('are the bytes of each, end where it ends, and take no more room than a few times their length', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(1, 300), (some, times) => {
        const long = some.map((text) => text.repeat(times));
        const bytes = new TextBytes();
        const ends = long.map((text) => bytes.add(text));
        const each = long.map((text) => Buffer.from(text));
        expect(ends).toEqual(each.map((_, nth) => Buffer.concat(each.slice(0, nth + 1)).length));
        expect(bytes.whole().equals(Buffer.concat(each))).toBe(true);
        expect(bytes.whole().buffer.byteLength).toBeLessThanOrEqual(Math.max(65_536, 12 * bytes.whole().length));
      }),
      { seed },
    );
  });

  it('are none where there is none', () => {
    expect(new TextBytes().whole()).toHaveLength(0);
  });
});

describe('the documents of a base', () => {
  /** A git index of no files: the signature, version 2, and a checksum that nobody looks at. */
  const noFiles = new IndexFile(Buffer.concat([Buffer.from('DIRC\0\0\0\x02\0\0\0\0', 'latin1'), Buffer.alloc(20)]));
  const unit = (path: string): Unit => ({
    path,
    hash: 'ab'.repeat(20),
    record: { kind: 'document', head: path },
    asked: Uint32Array.of(path.length),
  });
  const baseOf = (paths: readonly string[]): Base => {
    const notes = {
      identity: '',
      stamp: '',
      documents: paths.length,
      today: '2026-11-30',
      dirty: [],
      paths: [],
      anchors: [],
    };
    return new Base(readParts(encodeBase({ notes, index: noFiles, units: paths.map(unit) })));
  };

  it('are found by their paths, of whatever signs these are', () => {
    // By its units the first sorts in front of the second, by its bytes behind it.
    const signs = fc.constantFrom('\u{1f600}', '\uffee', 'a', 'b', '/', 'é', '-');
    const path = fc.array(signs, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 40 }), (paths) => {
        const base = baseOf(paths);
        for (const one of paths) {
          const nth = base.find(one) as number;
          expect(base.path(nth)).toBe(one);
          expect(base.record(nth)).toEqual({ kind: 'document', head: one });
        }
        expect(base.find('none')).toBeUndefined();
      }),
      { seed },
    );
  });
});
