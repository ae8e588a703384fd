import type { Nodes } from 'mdast';
import { type Facts, noFacts } from '../../src/model/facts.ts';
import { childrenOf, fieldOf, nodesOf, type TreeDifference } from '../helpers/compare-parsers.ts';

type FactName = keyof Facts;

/** A way in which satteri and remark are known to differ. */
export interface KnownDifference {
  readonly id: string;
  readonly reason: string;
  /** Who does as CommonMark 0.31.2 and GFM say; `unsaid` where they are silent, as on the positions of nodes. */
  readonly right: 'satteri' | 'remark' | 'neither' | 'unsaid';
  /** Facts that may differ with it. */
  readonly facts: readonly FactName[];
  /** Documents that show it and nothing else but what goes with it, each with the facts in which it shows. */
  readonly samples: Readonly<Record<string, readonly FactName[]>>;
  /** Whether one difference between two trees is of this kind. */
  readonly explains: (difference: TreeDifference) => boolean;
}

/** Where a parser sees another block, anything may follow. */
const ANY_FACT = Object.keys(noFacts({ kind: 'limit', message: '' })) as readonly FactName[];

const HEADINGS = ANY_FACT.filter((name) => /heading|section/i.test(name));

const startOf = (node: Nodes | undefined): number => node?.position?.start.offset ?? -1;
const endOf = (node: Nodes | undefined): number => node?.position?.end.offset ?? -1;
const sourceOf = (text: string, node: Nodes): string => text.slice(startOf(node), endOf(node));
const valueIn = (node: Nodes): string => ('value' in node ? node.value : '');
const tickOf = (node: Nodes): boolean | null => (node as { checked?: boolean | null }).checked ?? null;
const childTypes = (node: Nodes): string => fieldOf(node, 'children') as string;

/** What remark has and satteri leaves out at the start of a node. */
const remarkFirst = ({ text, satteri, remark }: TreeDifference): string =>
  text.slice(startOf(remark), startOf(satteri));

/** What one has and the other leaves out at the end of a node. */
const endOfOne = ({ text, satteri, remark }: TreeDifference): string =>
  text.slice(Math.min(endOf(satteri), endOf(remark)), Math.max(endOf(satteri), endOf(remark)));

/** Types of the children, where those of one type in a row count as one. */
function withoutSplits(node: Nodes, type: string): string {
  const types = childrenOf(node).map((child) => child.type);
  return types.filter((name, index) => name !== type || types[index - 1] !== type).join(' ');
}

/** The children are the same but for splits in those of one type. */
const isSplit = ({ field, satteri, remark }: TreeDifference, type: string): boolean =>
  field === 'children' && withoutSplits(satteri, type) === withoutSplits(remark, type);

/** The children at the first place where their types differ, and the one before. */
function firstOdd({ satteri, remark }: TreeDifference): Record<'satteri' | 'remark' | 'before', Nodes | undefined> {
  const left = childrenOf(satteri);
  const right = childrenOf(remark);
  const index = left.findIndex((child, at) => child.type !== right[at]?.type);
  const at = index === -1 ? left.length : index;
  return { satteri: left[at], remark: right[at], before: left[at - 1] };
}

/** Whether the last thing in a block is one of some type: a paragraph, which the next line would go on with. */
function endsIn(type: Nodes['type'], block: Nodes | undefined): boolean {
  let last = block;
  while (last && last.type !== type) last = childrenOf(last).at(-1);
  return last !== undefined;
}

