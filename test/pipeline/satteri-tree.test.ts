import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { markdownToMdast } from 'satteri';
import { describe, expect, it } from 'vitest';
import { createMdastHandle, serializeHandle } from '../../node_modules/satteri/index.js';
import { childrenOf } from '../../src/model/node-text.ts';
import { parseMarkdown } from '../../src/model/satteri.ts';
import { readTree } from '../../src/model/satteri-tree.ts';
import { markdownDocument } from '../helpers/markdown-documents.ts';
import { plainTree } from '../helpers/plain-tree.ts';
import { commonMarkExamples, realMarkdown } from '../helpers/real-markdown.ts';

/** The tree as satteri's own reader makes it. */
const asSatteriHasIt = (text: string): Root =>
  markdownToMdast(text, { features: { gfm: true, frontmatter: false } }) as Root;

const parsed = (text: string): Root => plainTree(parseMarkdown(text));

/** The bytes in which satteri hands over the tree of a text. */
const handedOver = (text: string): Uint8Array => serializeHandle(createMdastHandle(text, 0));

const OF_EACH_TYPE = `# A *b* **c** ~~d~~ \`e\`

> quote\\
> [link](/url "title"), [other](/url), <https://example.com>, www.example.com, ![alt](a.png "title"), ![](b.png)

- [x] ticked
- [ ] not

  spread
- none

7. seven
8. eight

---

| a | b | c | d |
| --- | :-- | --: | :-: |
| é | 文 | 😀 | &eacute; |

\`\`\`js meta words
code
\`\`\`

    indented

[full][Label], [label][], [label], ![full][Label], ![label][], ![label], [^note]

[Label]: /url "title"
[other]: <>

[^note]: Words.

<b>inline</b>

<!-- block -->
`;

describe('the tree of a text is as satteri has it', () => {
  it('with nodes of each type', () => {
    const tree = parsed(OF_EACH_TYPE);
    expect(tree).toEqual(asSatteriHasIt(OF_EACH_TYPE));
    const types = JSON.stringify(tree).match(/(?<="type":")\w+/g);
    expect(new Set(types).size).toBe(25);
  });

  it.each([
    '',
    '\n',
    'é',
    '# ',
    '- ',
    '-\n-',
    '[a]: b',
    '\u{1f600}\n\n\u{1f600}',
    '\ufeff# a',
    '1234567890. a',
    '| a |\n|-|',
  ])('of %j', (text) => {
    expect(parsed(text)).toEqual(asSatteriHasIt(text));
  });

  it('of the examples of CommonMark', () => {
    for (const text of commonMarkExamples()) expect(parsed(text), text).toEqual(asSatteriHasIt(text));
  });

  it('of the Markdown of the dependencies', () => {
    const paths = realMarkdown();
    expect(paths.length).toBeGreaterThanOrEqual(300);
    for (const path of paths) {
      const text = readFileSync(path, 'utf8');
      expect(parsed(text), path).toEqual(asSatteriHasIt(text));
    }
  });

  it('of generated documents (seed 4)', () => {
    const same = fc.property(markdownDocument, (text) => {
      expect(parsed(text)).toEqual(asSatteriHasIt(text));
    });
    fc.assert(same, { seed: 4, numRuns: 1000 });
  });

  it('where quotes nest deeper than calls can', () => {
    const depth = 20_000;
    let node: Nodes = parseMarkdown(`${'> '.repeat(depth)}a`);
    let levels = 0;
    for (let next: Nodes | undefined = node; next; next = childrenOf(node)?.[0]) {
      node = next;
      levels += 1;
    }
    expect(levels).toBe(depth + 3);
  });
});

describe('bytes that hold a tree', () => {
  it('may begin anywhere in memory', () => {
    const bytes = handedOver('# a\n\nb é\n');
    const moved = new Uint8Array(bytes.length + 3).subarray(3);
    moved.set(bytes);
    expect(plainTree(readTree(moved))).toEqual(plainTree(readTree(bytes)));
  });

  it.each([
    ['no tree', 0, 'another form'],
    ['a tree of HTML', 4, 'another form'],
    ['nodes of another size', 8, 'another form'],
    ['a node of a type that Markdown has none of', 56, 'type 255'],
  ])('are refused with %s', (_what, at, message) => {
    const bytes = Uint8Array.from(handedOver('# a\n'));
    bytes[at] = 255;
    expect(() => readTree(bytes)).toThrow(message);
  });
});
