import type { AlignType, Nodes, ReferenceType } from 'mdast';
import { NODE } from './satteri-bytes.ts';

/* What numbers mean in the bytes that satteri gives. */

export const REFERENCES: readonly ReferenceType[] = ['shortcut', 'collapsed', 'full'];
export const ALIGNMENTS: readonly AlignType[] = [null, 'left', 'right', 'center'];
/** What a box can be: not ticked, ticked, none. */
export const BOXES: readonly (boolean | null)[] = [false, true, null];

export type Type = Nodes['type'];

/** The types of nodes, by their numbers. */
export const TYPES: readonly Type[] = [
  'root',
  'paragraph',
  'heading',
  'thematicBreak',
  'blockquote',
  'list',
  'listItem',
  'html',
  'code',
  'definition',
  'text',
  'emphasis',
  'strong',
  'inlineCode',
  'break',
  'link',
  'image',
  'linkReference',
  'imageReference',
  'footnoteDefinition',
  'footnoteReference',
  'table',
  'tableRow',
  'tableCell',
  'delete',
];

const LEAVES: readonly Type[] = [
  'thematicBreak',
  'html',
  'code',
  'definition',
  'text',
  'inlineCode',
  'break',
  'image',
  'imageReference',
  'footnoteReference',
];
/** Whether nodes can have children, by the numbers of their types. */
export const IS_PARENT: readonly boolean[] = TYPES.map((type) => !LEAVES.includes(type));

/** The number of the type of the node that begins at a word. */
export const typeNumber = (words: Uint32Array, base: number): number => (words[base + NODE.type] as number) & 0xff;