const BOX = /\[[ \txX]\]/.source;
/** From the marker of an item to its words, over the line ends and quotes between. */
const ITEM = /^\S+\s+(?:>[ \t]*)*/.source;
const BOXED_ITEM = new RegExp(ITEM + BOX);
const BOXED_ITEM_FOR_REMARK = new RegExp(String.raw`${ITEM}\[(?:[ \txX]|[\r\n]+[ \t>]*)\][ \t\r\n]`);
const BOX_IN_NEXT_LINE = new RegExp(String.raw`^\S+[ \t]*[\r\n][\s>]*${BOX}\s`);
const BOX_WITH_TAB = new RegExp(String.raw`${ITEM}\[\t\]`);
const BOX_WITH_LINE_END = new RegExp(String.raw`${ITEM}\[[\r\n]`);
const BARE_BOX = new RegExp(String.raw`${BOX}[ \t]*(?:[\r\n]|$)`);
const BARE_BOX_FIRST = new RegExp(`^${BARE_BOX.source}`);
const BARE_BOXED_ITEM = new RegExp(ITEM + BARE_BOX.source);
const BOX_ALONE = new RegExp(String.raw`^${BOX}\s*$`);
const BOX_OR_BLANK = new RegExp(String.raw`^(?:${BOX})?[ \t\r\n>]*$`);
const BOX_FIRST = new RegExp(`^${BOX}`);
const BOX_LAST = new RegExp(String.raw`${BOX}[ \t\r\n>]*$`);

/** The children differ, if at all, by texts and breaks at the start that only one parser has. */
function differsAtStart({ field, satteri, remark }: TreeDifference): boolean {
  if (field !== 'children') return true;
  const [one, other] = [childTypes(satteri), childTypes(remark)];
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.endsWith(short) && /^(?:text|break| )*$/.test(long.slice(0, long.length - short.length));
}

/** Whether satteri left a box of this form in the words that remark took it from. */
const leavesBox = ({ text, satteri }: TreeDifference, box: RegExp): boolean => box.test(text.slice(startOf(satteri)));

