import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadParser, type MarkdownParser } from '../../src/model/markdown.ts';
import { parse } from '../../src/pipeline/parse.ts';
import { judgeFiles, mendedBy } from '../helpers/fixes.ts';

const SEED = 20_260_630;
const PATH = 'dev_ops/backlog/BLK-001-quota.md';

/** What may stand below a heading; each begins and ends with a line that is not blank. */
const FRAGMENTS = [
  'Words of the section.',
  'Words with two spaces  \nand a second line',
  '- [ ] an item\n- another\n\n  with a paragraph',
  '```markdown\n## Goal\n\n## Context\n```',
  '~~~\nleft open until the next line\n~~~',
  '> ## Related',
  '    ## Goal in code',
  '<!-- a comment\n\n## Context\n-->',
  '<div>\n\nwords\n\n</div>',
  '<details>\n\nopen',
  '### A heading below\n\nwords',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '[a]: x.md',
  'See [a] and &amp; 数据 🎉.',
  '***',
];

const headings = fc.constantFrom(
  '## Context',
  '## Source',
  '## Goal',
  '## Related',
  '## Notes',
  '## **Goal** ##',
  'Related\n-------',
  '  ## Context',
  '### Goal',
  '# Part',
);

interface Section {
  readonly heading: string;
  readonly fragments: readonly string[];
  readonly gap: string;
}

const section: fc.Arbitrary<Section> = fc.record({
  heading: headings,
  fragments: fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 2 }),
  gap: fc.constantFrom('\n', '\n\n', '\n\n\n', '\n  \n'),
});

const nameOf = ({ heading }: { readonly heading: string }): string =>
  (/[A-Z]\w+/.exec(heading)?.[0] ?? '').replace('Source', 'Context');

/** A document with sections in whatever order, and its line end. */
const documentsOf = (sections: fc.Arbitrary<readonly Section[]>): fc.Arbitrary<string> =>
  fc
    .record({
      mark: fc.constantFrom('', '\uFEFF'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      lead: fc.constantFrom('', '\n', '\nWords above.\n\n'),
      sections,
      end: fc.constantFrom('', '\n', '\n\n'),
    })
    .map(({ mark, lineEnd, lead, sections, end }) => {
      const body = sections.map(({ heading, fragments, gap }, at) => {
        const text = [heading, ...fragments].join('\n\n');
        return at === sections.length - 1 ? text : text + gap;
      });
      return `${mark}${`---\nid: BLK-001\n---\n${lead}${body.join('')}${end}`.replaceAll('\n', lineEnd)}`;
    });

const anyDocuments = documentsOf(fc.array(section, { maxLength: 6 }));
const orderedOnce = documentsOf(fc.uniqueArray(section, { minLength: 2, maxLength: 6, selector: nameOf }));

const linesOf = (text: string): string[] =>
  text
    .split(/\r\n|\n/)
    .filter((line) => line.trim() !== '')
    .sort();

/** Every section of a text, with all below its heading. */
function sectionsOf(text: string, parser: MarkdownParser): string[] {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const lines = plain.split('\n');
  const starts = parse(plain, parser)
    .headings.filter(({ depth }) => depth <= 2)
    .map(({ place }) => place.line - 1);
  return starts
    .map((start, at) =>
      lines
        .slice(start, starts[at + 1])
        .join('\n')
        .trimEnd(),
    )
    .sort();
}

const endOf = (text: string): string => /[\r\n]*$/.exec(text)?.[0] ?? '';

async function mended(rule: string, text: string): Promise<string> {
  const files = await mendedBy(rule, { [PATH]: text }, { unsafe: true });
  return files[PATH] as string;
}

async function subjectsOf(rule: string, text: string): Promise<string[]> {
  const { findings, offers } = await judgeFiles({ [PATH]: text });
  const fixable = offers.filter((offer) => offer.rule === rule).map(({ finding }) => finding?.subject ?? '');
  expect(fixable).toEqual([]);
  return findings.filter((finding) => finding.rule === rule).map(({ subject }) => subject);
}

const check = (documents: fc.Arbitrary<string>, property: (text: string) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(documents, property), { seed: SEED, numRuns: 150 });

describe(`the fixes of sections on generated documents (seed ${SEED})`, () => {
  it('move sections whole, without losing, adding or changing a line, nor the end of the file', async () => {
    const parser = await loadParser('satteri', () => {});
    let moved = 0;
    await check(orderedOnce, async (text) => {
      const after = await mended('section-order', text);
      if (after !== text) moved += 1;
      expect(sectionsOf(after, parser)).toEqual(sectionsOf(text, parser));
      expect(linesOf(after)).toEqual(linesOf(text));
      expect(endOf(after)).toBe(endOf(text));
      expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
      // All of them at once, or none.
      const left = await subjectsOf('section-order', after);
      if (left.length > 0) expect(after).toBe(text);
    });
    expect(moved).toBeGreaterThan(20);
  });

  it('put in what is missing, and keep every line but renamed headings', async () => {
    await check(anyDocuments, async (text) => {
      const after = await mended('required-sections', text);
      const kept = new Set(linesOf(after));
      const lost = linesOf(text).filter((line) => !kept.has(line) && !/^(?: *#|Related|-------)/.test(line));
      expect(lost).toEqual([]);
      expect(/\r(?!\n)|(?<!\r)\n/.test(after) && text.includes('\r\n')).toBe(false);
      const left = await subjectsOf('required-sections', after);
      if (!/(?:^|\n)<details>/.test(text)) expect(left).toEqual([]);
    });
  });

  it('take away nothing but the headings of duplicates', async () => {
    await check(anyDocuments, async (text) => {
      const after = await mended('duplicate-section', text);
      const kept = linesOf(after);
      const lost = linesOf(text).filter((line) => {
        const at = kept.indexOf(line);
        if (at >= 0) kept.splice(at, 1);
        return at < 0;
      });
      expect(kept).toEqual([]);
      expect(lost.filter((line) => !/^(?: *## |Related$|-------$)/.test(line))).toEqual([]);
      await subjectsOf('duplicate-section', after);
    });
  });
});
