import type { Nodes, Root } from 'mdast';
import { TreeNode } from '../../src/model/satteri-tree.ts';

/** What nodes have besides their type, children and position, by their types. */
const NAMES: Partial<Record<Nodes['type'], readonly string[]>> = {
  heading: ['depth'],
  list: ['ordered', 'start', 'spread'],
  listItem: ['spread', 'checked'],
  html: ['value'],
  code: ['lang', 'meta', 'value'],
  definition: ['url', 'title', 'identifier', 'label'],
  text: ['value'],
  inlineCode: ['value'],
  link: ['url', 'title'],
  image: ['url', 'alt', 'title'],
  linkReference: ['identifier', 'label', 'referenceType'],
  imageReference: ['identifier', 'label', 'referenceType', 'alt'],
  footnoteDefinition: ['identifier', 'label'],
  footnoteReference: ['identifier', 'label'],
  table: ['align'],
};
const ALL = [...new Set(Object.values(NAMES).flat())];

/** A node of satteri as a plain object; whatever it has that its type has not comes along. */
function plainNode(node: TreeNode): Record<string, unknown> {
  const values = node as unknown as Record<string, unknown>;
  const own = NAMES[node.type] ?? [];
  const names = ALL.filter((name) => own.includes(name) || values[name] !== undefined);
  return {
    type: node.type,
    ...Object.fromEntries(names.map((name) => [name, values[name]])),
    ...(node.children && { children: [] }),
    position: node.position,
  };
}

/** A tree as plain objects, as mdast has it. No recursion: a tree may be deeper than calls can. */
export function plainTree(root: Root): Root {
  if (!((root as unknown) instanceof TreeNode)) return root;
  const top = plainNode(root as unknown as TreeNode);
  const stack: [TreeNode, Record<string, unknown>][] = [[root as unknown as TreeNode, top]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, plain] = next;
    for (const child of node.children ?? []) {
      const copy = plainNode(child);
      (plain['children'] as unknown[]).push(copy);
      stack.push([child, copy]);
    }
  }
  return top as unknown as Root;
}
