import type { Nodes } from 'mdast';
import type { Facts } from '../../src/model/facts.ts';
import { childrenOf, fieldOf, type TreeDifference } from '../helpers/compare-parsers.ts';

/** A way in which satteri and remark are known to differ. */
export interface KnownDifference {
  readonly id: string;
  readonly reason: string;
  /** Who does as CommonMark 0.31.2 and GFM say; `unsaid` where they are silent, as on the positions of nodes. */
  readonly right: 'satteri' | 'remark' | 'neither' | 'unsaid';
  /** Facts that may differ with it. */
  readonly facts: readonly (keyof Facts)[];
  /** Documents that show it and nothing else. */
  readonly samples: readonly string[];
  /** Whether one difference between two trees is of this kind. */
  readonly explains: (difference: TreeDifference) => boolean;
}

/** Where a parser sees another block, anything may follow. */
const ANY_FACT: readonly (keyof Facts)[] = [
  'headings',
  'sections',
  'boxes',
  'paragraphs',
  'placeholders',
  'mentions',
  'links',
  'commands',
  'controls',
  'directiveProblems',
];

const startOf = (node: Nodes | undefined): number => node?.position?.start.offset ?? -1;
const endOf = (node: Nodes | undefined): number => node?.position?.end.offset ?? -1;
const sourceOf = (text: string, node: Nodes): string => text.slice(startOf(node), endOf(node));
const valueOf = (node: Nodes): string => ('value' in node ? node.value : '');
const checkedOf = (node: Nodes): boolean | null =>
  node.type === 'listItem' || 'checked' in node ? ((node as { checked?: boolean | null }).checked ?? null) : null;
const between = (text: string, a: number, b: number): string => text.slice(Math.min(a, b), Math.max(a, b));

/** Every node below a node, in order. */
function* nodesOf(top: Nodes): Generator<Nodes> {
  const stack: Nodes[] = [top];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    stack.push(...childrenOf(node).toReversed());
  }
}

const urlsOf = (node: Nodes): string[] =>
  [...nodesOf(node)].flatMap((found) => (found.type === 'link' ? [found.url] : []));
const labelsOf = (node: Nodes): string[] =>
  [...nodesOf(node)].flatMap((found) =>
    /^(definition|footnoteDefinition)$/.test(found.type)
      ? [`${found.type} ${(found as { identifier: string }).identifier}`]
      : [],
  );

const emphasisOf = (node: Nodes): number =>
  [...nodesOf(node)].filter((found) => /^(?:emphasis|strong|delete)$/.test(found.type)).length;

/** Whether a node is an item that begins with a paragraph, and that with a box. */
function beginsWithBox(text: string, node: Nodes): boolean {
  const first = childrenOf(node)[0];
  return (
    node.type === 'listItem' &&
    first?.type === 'paragraph' &&
    /^\S+\s+(?:>[ \t]*)*\[[\sxX][ \t>]*\]\s/.test(sourceOf(text, node))
  );
}

const withoutBreaks = (node: Nodes): string =>
  childrenOf(node)
    .map((child) => child.type)
    .join(' ')
    .replaceAll('text break text', 'text');

/** Types of the children, where those of one type in a row count as one. */
function withoutSplits(node: Nodes, type: string): string {
  const types = childrenOf(node).map((child) => child.type);
  return types.filter((name, index) => name !== type || types[index - 1] !== type).join(' ');
}

/** The first children whose types differ, and what stands before them. */
function firstOdd({ satteri, remark }: TreeDifference): {
  satteri?: Nodes | undefined;
  remark?: Nodes | undefined;
  before?: Nodes | undefined;
  next?: Nodes | undefined;
} {
  const left = childrenOf(satteri);
  const right = childrenOf(remark);
  const index = left.findIndex((child, at) => child.type !== right[at]?.type);
  const at = index === -1 ? left.length : index;
  return { satteri: left[at], remark: right[at], before: left[at - 1], next: left[at + 1] };
}