/** Boxes: whether an item is a task, and where its words begin. */
const BOXES: readonly KnownDifference[] = [
  {
    id: 'words-begin-at-box',
    reason:
      'remark lets the words of a task begin at the box, unless text follows it in its line. Facts take the words from behind the box.',
    right: 'unsaid',
    facts: [],
    samples: { '- [ ] **strong**\n': [] },
    explains: (difference) =>
      difference.field === 'start' &&
      /listItem paragraph$/.test(difference.path.join(' ')) &&
      BOX_OR_BLANK.test(remarkFirst(difference)) &&
      BOX_LAST.test(difference.text.slice(0, startOf(difference.satteri))),
  },
  {
    id: 'box-in-next-line',
    reason: 'satteri sees no box where its item begins in the line below the marker. Facts find it in the words.',
    right: 'remark',
    facts: [],
    samples: { '-\n  [ ] text\n': [] },
    explains: (difference) => {
      const { field, satteri, remark, text, path } = difference;
      if (field === 'checked') {
        const isFirst = childrenOf(remark)[0]?.type === 'paragraph';
        return isFirst && tickOf(satteri) === null && BOX_IN_NEXT_LINE.test(sourceOf(text, remark));
      }
      const isFirst = /(?:[-*+]|[0-9][.)])[ \t]*[\r\n][ \t\r\n>]*$/.test(text.slice(0, startOf(satteri)));
      return isFirst && path.includes('listItem') && leavesBox(difference, BOX_FIRST) && differsAtStart(difference);
    },
  },
  {
    id: 'box-behind-empty-item',
    reason: 'Behind an empty item remark takes a box for that of the item, list, quote or root around it.',
    right: 'satteri',
    facts: ANY_FACT,
    samples: { '-\n[ ] text\n': [], '- [ ] a\n\n  1.\n  [x] text\n': [] },
    explains: (difference) => {
      const { field, satteri, remark, text } = difference;
      if (field === 'checked') {
        const isItem = remark.type === 'listItem' && childrenOf(remark)[0]?.type === 'paragraph';
        if (tickOf(remark) === null) return false;
        return tickOf(satteri) !== null || !isItem || !BOXED_ITEM_FOR_REMARK.test(sourceOf(text, remark));
      }
      if (!leavesBox(difference, BOX_FIRST)) return false;
      if (leavesBox(difference, BARE_BOX_FIRST) && difference.path.includes('listItem')) return false;
      return differsAtStart(difference) || /^linkReference/.test(childTypes(satteri));
    },
  },
  {
    id: 'wide-tab-in-box',
    reason: 'remark sees no box where the tab in it is wider than one column. Facts find it in the words.',
    right: 'satteri',
    facts: ['links', 'innerHeadings'],
    samples: { '1. [\t] text\n': [], '- [\t] text\n  ---\n': ['innerHeadings'] },
    explains: (difference) => {
      const { field, remark, text, words } = difference;
      if (field === 'checked') return tickOf(remark) === null && BOX_WITH_TAB.test(sourceOf(text, remark));
      return /^\[\t\]/.test(words) && differsAtStart(difference);
    },
  },
  {
    id: 'line-end-in-box',
    reason: 'A line end is white space, so it makes a box; satteri sees none, nor do the facts.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { '- [\n  ] text\n': ['paragraphs'] },
    explains: (difference) => {
      const { field, satteri, remark, text, words } = difference;
      if (field === 'checked') return tickOf(satteri) === null && BOX_WITH_LINE_END.test(sourceOf(text, remark));
      return /^\[[\r\n]+[ \t>]*\]/.test(words) && differsAtStart(difference);
    },
  },
  {
    id: 'bare-box',
    reason:
      'A box is one in front of a line end, if words follow that. satteri takes whatever follows for words, so src/model/markdown.ts hides such boxes from it. Facts find them in the words.',
    right: 'remark',
    facts: ['links'],
    samples: { '- [ ]\n  text\n': [], '- [ ] \n  text\n': [], '- [ ]\r\n  text\r\n': [] },
    explains: (difference) => {
      const { field, satteri, remark, text, words } = difference;
      if (field === 'checked') return tickOf(satteri) === null && BARE_BOXED_ITEM.test(sourceOf(text, remark));
      if (field === 'children' && /linkReference/.test(childTypes(remark)) && BARE_BOX.test(words)) return true;
      return leavesBox(difference, BARE_BOX_FIRST) && differsAtStart(difference);
    },
  },
  {
    id: 'box-in-code',
    reason: 'Behind a marker and two tabs there is indented code; satteri sees a box in it.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { '-\t\t[ ] text\n': ['boxes'] },
    explains: ({ satteri, remark }) => tickOf(satteri) !== null && childrenOf(remark)[0]?.type === 'code',
  },
  {
    id: 'box-before-no-paragraph',
    reason:
      'An item is a task only if it begins with a paragraph. Where its words are a heading underlined with `-` or `=`, or the head of a table, satteri has taken off the box before. Facts read a box before a heading from the text.',
    right: 'remark',
    facts: ANY_FACT,
    samples: {
      '- [ ] text\n  ---\n': ['innerHeadings'],
      '- [ ] |\n  -:\n  text\n': ['boxes'],
      '- [x] |a\n  -:\n': ['boxes'],
    },
    explains: (difference) => {
      const { satteri, remark, text, path, words } = difference;
      if (satteri.type === 'listItem' && BOXED_ITEM.test(sourceOf(text, satteri))) {
        const isOther = /^(?:heading|table)/;
        return isOther.test(childTypes(satteri)) || isOther.test(childTypes(remark));
      }
      const isOther = /listItem (?:heading|table)/.test(path.join(' '));
      return isOther && (BOX_ALONE.test(remarkFirst(difference)) || BOX_FIRST.test(words));
    },
  },
];

const PHRASING = /^(?:paragraph|heading|tableCell|emphasis|strong|delete|link)$/;

const isPhrasing = ({ field, satteri }: TreeDifference): boolean => field !== 'children' || PHRASING.test(satteri.type);

