import { isDeepStrictEqual } from 'node:util';
import type { Nodes, Root } from 'mdast';
import type { Facts } from '../../src/model/facts.ts';
import { blankFrontmatter, readFrontmatter } from '../../src/model/frontmatter.ts';
import { loadParser, type MarkdownParser } from '../../src/model/markdown.ts';
import { LineTable } from '../../src/model/place.ts';
import { parse } from '../../src/pipeline/parse.ts';

/** Both parsers, as a config names them. */
export interface Parsers {
  readonly satteri: MarkdownParser;
  readonly remark: MarkdownParser;
}

/** Loads both; the native one may not be replaced by the other, or nothing would be compared. */
export async function loadParsers(): Promise<Parsers> {
  const refuse = (notice: string): never => {
    throw new Error(notice);
  };
  return { satteri: await loadParser('satteri', refuse), remark: await loadParser('remark', refuse) };
}

/** What is compared of a node; `children` stands for the types of its children. */
const FIELDS = ['start', 'end', 'checked', 'depth', 'ordered', 'url', 'value', 'alt', 'children'] as const;
type Field = (typeof FIELDS)[number];

/** One field in which two nodes at the same place of the two trees differ. */
export interface TreeDifference {
  readonly field: Field;
  /** Types from the root to the node. */
  readonly path: readonly string[];
  readonly satteri: Nodes;
  readonly remark: Nodes;
  /** The text that was parsed: without frontmatter. */
  readonly text: string;
  readonly roots: { readonly satteri: Root; readonly remark: Root };
}

/** All in which the parsers differ on one document. */
export interface Comparison {
  readonly text: string;
  readonly tree: readonly TreeDifference[];
  /** Names of the facts that differ. */
  readonly facts: readonly (keyof Facts)[];
}

function point(node: Nodes, side: 'start' | 'end'): string {
  const found = node.position?.[side];
  return found ? `${found.line}:${found.column} ${found.offset}` : 'none';
}

/** The children of a node; none of a leaf. */
export const childrenOf = (node: Nodes): readonly Nodes[] => ('children' in node ? node.children : []);

/** A field of a node in comparable form. */
export function fieldOf(node: Nodes, field: Field): unknown {
  if (field === 'start' || field === 'end') return point(node, field);
  if (field === 'children')
    return childrenOf(node)
      .map((child) => child.type)
      .join(' ');
  return (node as unknown as Record<string, unknown>)[field] ?? null;
}

interface Pair {
  readonly satteri: Nodes;
  readonly remark: Nodes;
  readonly path: readonly string[];
}

/** Children to compare: all, or where their types differ those that both trees have in the same place. */
function pairsOf(satteri: Nodes, remark: Nodes, path: readonly string[]): Pair[] {
  const left = childrenOf(satteri);
  const right = childrenOf(remark);
  const pair = (one: Nodes, other: Nodes | undefined): Pair[] =>
    other ? [{ satteri: one, remark: other, path: [...path, one.type] }] : [];
  if (fieldOf(satteri, 'children') === fieldOf(remark, 'children'))
    return left.flatMap((child, index) => pair(child, right[index]));
  const key = (node: Nodes): string => `${node.type} ${point(node, 'start')} ${point(node, 'end')}`;
  const others = new Map(right.filter((child) => child.position).map((child) => [key(child), child]));
  return left.flatMap((child) => pair(child, others.get(key(child))));
}

function compareTrees(text: string, satteri: Root, remark: Root): TreeDifference[] {
  const found: TreeDifference[] = [];
  const stack: Pair[] = [{ satteri, remark, path: ['root'] }];
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    const { satteri: left, remark: right, path } = pair;
    const fields = FIELDS.filter((field) => fieldOf(left, field) !== fieldOf(right, field));
    found.push(...fields.map((field) => ({ ...pair, field, text, roots: { satteri, remark } }) as TreeDifference));
    stack.push(...pairsOf(left, right, path).toReversed());
  }
  return found;
}

/** Parses a document with both, and compares trees and facts. */
export function compare(document: string, parsers: Parsers): Comparison {
  const end = readFrontmatter(document, new LineTable(document))?.end ?? 0;
  const text = blankFrontmatter(document, end);
  const satteri = parsers.satteri(text);
  const remark = parsers.remark(text);
  const left = parse(document, parsers.satteri, satteri);
  const right = parse(document, parsers.remark, remark);
  const names = Object.keys(left) as (keyof Facts)[];
  return {
    text,
    tree: compareTrees(text, satteri, remark),
    facts: names.filter((name) => !isDeepStrictEqual(left[name], right[name])),
  };
}
