import type { Link, Nodes, Parents } from 'mdast';
import { isPrintableAscii } from './printable.ts';

/** A comment that is never closed reaches to the end: looking for its end again and again would take quadratic time. */
export const COMMENT: RegExp = /<!--([\s\S]*?)(?:(-->)|$)/g;

/** Runs of white space but the single spaces, which collapse to themselves and are by far the most. */
const NOT_ONE_SPACE = / \s+|[^\S ]\s*/g;

/** White space as a reader sees it. */
export function collapse(text: string): string {
  const isCollapsed = isPrintableAscii(text) && !text.includes('  ');
  return (isCollapsed ? text : text.replace(NOT_ONE_SPACE, ' ')).trim();
}

/** A text without the comments in it. */
export const withoutComments = (text: string): string => (text.includes('<!--') ? text.replace(COMMENT, '') : text);

/** The words of a leaf. */
function wordsOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'code':
    case 'inlineCode':
      return node.value;
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    case 'break':
      return ' ';
    default:
      return '';
  }
}

/** The nodes in a node: one of satteri has a key for them in any case, and to ask for it is faster than whether it is there. */
export const childrenOf = (node: Nodes): readonly Nodes[] | undefined => (node as Partial<Parents>).children;

/** The words of a node as a reader sees them. No recursion: emphasis can nest deeper than calls. */
export function textOf(top: Nodes): string {
  const inside = childrenOf(top);
  const only = inside?.length === 1 ? inside[0] : undefined;
  if (only?.type === 'text') return only.value;
  let text = '';
  const stack: Nodes[] = [top];
  for (let node = stack.pop(); node; node = stack.pop()) {
    text += wordsOf(node);
    const children = childrenOf(node) ?? [];
    for (let i = children.length - 1; i >= 0; i -= 1) stack.push(children[i] as Nodes);
  }
  return text;
}

/** Whether the words of a link are its address. */
export function isAutolink(link: Link): boolean {
  const words = textOf(link);
  const { url } = link;
  return url.endsWith(words) && ['', 'http://', 'mailto:'].includes(url.slice(0, url.length - words.length));
}

/** Whether a node alone fills a section: it is more than a heading, a comment or white space. */
export function fills(node: Nodes): boolean {
  switch (node.type) {
    case 'text':
    case 'code':
    case 'inlineCode':
      return node.value.trim() !== '';
    case 'html':
      return withoutComments(node.value).trim() !== '';
    case 'image':
    case 'imageReference':
    case 'footnoteReference':
      return true;
    default:
      return false;
  }
}