/** Bare addresses. */
const ADDRESSES: readonly KnownDifference[] = [
  {
    id: 'no-position',
    reason:
      'remark-gfm finds addresses in the finished tree that its tokenizer missed, and gives no positions to them and the words around them. src/model/lost-positions.ts finds them again; behind an entity or escape in an address the end is short.',
    right: 'satteri',
    facts: ['links'],
    samples: { '[see www.example.com\n': [], '[see https://example.com/?a&ap;b\n': ['links'] },
    explains: ({ field, remark }) =>
      (field === 'start' || field === 'end') && !remark.position && /^(?:link|text)$/.test(remark.type),
  },
  {
    id: 'bare-e-mail',
    reason:
      'A bare e-mail address is a link anywhere in text. satteri wants none behind a slash, and leaves `_` in front of it and `mailto:` behind punctuation outside of the link.',
    right: 'remark',
    facts: [...HEADINGS, 'links', 'mentions', 'placeholders'],
    samples: { 'git+ssh://git@example.com\n': ['links'], '_mailto:a@b.co_\n': ['links'], '/_a@b.co\n': ['links'] },
    explains: (difference) =>
      isPhrasing(difference) &&
      /link|text/.test(`${difference.satteri.type} ${childTypes(difference.satteri)}`) &&
      /[\w.+-]@[\w-]|mailto:|xmpp:/.test(difference.words),
  },
  {
    id: 'entity-in-address',
    reason:
      'An entity in an address that remark-gfm finds in the finished tree has been read by then; satteri keeps it as written behind a reference to a footnote.',
    right: 'remark',
    facts: ['links'],
    samples: { '[[^1]http://a.&ap;a\n\n[^1]: b\n': ['links'] },
    explains: ({ field, satteri, remark, text }) =>
      (field === 'url' || field === 'value') && !remark.position && /&\w+;/.test(sourceOf(text, satteri)),
  },
  {
    id: 'address-beside-symbol',
    reason:
      'An address may follow white space or one of `*_~(`, and a domain holds letters, digits, `-` and `_`. satteri lets an address follow an emoji and a domain begin with a quotation mark.',
    right: 'remark',
    facts: ['links'],
    samples: { '👍www.example.com\n': ['links'], 'http://“a”\n': ['links'] },
    explains: (difference) =>
      isPhrasing(difference) &&
      /[\u{10000}-\u{10ffff}](?:www\.|https?:)|(?:www\.|https?:\/\/)[^\w\s]/u.test(difference.words),
  },
  {
    id: 'split-text',
    reason: 'satteri leaves two texts side by side where an address ends in front of punctuation.',
    right: 'unsaid',
    facts: [...HEADINGS, 'links'],
    samples: { '[a https://example.com] b\n': [] },
    explains: (difference) => isSplit(difference, 'text'),
  },
];

/** Whether nothing but blank lines and markers stand between code and a block. */
function isBehindCode(block: Nodes, root: Nodes): boolean {
  const before = Array.from(nodesOf(root)).filter((node) => node.position && endOf(node) <= startOf(block));
  return before.at(-1)?.type === 'code';
}

/** Whether a definition of either kind stands before an offset. */
const isBehindDefinition = (offset: number, root: Nodes): boolean =>
  Array.from(nodesOf(root)).some((node) => /efinition$/.test(node.type) && startOf(node) < offset);

