import type { Nodes } from 'mdast';
import type { Facts } from '../../src/model/facts.ts';
import type { TreeDifference } from '../helpers/compare-parsers.ts';

export interface KnownDifference {
  readonly id: string;
  readonly reason: string;
  readonly right: 'satteri' | 'remark' | 'both' | 'neither';
  readonly facts: readonly (keyof Facts)[];
  readonly samples: readonly string[];
  readonly explains: (difference: TreeDifference) => boolean;
}

const startOf = (node: Nodes): number => node.position?.start.offset ?? -1;
const endOf = (node: Nodes): number => node.position?.end.offset ?? -1;

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    id: 'no-position',
    reason:
      'remark-gfm finds addresses in the finished tree that its tokenizer missed, and gives them no positions; src/model/lost-positions.ts finds them again',
    right: 'satteri',
    facts: ['links'],
    samples: ['[see www.example.com\n'],
    explains: ({ field, remark }) =>
      (field === 'start' || field === 'end') && !remark.position && /^(link|text)$/.test(remark.type),
  },
  {
    id: 'box-in-paragraph',
    reason:
      'remark leaves the start of the paragraph at the box, or at the line end behind it, when the words behind do not begin with text',
    right: 'satteri',
    facts: [],
    samples: ['- [ ] **strong**\n', '- [ ]\n  text\n'],
    explains: ({ field, satteri, remark, text }) =>
      field === 'start' &&
      /^(\[[ \txX]\])?[ \t\r\n>]*$/.test(text.slice(startOf(remark), startOf(satteri))) &&
      startOf(remark) < startOf(satteri),
  },
];
