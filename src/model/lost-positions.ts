import type { Nodes, Parents } from 'mdast';
import { TreeNode } from './satteri-tree.ts';

/** Offsets of a node in the text: [from, to). A node of satteri's that has a position is its own range. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Whether the parser knows where a node stands. */
export function isPositioned(node: Nodes): boolean {
  return node instanceof TreeNode ? node.isPositioned : node.position !== undefined;
}

/** The range that a node's own position names. */
export function ownRange(node: Nodes): Range | undefined {
  if (node instanceof TreeNode) return node.isPositioned ? node : undefined;
  const from = node.position?.start.offset;
  const to = node.position?.end.offset;
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** From the first to the last character of a value, as far as both are written as such. */
function trimmed(text: string, value: string, { from, to }: Range): Range {
  const space = text.slice(from, to);
  const first = space.indexOf(value.slice(0, 1));
  const last = space.lastIndexOf(value.slice(-1));
  return first === -1 || first > last ? { from, to } : { from: from + first, to: from + last + 1 };
}

/** Where a bare address stands, at or behind an offset; entities and escapes are found by what stands before them. */
function findLink(text: string, node: Nodes, from: number, to: number): Range | undefined {
  const words = node.type === 'link' && node.children[0]?.type === 'text' ? node.children[0].value : '';
  const plain = (/^[\w.:/@+-]*/.exec(words) as RegExpExecArray)[0];
  const at = words === '' ? -1 : text.slice(from, to).indexOf(plain);
  if (at === -1 || from + at + words.length > to) return undefined;
  return { from: from + at, to: from + at + words.length };
}

/**
 * Ranges of the children of a node that have no position. remark-gfm finds some bare addresses only in the finished
 * tree, as in `[see https://example.com` without an end, and leaves them and the words around them without one. The
 * words fill the space between the addresses.
 */
export function lostRanges(text: string, parent: Parents, within: Range): Map<Nodes, Range> {
  const children: readonly Nodes[] = parent.children;
  let cursor = within.from;
  const ranges = children.map((node) => {
    const range = ownRange(node) ?? findLink(text, node, cursor, within.to);
    // No text is written shorter than it reads.
    cursor = range?.to ?? cursor + (node.type === 'text' ? node.value.length : 0);
    return range;
  });
  const lost = new Map<Nodes, Range>();
  for (const [index, node] of children.entries()) {
    if (isPositioned(node)) continue;
    const space = { from: ranges[index - 1]?.to ?? within.from, to: ranges[index + 1]?.from ?? within.to };
    lost.set(node, ranges[index] ?? (node.type === 'text' ? trimmed(text, node.value, space) : space));
  }
  return lost;
}