/** Blocks: where one begins. */
const BLOCKS: readonly KnownDifference[] = [
  {
    id: 'split-code',
    reason: 'In an item that begins with indented code, satteri begins another one with every line.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { '- a\n-     b\n      c\n': [] },
    explains: (difference) => isSplit(difference, 'code'),
  },
  {
    id: 'split-paragraph',
    reason:
      'satteri breaks a paragraph in front of a line that may begin a table or a footnote, and then does not: the rule of the table is a list item or indented, the label holds a space.',
    right: 'remark',
    facts: ANY_FACT,
    samples: {
      'text\n[^a b]: text\n': ['paragraphs', 'links'],
      'text\n[^a b]: two words\n': ['paragraphs'],
      'text\na|b\n- |-\n': ['paragraphs'],
      '- text\n   +\n| a  | b |\n     | - | - |\n': ['paragraphs'],
    },
    explains: (difference) => {
      if (difference.field !== 'children') return false;
      const blocks = childrenOf(difference.satteri);
      if (blocks.some((block) => /^\[\^[^\]\s]*\s/.test(sourceOf(difference.text, block)))) return true;
      return blocks.some((block, index) => {
        const before = blocks[index - 1];
        const isNext = block.position?.start.line === (before?.position?.end.line ?? 0) + 1;
        return isNext && endsIn('paragraph', before) && /^(?:paragraph|definition)$/.test(block.type);
      });
    },
  },
  {
    id: 'label-of-footnote-with-space',
    reason: 'What looks like a footnote with a space in its label is a link reference; satteri sees none.',
    right: 'remark',
    facts: ['links'],
    samples: { 'a [^b c]\n\n[^b c]: d\n': ['links'] },
    explains: ({ field, remark, words }) =>
      field === 'children' && /linkReference/.test(childTypes(remark)) && /\[\^[^\]\s]*\s/.test(words),
  },
  {
    id: 'table-rule-indented',
    reason:
      'satteri counts the indentation of the rule of a table wrong: behind a tab, in a quote or item, and where the head is a lazy line of an item.',
    right: 'remark',
    facts: ANY_FACT,
    samples: {
      '> a\n> \t:-\n': ['paragraphs'],
      '1. a\nb|c\n   -|-\n': ['paragraphs'],
      '- a\n\t  |-\n': ['paragraphs'],
    },
    explains: (difference) => {
      if (difference.field !== 'children') return false;
      const { satteri, remark } = firstOdd(difference);
      const table = [satteri, remark].find((node) => node?.type === 'table');
      return table !== undefined && /[\r\n][ \t>]*[ \t][ \t]*[|:-]/.test(sourceOf(difference.text, table));
    },
  },
  {
    id: 'table-behind-table-of-item',
    reason: 'To remark no line is the head of a table that ends an item which ends in a table.',
    right: 'satteri',
    facts: ANY_FACT,
    samples: { '- a\n\n  b|c\n  -|-\nd|e\n-|-\n': ['paragraphs'] },
    explains: (difference) => {
      if (difference.field !== 'children') return false;
      const { before, satteri, remark } = firstOdd(difference);
      return (
        satteri?.type === 'table' && remark?.type === 'paragraph' && before?.type === 'list' && endsIn('table', before)
      );
    },
  },
  {
    id: 'list-behind-code',
    reason:
      'Only a paragraph keeps an item that is empty or does not count from 1 from beginning a list; remark thinks so of indented code too (and outside of a list satteri does).',
    right: 'satteri',
    facts: ANY_FACT,
    samples: { '- a\n-     code\n  2. text\n': ['paragraphs'] },
    explains: (difference) => {
      if (difference.field !== 'children') return false;
      const { before, satteri, remark } = firstOdd(difference);
      if (satteri?.type === 'list' && /^(?:paragraph|heading)$/.test(remark?.type ?? ''))
        return isBehindCode(satteri, difference.roots.satteri);
      // What remark takes for a paragraph may go on in a lazy line.
      return before !== undefined && Array.from(nodesOf(before), childTypes).some((types) => /code list/.test(types));
    },
  },
  {
    id: 'list-behind-definition',
    reason: 'As above, satteri of other blocks behind a definition.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { '    code\n\n[a]: b\n\n2. text\n': ['paragraphs'], '[a]: b\n# c\n2. text\n': ['paragraphs'] },
    explains: (difference) => {
      if (difference.field !== 'children') return false;
      const { before, satteri, remark } = firstOdd(difference);
      if (!remark || !isBehindDefinition(startOf(remark), difference.roots.satteri)) return false;
      if (remark.type === 'list') return satteri?.type === 'paragraph' || satteri?.type === 'heading';
      return remark.type === 'paragraph' && before?.type === 'list';
    },
  },
  {
    id: 'html-end-tag',
    reason:
      'The end tag of any of `pre`, `script`, `style` and `textarea` ends the HTML that any of them began; satteri waits for the right one.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { '<textarea></script>\na\n': ['paragraphs'] },
    explains: (difference) =>
      /^(?:end|value|children)$/.test(difference.field) &&
      Array.from(nodesOf(difference.satteri), valueIn).some((value) =>
        /^[ \t]*<(?:pre|script|style|textarea)[\s\S]*<\/(?:pre|script|style|textarea)>/i.test(value),
      ),
  },
  {
    id: 'list-in-footnote',
    reason:
      'An empty item at the start of a footnote behind a paragraph: one parser sees none, as if it had to interrupt the paragraph.',
    right: 'unsaid',
    facts: ANY_FACT,
    samples: { 'a\n[^a]: *\n': ['paragraphs'] },
    explains: ({ field, satteri, remark, path }) =>
      field === 'children' &&
      path.at(-1) === 'footnoteDefinition' &&
      /list/.test(`${childTypes(satteri)} ${childTypes(remark)}`),
  },
  {
    id: 'image-of-footnote',
    reason: 'Behind `!` satteri takes a reference to a footnote for the beginning of an image.',
    right: 'unsaid',
    facts: ['links'],
    samples: { '![^1][\n\n[^1]: a\n': [] },
    explains: ({ field, remark, words }) =>
      field === 'children' && /footnoteReference/.test(childTypes(remark)) && /!\[\^/.test(words),
  },
  {
    id: 'tag-behind-table',
    reason: 'Another block ends a table, and a tag alone in its line is one; satteri takes it for a row.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { 'a|b\n-|-\n<c>\n': [] },
    explains: ({ field, path, satteri, text }) =>
      /^(?:end|children)$/.test(field) &&
      [satteri, ...childrenOf(satteri)].some(
        (node) => node.type === 'table' && /[\r\n][ \t>]*<[^\r\n]*>[ \t]*(?:[\r\n]|$)/.test(sourceOf(text, node)),
      ) &&
      !path.includes('tableRow'),
  },
  {
    id: 'tag-in-lazy-line',
    reason:
      'A tag alone in a lazy line goes on with the paragraph. Both take it for HTML, in the block around or behind it.',
    right: 'neither',
    facts: ANY_FACT,
    samples: { '[^a]: b\n<c>\n': [], '> [a]: b\n<c>\n': [] },
    explains: (difference) => {
      const { before, satteri } = firstOdd(difference);
      const isContainer = /^(?:footnoteDefinition|blockquote|list)$/.test(before?.type ?? '');
      return difference.field === 'children' && isContainer && satteri?.type === 'html';
    },
  },
  {
    id: 'split-quote',
    reason: 'satteri ends a quote in which an item ends with unclosed HTML, and begins another one.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { '> 0.\n>    <pre\n>\n> a\n': [] },
    explains: (difference) => isSplit(difference, 'blockquote'),
  },
  {
    id: 'footnote-in-footnote',
    reason: 'A footnote at the start of a footnote: satteri puts it behind, remark inside.',
    right: 'unsaid',
    facts: ANY_FACT,
    samples: { '[^a]: [^b]: text\n': [] },
    explains: (difference) => isSplit(difference, 'footnoteDefinition'),
  },
];

/** Whether the parsers may find emphasis in other places. */
function isEmphasis({ field, satteri, remark }: TreeDifference): boolean {
  if (field !== 'children') return /^(?:emphasis|strong|delete|text)$/.test(satteri.type);
  const places = (top: Nodes): string =>
    Array.from(nodesOf(top), (node) =>
      /^(?:emphasis|strong|delete)$/.test(node.type) ? `${node.type} ${startOf(node)} ${endOf(node)} ` : '',
    ).join('');
  return PHRASING.test(satteri.type) && places(satteri) !== places(remark);
}

/** Emphasis. */
const EMPHASES: readonly KnownDifference[] = [
  {
    id: 'emphasis-beside-mark',
    reason: 'satteri takes an escaped character or another mark beside `*` and `_` for a letter, not for punctuation.',
    right: 'remark',
    facts: [...HEADINGS, 'links', 'mentions', 'placeholders'],
    samples: { 'a*_*\n': [], '2\\**10, 2\\**6\n': [], '## a*_*\n': ['headings', 'sections'] },
    explains: (difference) =>
      isEmphasis(difference) && /\\[!-/:-@[-`{-~][*_~]|[*_~]\\|\*[_~]|_[*~]|~[*_]/.test(difference.words),
  },
  {
    id: 'emphasis-beside-emoji',
    reason:
      'A symbol counts as punctuation; remark, which reads UTF-16 units, does not see those outside of the first plane.',
    right: 'satteri',
    facts: [...HEADINGS, 'links', 'mentions', 'placeholders'],
    samples: { '👍_a_\n': [], '## 👍_a_\n': ['headings', 'sections'] },
    explains: (difference) =>
      isEmphasis(difference) && /[*_~][\u{10000}-\u{10ffff}]|[\u{10000}-\u{10ffff}][*_~]/u.test(difference.words),
  },
];

/** The ends and values of what both see. */
const EDGES: readonly KnownDifference[] = [
  {
    id: 'nul',
    reason: 'NUL has to be read as U+FFFD; satteri keeps it. src/pipeline/read.ts refuses documents that hold one.',
    right: 'remark',
    facts: ANY_FACT,
    samples: { 'a\0b\n': [], '## a\0b\n': ['headings', 'sections'] },
    explains: ({ field, satteri, text }) => /value|children/.test(field) && sourceOf(text, satteri).includes('\0'),
  },
  {
    id: 'end-in-blank',
    reason: 'Blank lines, and markers of quotes without words, behind the last words of a block: in or out.',
    right: 'unsaid',
    facts: [],
    samples: { '> -\n> 1.\n': [], '> ~~~\r\n': [] },
    explains: (difference) => difference.field === 'end' && /^[ \t\r\n>]+$/.test(endOfOne(difference)),
  },
  {
    id: 'end-in-next-item',
    reason:
      'The position of an item that ends with an unclosed fence or HTML, or stands in a footnote, may reach into the next line.',
    right: 'neither',
    facts: [],
    samples: { '- ```\n- [ ] a\n': [], '[^a]: - b\n    - c\n': [] },
    explains: ({ field, satteri, path }) => {
      if (field !== 'end' || !/^(?:list|listItem|code|html)$/.test(satteri.type)) return false;
      const last = Array.from(nodesOf(satteri)).at(-1)?.type;
      return path.includes('footnoteDefinition') || last === 'code' || last === 'html';
    },
  },
  {
    id: 'prefix-in-html',
    reason:
      'satteri leaves the indentation and quote markers of further lines in the value of HTML, and a line end behind it, but not the indentation before it. Facts read HTML from the text.',
    right: 'remark',
    facts: [],
    samples: { '> a <!--\n> -->\n': [], '- a\n <b>\n': [] },
    explains: (difference) => {
      const { field, satteri, remark } = difference;
      const bare = (node: Nodes): string =>
        valueIn(node)
          .replace(/^[ \t>]+/gm, '')
          .trimEnd();
      if (satteri.type !== 'html') return false;
      if (field === 'start') return /^[ \t]+$/.test(remarkFirst(difference));
      return field === 'value' && bare(satteri) === bare(remark);
    },
  },
  {
    id: 'white-space-in-code',
    reason:
      'satteri drops or adds blank lines at the end of an unclosed fence, and takes CR in code for LF, and keeps indentation in code that goes on in the next line.',
    right: 'remark',
    facts: [],
    samples: { '    a\r\r\t': [] },
    explains: ({ field, satteri, remark }) => {
      const words = (node: Nodes): string => valueIn(node).replace(/\s+/g, ' ').trim();
      return field === 'value' && /ode$/.test(satteri.type) && words(satteri) === words(remark);
    },
  },
];

/** The whole list, the particular before the general: a difference is of the first kind that explains it. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [...BOXES, ...BLOCKS, ...EMPHASES, ...ADDRESSES, ...EDGES];
