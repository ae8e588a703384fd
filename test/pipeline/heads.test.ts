import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readFrontmatter } from '../../src/model/frontmatter.ts';
import { LineTable } from '../../src/model/place.ts';
import { Readings } from '../../src/pipeline/readings.ts';
import type { Workspace } from '../../src/pipeline/workspace.ts';

const workspace = { config: { limits: { documentBytes: 1e6 } } } as Workspace;

const headOf = (text: string): string | undefined => new Readings(workspace).take(Buffer.from(text)).head;
const frontmatterOf = (text: string): unknown => readFrontmatter(text, new LineTable(text));

/** Frontmatter that ends about where the part of a text ends that is looked at first, or second. */
const documents = fc
  .record({
    mark: fc.constantFrom('', '\ufeff'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    length: fc.oneof(fc.integer({ min: 480, max: 530 }), fc.integer({ min: 4060, max: 4110 }), fc.nat({ max: 40 })),
    sign: fc.constantFrom('a', 'é', '\u{1f600}'),
    fence: fc.constantFrom('---', '--- ', '---\t', ' ---', '----', '--'),
    body: fc.constantFrom('', '# A title', '---', 'text\n---\nmore'),
  })
  .map(({ mark, lineEnd, length, sign, fence, body }) => {
    const title = sign.repeat(Math.ceil(length / Buffer.byteLength(sign)));
    return { mark, text: ['---', 'id: PLAN-001', `title: ${title}`, fence, body].join(lineEnd) };
  });

it('the part of a text in which its frontmatter stands tells the same of it as the whole', () => {
  fc.assert(
    fc.property(documents, ({ mark, text }) => {
      const head = headOf(mark + text) as string;
      expect(text.startsWith(head)).toBe(true);
      expect(frontmatterOf(head)).toEqual(frontmatterOf(text));
    }),
    { seed: 20261130, numRuns: 2000 },
  );
});

it('is all of it where nothing closes it, and no part where it does not begin', () => {
  const open = `---\nid: PLAN-001\n${'a: b\n'.repeat(3000)}`;
  expect(headOf(open)).toBe(open);
  expect(headOf('# A title\n---\n---\n')).toBe('');
  expect(headOf('')).toBe('');
});
