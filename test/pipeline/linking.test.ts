import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document, DocumentIndex } from '../../src/model/document.ts';
import { readLink } from '../../src/model/link.ts';
import { loadParser } from '../../src/model/markdown.ts';
import { Linking } from '../../src/pipeline/linking.ts';
import { parse } from '../../src/pipeline/parse.ts';

const parser = loadParser('satteri', () => {});
const TARGET = 'dev_ops/plans/PLAN-003-a_b.md';

/** Who links to a path, and which documents were parsed for it. */
function search(files: Readonly<Record<string, string>>, path = TARGET) {
  const parsed: string[] = [];
  const documents = Object.entries(files).map(
    ([own, text]) =>
      ({
        path: own,
        get facts() {
          parsed.push(own);
          return parse(text, parser);
        },
      }) as Document,
  );
  const index = {
    documents,
    paths: Object.keys(files),
    at: (own: string) => documents.find((one) => one.path === own),
  } as unknown as DocumentIndex;
  const linking = new Linking(index, (own) => Buffer.from(files[own] ?? ''));
  return { found: linking.to(path).map((one) => one.path), parsed };
}

/** The same by looking at every link of every document. */
function searchAll(files: Readonly<Record<string, string>>, path = TARGET): string[] {
  return Object.entries(files).flatMap(([own, text]) => {
    const leads = parse(text, parser).links.some(({ url, kind }) => {
      const target = kind === 'reference' ? undefined : readLink(url, own);
      return target?.kind === 'path' && target.path === path;
    });
    return leads ? [own] : [];
  });
}

const ADR = 'dev_ops/adrs/ADR-001-a.md';

describe('the links to a document', () => {
  it.each([
    ['as it is', '[a](../plans/PLAN-003-a_b.md)'],
    ['with an anchor', '[a](../plans/PLAN-003-a_b.md#goal)'],
    ['from the top', '[a](/dev_ops/plans/PLAN-003-a_b.md)'],
    ['in a definition', '[a]\n\n[a]: <../plans/PLAN-003-a_b.md>'],
    ['in an image', '![a](../plans/./PLAN-003-a_b.md)'],
    ['with its name in percent signs', '[a](../plans/%50LAN-003-a%5Fb.md)'],
    ['with character references', '[a](../plans/PLAN-003-a&#95;b.md)'],
    ['with escapes', '[a](../plans/PLAN-003-a\\_b.md)'],
  ])('are found %s', (_, text) => {
    expect(search({ [ADR]: `# A\n\n${text}\n` }).found).toEqual([ADR]);
  });

  it('parse no text that cannot hold one', () => {
    const text = '# A\n\nSee [a](../plans/PLAN-004-c.md), and PLAN-003.\n';
    expect(search({ [ADR]: text })).toEqual({ found: [], parsed: [] });
  });

  it('are found in a text of one long word', () => {
    const text = `${'a.md-'.repeat(400_000)}\n\n[a](../plans/PLAN-003-a_b.md)\n`;
    expect(search({ [ADR]: text }).found).toEqual([ADR]);
  });

  it('hold the bare anchors of the document itself', () => {
    expect(search({ [TARGET]: '# A\n\n[a](#a)\n', [ADR]: '# A\n\n[a](#a)\n' }).found).toEqual([TARGET]);
  });

  it.each(['dev_ops/plans/PLAN-003-größe.md', 'dev_ops/plans/PLAN-003 (a).md'])('are found for the name %s', (path) => {
    const url = path.replace('dev_ops', '..');
    const files = { 'dev_ops/adrs/1.md': `[a](<${url}>)\n`, 'dev_ops/adrs/2.md': `[a](${encodeURI(url)})\n` };
    expect(search(files, path).found).toEqual(Object.keys(files));
  });

  it('are those that a look at every link finds', () => {
    const char = fc.constantFrom(...'PLAN-003_b.md');
    const written = fc.constantFrom<(sign: string) => string>(
      (sign) => sign,
      (sign) => `%${sign.charCodeAt(0).toString(16)}`,
      (sign) => `&#${sign.charCodeAt(0)};`,
      (sign) => (/\w/.test(sign) ? sign : `\\${sign}`),
    );
    const name = fc.oneof(
      fc.constant([...'PLAN-003-a_b.md']),
      fc.array(char, { minLength: 1, maxLength: 12 }).map((signs) => [...signs, ...'.md']),
    );
    const url = fc
      .tuple(fc.constantFrom('../plans/', './../plans/', '/dev_ops/plans/', ''), name, fc.infiniteStream(written))
      .map(
        ([way, signs, ways]) =>
          way + signs.map((sign) => (ways.next().value as (one: string) => string)(sign)).join(''),
      );
    const link = fc.tuple(url, fc.constantFrom('', '#a', '?q', '/.')).map(([way, rest]) => `[a](${way}${rest})`);
    const text = fc.array(link, { maxLength: 3 }).map((links) => `# A\n\n${links.join(' and\n')}\n`);
    const files = fc
      .tuple(text, text, text)
      .map(([a, b, c]) => ({ [ADR]: a, 'dev_ops/adrs/ADR-002-b.md': b, [TARGET]: c }));
    fc.assert(
      fc.property(files, (some) => {
        expect(search(some).found).toEqual(searchAll(some).sort());
      }),
      { numRuns: 300 },
    );
  });
});
