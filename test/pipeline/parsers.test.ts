import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/pipeline/parse.ts';
import { type Comparison, compare, fieldOf, loadParsers } from '../helpers/compare-parsers.ts';
import { markdownDocument } from '../helpers/markdown-documents.ts';
import { commonMarkExamples, realMarkdown } from '../helpers/real-markdown.ts';
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts';

/**
 * A longer session: `PARSERS_SEED=7 PARSERS_RUNS=20000 npx vitest run --test-timeout 600000 test/pipeline/parsers.test.ts`.
 * About one document in two thousand then mixes differences in a way that the list does not tell apart.
 */
const SEED = Number(process.env['PARSERS_SEED'] ?? 1);
const RUNS = Number(process.env['PARSERS_RUNS'] ?? 1000);

const parsers = await loadParsers();

/** What a comparison shows: the known differences, and a line on each thing that none of them explains. */
function judge({ tree, facts }: Comparison): { known: readonly KnownDifference[]; unlisted: readonly string[] } {
  const known = new Set<KnownDifference>();
  const unlisted: string[] = [];
  for (const difference of tree) {
    const kind = KNOWN_DIFFERENCES.find((candidate) => candidate.explains(difference));
    const values = [difference.satteri, difference.remark].map((node) => fieldOf(node, difference.field));
    if (kind) known.add(kind);
    else unlisted.push(`${difference.path.join('/')} ${difference.field}: satteri ${values[0]}, remark ${values[1]}`);
  }
  const explained = [...known].flatMap((kind) => kind.facts);
  unlisted.push(...facts.filter((name) => !explained.includes(name)).map((name) => `facts: ${name}`));
  return { known: [...known], unlisted };
}

const ids = (text: string): string[] => judge(compare(text, parsers)).known.map((kind) => kind.id);
const unlisted = (text: string): readonly string[] => judge(compare(text, parsers)).unlisted;

/** How many of the files that the dependencies bring along are read; there are more. */
const REAL = 320;

describe('satteri and remark agree', () => {
  it('on the examples of CommonMark', () => {
    const examples = commonMarkExamples();
    expect(examples.length).toBeGreaterThan(600);
    const differing = examples.flatMap((text, index) => {
      const { known, unlisted } = judge(compare(text, parsers));
      return known.length + unlisted.length === 0 ? [] : [[index + 1, ...known.map((kind) => kind.id), ...unlisted]];
    });
    expect(differing).toEqual([[606, 'no-position']]);
  });

  it('on the Markdown of the dependencies', () => {
    const paths = realMarkdown().slice(0, REAL);
    expect(paths.length).toBeGreaterThanOrEqual(300);
    const differing = paths.flatMap((path) => {
      const found = unlisted(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
      return found.length === 0 ? [] : [[path, ...found]];
    });
    expect(differing).toEqual([]);
  });

  it('on generated documents', () => {
    const same = fc.property(markdownDocument, (text) => {
      expect(unlisted(text)).toEqual([]);
    });
    fc.assert(same, { seed: SEED, numRuns: RUNS });
  });
});

describe('the known differences', () => {
  it('have a name each', () => {
    const names = KNOWN_DIFFERENCES.map((kind) => kind.id);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(KNOWN_DIFFERENCES.map((kind) => [kind.id, kind] as const))('%s still occurs, as listed', (_id, kind) => {
    expect(Object.keys(kind.samples)).not.toEqual([]);
    for (const [text, facts] of Object.entries(kind.samples)) {
      const comparison = compare(text, parsers);
      expect(ids(text), text).toContain(kind.id);
      expect(comparison.facts, text).toEqual(facts);
      expect(judge(comparison).unlisted, text).toEqual([]);
    }
  });
});

describe('facts do not depend on where a parser puts things', () => {
  const ticks: Readonly<Record<string, readonly (boolean | undefined)[]>> = {
    '- [ ] **If tracked**: a\n': [false],
    '- [x]\n  **If tracked**: a\n': [true],
    '- [X]\r\n  text\r\n': [true],
    '-\n  [x] text\n': [true],
    '1. [\t] text\n': [false],
    '- [ ] text\n  ---\n': [false],
    '- [x] \n  - [ ] inside\n': [undefined, false],
    '1. [x]\n2. [ ] next\n': [undefined, false],
    '- [ ]\n-\n- [x] next\n': [undefined, true],
    '- [ ] a\n\n  1.\n  [x] text\n': [false],
    '- [ ] *[]*\n': [false],
  };

  it.each(Object.entries(ticks))('boxes of %j', (text, expected) => {
    for (const parser of [parsers.satteri, parsers.remark]) {
      expect(parse(text, parser).boxes.map((box) => box.ticked)).toEqual(expected);
    }
  });

  it('labels and conditions', () => {
    for (const text of ['- [ ] **If tracked**: a\n', '- [ ]\n  **If tracked**: a\n', '- [ ] **If tracked**: a\r\n']) {
      for (const parser of [parsers.satteri, parsers.remark]) {
        expect(parse(text, parser).boxes).toMatchObject([{ label: '**If tracked**: a', ifTracked: true }]);
      }
    }
  });

  it('places of words beside an address that has none in the tree', () => {
    const text = '# A\n\n- [x ADR-1 www.example.com TBD, _BUG-2 https://example.com/a RES-3_\n';
    const found = Object.values(parsers).map((parser) => {
      const { mentions, placeholders, links } = parse(text, parser);
      return [...mentions, ...placeholders, ...links].map(({ place }) =>
        text.split('\n')[place.line - 1]?.slice(place.column - 1, place.endColumn - 1),
      );
    });
    const expected = ['ADR-1', 'BUG-2', 'RES-3', 'TBD', 'www.example.com', 'https://example.com/a'];
    expect(found).toEqual([expected, expected]);
  });
});
