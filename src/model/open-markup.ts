import type { Nodes } from 'mdast';
import { matchesOf } from './matches.ts';
import { withoutComments } from './node-text.ts';

/** Elements that never have an end tag. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*?(\/?)>/g;

const leavesCommentOpen = (html: string): boolean => html.lastIndexOf('<!--') > html.lastIndexOf('-->');

/** Whether the HTML of a stretch of text closes what it opens, tag by tag. */
export class TagBalance {
  readonly #open = new Map<string, number>();
  #broken = false;

  /** Takes in the next piece of HTML. */
  add(html: string): void {
    if (leavesCommentOpen(html)) this.#broken = true;
    for (const [, slash, name = '', selfClosing] of matchesOf(TAG, withoutComments(html))) {
      if (selfClosing || VOID.test(name)) continue;
      const count = (this.#open.get(name) ?? 0) + (slash ? -1 : 1);
      if (count < 0) this.#broken = true;
      if (count === 0) this.#open.delete(name);
      else this.#open.set(name, count);
    }
  }

  get holds(): boolean {
    return !this.#broken && this.#open.size === 0;
  }
}

/** What ends a block of HTML that blank lines do not end, by how it begins. */
const ENDS: readonly (readonly [RegExp, RegExp])[] = [
  [/^\s*<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^\s*<\?/, /\?>/],
  [/^\s*<!\[CDATA\[/, /\]\]>/],
  [/^\s*<![A-Za-z]/, />/],
];

function isOpenHtml(html: string): boolean {
  return leavesCommentOpen(html) || ENDS.some(([begin, end]) => begin.test(html) && !end.test(html));
}

function isOpenFence(source: string): boolean {
  const fence = /^(`{3,}|~{3,})/.exec(source)?.[1];
  if (fence === undefined) return false;
  const last = /(?:\r\n|\n|\r)[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(source)?.[1];
  return last === undefined || last[0] !== fence[0] || last.length < fence.length;
}

/** Whether a block at the end of a text takes in whatever is written below it: a fence or a comment that nobody closed. */
export function isLeftOpen(node: Nodes | undefined, source: string): boolean {
  if (node?.type === 'code') return isOpenFence(source);
  return node?.type === 'html' && isOpenHtml(node.value);
}
