import type { Link, Nodes } from 'mdast';

/** A comment that is never closed reaches to the end: looking for its end again and again would take quadratic time. */
export const COMMENT: RegExp = /<!--([\s\S]*?)(?:(-->)|$)/g;

/** White space as a reader sees it. */
export const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The words of a leaf. */
function wordsOf(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if ('alt' in node) return node.alt ?? '';
  return node.type === 'break' ? ' ' : '';
}

/** The words of a node as a reader sees them. No recursion: emphasis can nest deeper than calls. */
export function textOf(top: Nodes): string {
  let text = '';
  const stack: Nodes[] = [top];
  for (let node = stack.pop(); node; node = stack.pop()) {
    text += wordsOf(node);
    if ('children' in node)
      for (let i = node.children.length - 1; i >= 0; i -= 1) stack.push(node.children[i] as Nodes);
  }
  return text;
}

/** Whether the words of a link are its address. */
export function isAutolink(link: Link): boolean {
  const words = textOf(link);
  return link.url === words || link.url === `http://${words}` || link.url === `mailto:${words}`;
}

/** Whether a node alone fills a section: it is more than a heading, a comment or white space. */
export function fills(node: Nodes): boolean {
  switch (node.type) {
    case 'text':
    case 'code':
    case 'inlineCode':
      return node.value.trim() !== '';
    case 'html':
      return node.value.replace(COMMENT, '').trim() !== '';
    case 'image':
    case 'imageReference':
    case 'footnoteReference':
      return true;
    default:
      return false;
  }
}
