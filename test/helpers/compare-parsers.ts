import { isDeepStrictEqual } from 'node:util';
import type { Nodes, Root } from 'mdast';
import type { Facts, Heading } from '../../src/model/facts.ts';
import { blankFrontmatter, readFrontmatter } from '../../src/model/frontmatter.ts';
import { loadParser, type MarkdownParser } from '../../src/model/markdown.ts';
import { LineTable } from '../../src/model/place.ts';
import { parse } from '../../src/pipeline/parse.ts';
import { plainTree } from './plain-tree.ts';

/** Both parsers, as a config names them. */
export interface Parsers {
  readonly satteri: MarkdownParser;
  readonly remark: MarkdownParser;
}

/** Loads both. The native one may not be stood in for by the other, or nothing would be compared. */
export async function loadParsers(): Promise<Parsers> {
  const refuse = (notice: string): never => {
    throw new Error(notice);
  };
  return { satteri: await loadParser('satteri', refuse), remark: await loadParser('remark', refuse) };
}

/** What is compared of a node; `children` stands for the types of its children. */
const FIELDS = ['start', 'end', 'checked', 'depth', 'ordered', 'url', 'value', 'alt', 'children'] as const;
type Field = (typeof FIELDS)[number];

/** One field in which the nodes in the same place of the two trees differ. */
export interface TreeDifference {
  readonly field: Field;
  /** Types from the root to the node. */
  readonly path: readonly string[];
  readonly satteri: Nodes;
  readonly remark: Nodes;
  /** Source of the paragraph, heading or cell that the nodes are or stand in; empty elsewhere. */
  readonly words: string;
  /** The text that was parsed: without frontmatter. */
  readonly text: string;
  readonly roots: { readonly satteri: Root; readonly remark: Root };
}

/** All in which the parsers differ on one document. */
export interface Comparison {
  readonly tree: readonly TreeDifference[];
  /** Names of the facts that differ. */
  readonly facts: readonly (keyof Facts)[];
}

/** The children of a node; none of a leaf. */
export const childrenOf = (node: Nodes): readonly Nodes[] => ('children' in node ? node.children : []);

/** A node and all below it, in order. */
export function* nodesOf(top: Nodes): Generator<Nodes> {
  const stack: Nodes[] = [top];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    stack.push(...childrenOf(node).toReversed());
  }
}

function point(node: Nodes, side: 'start' | 'end'): string {
  const found = node.position?.[side];
  return found ? `${found.line}:${found.column} ${found.offset}` : 'none';
}

/** A field of a node in comparable form. */
export function fieldOf(node: Nodes, field: Field): unknown {
  if (field === 'start' || field === 'end') return point(node, field);
  if (field === 'children') return Array.from(childrenOf(node), (child) => child.type).join(' ');
  return (node as unknown as Record<string, unknown>)[field] ?? null;
}

type Pair = Pick<TreeDifference, 'path' | 'satteri' | 'remark' | 'words'>;

const HOLDS_WORDS = /^(?:paragraph|heading|tableCell)$/;

/** Source of two nodes that begin or end in different places. */
function sourceOf(text: string, { satteri, remark }: Pick<Pair, 'satteri' | 'remark'>): string {
  const starts = [satteri, remark].map((node) => node.position?.start.offset ?? text.length);
  const ends = [satteri, remark].map((node) => node.position?.end.offset ?? 0);
  return text.slice(Math.min(...starts), Math.max(...ends));
}

/** Children to compare: all, or where their types differ those that both trees have in the same place. */
function pairsBelow(text: string, { satteri, remark, path, words }: Pair): Pair[] {
  const pair = (one: Nodes, other: Nodes | undefined): Pair[] => {
    if (!other) return [];
    const both = { satteri: one, remark: other };
    return [{ ...both, path: [...path, one.type], words: HOLDS_WORDS.test(one.type) ? sourceOf(text, both) : words }];
  };
  const right = childrenOf(remark);
  if (fieldOf(satteri, 'children') === fieldOf(remark, 'children'))
    return childrenOf(satteri).flatMap((child, index) => pair(child, right[index]));
  const key = (node: Nodes): string => `${node.type} ${point(node, 'start')} ${point(node, 'end')}`;
  const others = new Map(right.filter((child) => child.position).map((child) => [key(child), child]));
  return childrenOf(satteri).flatMap((child) => pair(child, others.get(key(child))));
}

function compareTrees(text: string, satteri: Root, remark: Root): TreeDifference[] {
  const found: TreeDifference[] = [];
  const roots = { satteri, remark };
  const stack: Pair[] = [{ satteri, remark, path: ['root'], words: '' }];
  for (let pair = stack.pop(); pair; pair = stack.pop()) {
    for (const field of FIELDS) {
      if (fieldOf(pair.satteri, field) !== fieldOf(pair.remark, field)) found.push({ ...pair, field, text, roots });
    }
    stack.push(...pairsBelow(text, pair).toReversed());
  }
  return found;
}

/** A heading as plain data. */
function toldOf({ depth, text, source, place, words, plain, above }: Heading): unknown {
  return { depth, text, source, place, words, plain, above };
}

/** What facts tell, as plain data. */
function told(facts: Facts, name: keyof Facts): unknown {
  switch (name) {
    case 'paragraphs':
      return facts.paragraphs.map(({ section, text, place }) => ({ section, text, place }));
    case 'boxes':
      return facts.boxes.map(({ label, ...box }) => ({ ...box, label }));
    case 'headings':
      return facts.headings.map(toldOf);
    case 'sections':
      return facts.sections.map(({ heading, ...section }) => ({ ...section, heading: toldOf(heading) }));
    default:
      return facts[name];
  }
}

/** Parses a document with both, and compares trees and facts. */
export function compare(document: string, parsers: Parsers): Comparison {
  const lines = new LineTable(document);
  const text = blankFrontmatter(document, readFrontmatter(document, lines)?.end ?? 0, lines);
  const satteri = parsers.satteri(text);
  const plain = plainTree(satteri);
  const remark = parsers.remark(text);
  const left = parse(document, parsers.satteri, satteri);
  const right = parse(document, parsers.remark, remark);
  const names = Object.keys(left) as (keyof Facts)[];
  return {
    tree: compareTrees(text, plain, remark),
    facts: names.filter((name) => !isDeepStrictEqual(told(left, name), told(right, name))),
  };
}
