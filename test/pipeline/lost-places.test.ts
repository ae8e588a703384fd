import type { Nodes, Root } from 'mdast';
import { expect, it } from 'vitest';
import { parse } from '../../src/pipeline/parse.ts';
import { loadParsers } from '../helpers/compare-parsers.ts';

const TEXT = '## Exit\n\nWords.\n\n- [x] **If tracked**: linked.\n- [ ] Done.\n';
const parsers = await loadParsers();

/** A tree as others make it: without some of what it knows of places. */
function treeWithout(strip: (node: Nodes) => void): Root {
  const root = structuredClone(parsers.remark(TEXT));
  const stack: Nodes[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    strip(node);
    if ('children' in node) stack.push(...node.children);
  }
  return root;
}

it('a tree without positions tells what its items say', () => {
  const tree = treeWithout((node) => {
    delete node.position;
  });
  const { boxes } = parse(TEXT, parsers.remark, tree);
  expect(boxes.map(({ ticked, ifTracked, label }) => ({ ticked, ifTracked, label }))).toEqual([
    { ticked: true, ifTracked: true, label: 'If tracked: linked.' },
    { ticked: false, ifTracked: false, label: 'Done.' },
  ]);
});

it('a tree without offsets tells where its paragraphs stand', () => {
  const tree = treeWithout((node) => {
    delete node.position?.start.offset;
    delete node.position?.end.offset;
  });
  const { paragraphs } = parse(TEXT, parsers.remark, tree);
  expect(paragraphs[0]?.place).toEqual({ line: 3, column: 1, endLine: 3, endColumn: 7 });
});