const BOX = String.raw`\[[ \txX]\]`;
/** From the marker of an item to its box, over the line ends and quotes between. */
const BOXED_ITEM = new RegExp(String.raw`^\S+\s+(?:>[ \t]*)*${BOX}`);
const BEHIND_BOX = new RegExp(String.raw`${BOX}[ \t\r\n>]*$`);
const BARE_BOX = new RegExp(String.raw`^(?:\S+\s+(?:>[ \t]*)*)?${BOX}[ \t]*[\r\n]`);
/** An emphasis mark beside an escaped or another one. */
const BESIDE_DELIMITER = /\\[!-/:-@[-`{-~][*_~]|\*[_~]|_[*~]|~[*_]/;
const PHRASING = /^(?:paragraph|heading|tableCell|emphasis|strong|delete|link)$/;
const E_MAIL = /[\w.+-]@[\w-]|mailto:|xmpp:/;

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    id: 'no-position',
    reason:
      'remark-gfm finds addresses in the finished tree that its tokenizer missed, and gives no positions to them and the words around them. src/model/lost-positions.ts finds them again; behind an entity or escape in an address the end is short.',
    right: 'satteri',
    facts: ['links'],
    samples: ['[see www.example.com\n', '[see https://example.com/?a&amp;b\n'],
    explains: ({ field, remark }) =>
      (field === 'start' || field === 'end') && !remark.position && /^(?:link|text)$/.test(remark.type),
  },
  {
    id: 'words-begin-at-box',
    reason:
      'remark lets a paragraph begin at the box, or behind the line end, unless text follows the box in its line. Facts take the words from behind the box.',
    right: 'unsaid',
    facts: [],
    samples: ['- [ ] **strong**\n', '- [ ]\n  text\n'],
    explains: ({ field, satteri, remark, text }) =>
      field === 'start' &&
      startOf(remark) <= startOf(satteri) &&
      new RegExp(String.raw`^(?:${BOX})?[ \t\r\n>]*$`).test(text.slice(startOf(remark), startOf(satteri))) &&
      BEHIND_BOX.test(text.slice(0, startOf(satteri))),
  },
  {
    id: 'box-behind-empty-item',
    reason: 'Behind an empty item remark takes a box for that of the item, list, quote or root around.',
    right: 'satteri',
    facts: ANY_FACT,
    samples: ['-\n[ ] text\n', '-\n  -\n  [ ] text\n', '- []\n\n  -\n  [ ] text\n'],
    explains: ({ field, satteri, remark, text }) =>
      (field === 'checked' &&
        checkedOf(satteri) === null &&
        checkedOf(remark) !== null &&
        !beginsWithBox(text, remark)) ||
      ((field === 'start' || field === 'value') &&
        startOf(satteri) < startOf(remark) &&
        new RegExp(String.raw`^${BOX}\s*$`).test(text.slice(startOf(satteri), startOf(remark)))) ||
      (field === 'children' &&
        PHRASING.test(satteri.type) &&
        childrenOf(satteri)[0]?.type === 'linkReference' &&
        new RegExp(`^${BOX}`).test(sourceOf(text, satteri))),
  },
  {
    id: 'box-in-next-line',
    reason:
      'satteri does not see a box when its item begins in the line below the marker. Facts find the box in the words.',
    right: 'remark',
    facts: [],
    samples: ['-\n  [ ] text\n'],
    explains: ({ field, satteri, remark, text }) =>
      (field === 'checked' &&
        checkedOf(satteri) === null &&
        checkedOf(remark) !== null &&
        /^\S+[ \t]*[\r\n][\s>]*\[[ \txX]\]\s/.test(sourceOf(text, remark))) ||
      ((field === 'start' || field === 'value') &&
        new RegExp(String.raw`^${BOX}\s*$`).test(text.slice(startOf(satteri), startOf(remark))) &&
        /(?:[-*+]|[0-9][.)])[ \t]*[\r\n]+[ \t>]*$/.test(text.slice(0, startOf(satteri)))),
  },
  {
    id: 'wide-tab-in-box',
    reason: 'remark sees no box where the tab in it is wider than one column. Facts find the box in the words.',
    right: 'satteri',
    facts: [],
    samples: ['1. [\t] text\n'],
    explains: ({ field, satteri, remark, text }) =>
      (field === 'checked' &&
        checkedOf(satteri) === false &&
        checkedOf(remark) === null &&
        /^\S+\s+(?:>[ \t]*)*\[\t\]/.test(sourceOf(text, remark))) ||
      ((field === 'start' || field === 'value') && /^\[\t\]/.test(text.slice(startOf(remark), startOf(satteri)))),
  },
  {
    id: 'line-end-in-box',
    reason: 'A line end is white space, so it makes a box; satteri sees none.',
    right: 'remark',
    facts: ANY_FACT,
    samples: ['- [\n  ] text\n'],
    explains: ({ field, satteri, remark, text }) =>
      (field === 'checked' &&
        checkedOf(satteri) === null &&
        checkedOf(remark) === false &&
        /^\S+\s+(?:>[ \t]*)*\[[\r\n]/.test(sourceOf(text, remark))) ||
      ((field === 'start' || field === 'value' || field === 'children') &&
        startOf(satteri) < startOf(remark) &&
        /^\[[\r\n]+[ \t>]*\]\s*$/.test(text.slice(startOf(satteri), startOf(remark)))),
  },
  {
    id: 'box-before-line-end',
    reason:
      'satteri does not see a box in front of CRLF, and src/model/markdown.ts hides one in front of spaces from it, as it would lose a list below it. Facts find the box in the words.',
    right: 'remark',
    facts: [],
    samples: ['- [ ]\r\n  text\r\n', '- [ ] \n  text\n', '- [ ]  \n  text\n', '- [ ] \n  - [ ] text\n'],
    explains: (difference) => {
      const { field, satteri, remark, text } = difference;
      if (field === 'checked') return checkedOf(satteri) === null && BARE_BOX.test(sourceOf(text, remark));
      if (field === 'end')
        return (
          /^[ \t]+$/.test(between(text, endOf(satteri), endOf(remark))) &&
          new RegExp(`${BOX}[ \t]*$`).test(text.slice(0, endOf(satteri)))
        );
      if (field === 'value' && valueOf(satteri).includes('[\u00a0]')) return true;
      return (
        BARE_BOX.test(sourceOf(text, satteri)) ||
        (field === 'children' &&
          new RegExp(`${BOX}[ \t]{2,}[\r\n]`).test(sourceOf(text, satteri)) &&
          fieldOf(satteri, field) === withoutBreaks(remark))
      );
    },
  },
  {
    id: 'box-before-underline',
    reason:
      'An item is a task only if it begins with a paragraph: where its words are a heading underlined with `-` or `=`, or the head of a table, satteri has taken the box off before. Facts read a box before a heading from the text.',
    right: 'remark',
    facts: ANY_FACT,
    samples: ['- [ ] text\n  ---\n', '- [ ]\n  =\n', '- [ ] |\n  -:\n  text\n'],
    explains: ({ field, satteri, remark, path, text }) =>
      (field === 'checked' && checkedOf(satteri) !== null && checkedOf(remark) === null) ||
      (field === 'children' &&
        satteri.type === 'listItem' &&
        BOXED_ITEM.test(sourceOf(text, satteri)) &&
        childrenOf(remark)[0]?.type !== 'paragraph') ||
      (field === 'children' &&
        satteri.type === 'heading' &&
        new RegExp(String.raw`^${BOX}`).test(sourceOf(text, remark))) ||
      (/^(?:heading|text)$/.test(satteri.type) &&
        path.includes('listItem') &&
        path.includes('heading') &&
        new RegExp(String.raw`^${BOX}`).test(sourceOf(text, remark))) ||
      (path.includes('table') &&
        new RegExp(String.raw`^${BOX}\s*$`).test(text.slice(startOf(remark), startOf(satteri)))) ||
      (path.includes('table') && field === 'value' && new RegExp(String.raw`^${BOX}\s`).test(valueOf(remark))),
  },
  {
    id: 'bare-e-mail',
    reason:
      'A bare e-mail address is a link anywhere in text. satteri wants none behind a slash, and leaves `_` in front of it and `mailto:` behind punctuation outside of the link.',
    right: 'remark',
    facts: ['links', 'mentions', 'placeholders'],
    samples: ['git+ssh://git@example.com\n', '_mailto:a@b.co_\n', '/_a@b.co\n'],
    explains: ({ field, satteri, remark, text }) => {
      if (field === 'children')
        return (
          PHRASING.test(satteri.type) &&
          E_MAIL.test(sourceOf(text, satteri)) &&
          /link/.test(`${fieldOf(satteri, field)} ${fieldOf(remark, field)}`)
        );
      return (
        /^(?:link|text)$/.test(satteri.type) &&
        E_MAIL.test(text.slice(Math.max(0, startOf(satteri) - 7), endOf(satteri) + 20))
      );
    },
  },
  {
    id: 'split-text',
    reason: 'satteri leaves two texts side by side where a bare address ends in front of punctuation.',
    right: 'unsaid',
    facts: [],
    samples: ['[a https://example.com] b\n'],
    explains: ({ field, satteri, remark }) =>
      field === 'children' && withoutSplits(satteri, 'text') === withoutSplits(remark, 'text'),
  },
  {
    id: 'split-code',
    reason:
      'satteri begins a new indented code where the indentation changes between spaces and tabs, or behind a marker.',
    right: 'remark',
    facts: ['commands'],
    samples: ['1.\n2.     a\n       b\n'],
    explains: ({ field, satteri, remark }) =>
      field === 'children' && withoutSplits(satteri, 'code') === withoutSplits(remark, 'code'),
  },
  {
    id: 'split-paragraph',
    reason:
      'satteri breaks a paragraph in front of a line that may begin a table or a footnote, and then does not: the rule of the table is a list item, the label holds a space.',
    right: 'remark',
    facts: ANY_FACT,
    samples: ['text\n[^a b]: text text\n', 'text\n[^a b]: text\n', 'text\na|b\n- |-\n'],
    explains: (difference) => {
      const odd = firstOdd(difference);
      const [first, second] = odd.before?.type === 'paragraph' ? [odd.before, odd.satteri] : [odd.satteri, odd.next];
      return (
        first?.type === 'paragraph' &&
        /^(?:paragraph|definition)$/.test(second?.type ?? '') &&
        (second?.position?.start.line ?? 0) === (first.position?.end.line ?? 0) + 1
      );
    },
  },
  {
    id: 'table-rule-behind-tab',
    reason: 'satteri sees no table in a quote whose rule is indented with a tab.',
    right: 'remark',
    facts: ANY_FACT,
    samples: ['> a\n> \t:-\n'],
    explains: (difference) => {
      const odd = firstOdd(difference);
      return (
        odd.remark?.type === 'table' &&
        odd.satteri?.type === 'paragraph' &&
        /[\r\n][ \t>]*\t[ \t]*[|:-]/.test(sourceOf(difference.text, odd.remark))
      );
    },
  },
  {
    id: 'list-behind-code',
    reason:
      'Only a paragraph keeps an item that is empty or does not count from 1 from beginning a list; remark thinks so of indented code too.',
    right: 'satteri',
    facts: ANY_FACT,
    samples: ['    code\n2. text\n'],
    explains: (difference) => {
      const odd = firstOdd(difference);
      return odd.before?.type === 'code' && odd.satteri?.type === 'list' && odd.remark?.type === 'paragraph';
    },
  },
  {
    id: 'list-behind-definition',
    reason: 'As above, satteri with a definition that indented code precedes.',
    right: 'remark',
    facts: ANY_FACT,
    samples: ['    code\n\n[a]: b\n\n2. text\n'],
    explains: (difference) => {
      const odd = firstOdd(difference);
      const defined = [...nodesOf(difference.roots.satteri)].some(
        (node) => node.type === 'definition' && startOf(node) < startOf(odd.satteri),
      );
      return defined && odd.satteri?.type === 'paragraph' && odd.remark?.type === 'list';
    },
  },
  {
    id: 'emphasis-beside-punctuation',
    reason: 'satteri takes escaped and other delimiters beside `*` and `_` for letters, not for punctuation.',
    right: 'remark',
    facts: ['headings', 'sections'],
    samples: ['a*_*\n', '2\\**10, 2\\**6\n'],
    explains: ({ field, satteri, remark, text }) => {
      if (field === 'children')
        return (
          PHRASING.test(satteri.type) &&
          BESIDE_DELIMITER.test(sourceOf(text, satteri)) &&
          emphasisOf(satteri) !== emphasisOf(remark)
        );
      const from = Math.min(startOf(satteri), startOf(remark));
      return (
        /^(?:text|emphasis|strong|delete)$/.test(satteri.type) &&
        BESIDE_DELIMITER.test(text.slice(Math.max(0, from - 4), endOf(satteri) + 4))
      );
    },
  },
  {
    id: 'emphasis-beside-emoji',
    reason:
      'A symbol counts as punctuation; remark, which reads UTF-16 units, does not see those outside of the first plane.',
    right: 'satteri',
    facts: ['headings', 'sections', 'mentions'],
    samples: ['👍_a_\n'],
    explains: ({ field, satteri, text }) =>
      (field === 'children' ? PHRASING.test(satteri.type) : /^(?:text|emphasis|strong|delete)$/.test(satteri.type)) &&
      /[*_~][\u{10000}-\u{10ffff}]|[\u{10000}-\u{10ffff}][*_~]/u.test(sourceOf(text, satteri)),
  },
  {
    id: 'end-in-blank',
    reason: 'Blank lines, and markers of quotes without words, behind the last words of a block: in or out.',
    right: 'unsaid',
    facts: [],
    samples: ['> -\n> 1.\n', '> ~~~\r\n', '- <!a\n\n'],
    explains: ({ field, satteri, remark, text }) =>
      field === 'end' && /^[ \t\r\n>]*$/.test(between(text, endOf(satteri), endOf(remark))),
  },
  {
    id: 'end-of-unclosed',
    reason: 'Where an item ends whose fence or HTML its end closes: both may reach into the next item.',
    right: 'neither',
    facts: [],
    samples: ['- ```\n- [ ] a\n'],
    explains: ({ field, satteri }) => {
      let last: Nodes | undefined = satteri;
      while (last && childrenOf(last).length > 0) last = childrenOf(last).at(-1);
      return field === 'end' && (last?.type === 'code' || last?.type === 'html');
    },
  },
  {
    id: 'prefix-in-html',
    reason:
      'satteri leaves the indentation and quote markers of further lines in the value of HTML, and a line end behind it. Facts read HTML from the text.',
    right: 'remark',
    facts: [],
    samples: ['> a <!--\n> -->\n', '- <!-- a -->\n\n- b\n'],
    explains: ({ field, satteri, remark, text }) => {
      const bare = (node: Nodes): string =>
        valueOf(node)
          .replace(/^[ \t>]+/gm, '')
          .trimEnd();
      if (satteri.type !== 'html') return false;
      return field === 'value'
        ? bare(satteri) === bare(remark)
        : field === 'start' && /^[ \t]*$/.test(between(text, startOf(satteri), startOf(remark)));
    },
  },
  {
    id: 'white-space-in-code',
    reason: 'satteri writes LF for CR between the lines of code and drops blank lines at the end of an unclosed fence.',
    right: 'remark',
    facts: [],
    samples: ['    a\r\r    b\r', '- ~~~\n\n\nb\n'],
    explains: ({ field, satteri, remark }) =>
      field === 'value' &&
      satteri.type === 'code' &&
      valueOf(satteri).replace(/\s+/g, ' ').trim() === valueOf(remark).replace(/\s+/g, ' ').trim(),
  },
  {
    id: 'reference',
    reason: 'Only one parser sees a definition, for one of the other reasons: so a reference is one to it alone.',
    right: 'unsaid',
    facts: ANY_FACT,
    samples: [],
    explains: ({ field, satteri, remark, roots }) =>
      field === 'children' &&
      /Reference|text/.test([...childrenOf(satteri), ...childrenOf(remark)].map((child) => child.type).join(' ')) &&
      labelsOf(roots.satteri).toSorted().join() !== labelsOf(roots.remark).toSorted().join(),
  },
];
