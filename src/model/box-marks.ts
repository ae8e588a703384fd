import type { ListItem } from 'mdast';
import type { Box } from './facts.ts';
import { placeOf } from './place.ts';
import type { TreeSource, Written } from './tree-source.ts';

/** The start of an item with a box. Parsers differ where a tab, a line end or an underlined heading comes in. */
const BOXED_ITEM = /^((?:[-*+]|[0-9]{1,9}[.)])[\s>]*)(\[[ \txX]\])(?=[ \t\r\n])/;
/** The start of an item that means to have a box and has none that Markdown knows. */
const MALFORMED_BOX = /^\[(?: ?[xX]? ?|\t)\](?![([:])/;
const GLUED_BOX = /^[ \t]*([-*+]\[[ xX]?\])/gm;

/** A box as it was written. */
export interface FoundBox extends Pick<Box, 'ticked' | 'mark' | 'written'> {
  /** What stands behind the box. */
  readonly words: string;
}

/** A box as Markdown knows it, read from the text, with the words behind it. */
function markdownBox(item: ListItem, words: Written, tree: TreeSource): FoundBox | undefined {
  const { source, start } = tree.of(item);
  if (start === undefined || words.start === undefined) {
    const ticked = item.checked ?? undefined;
    const written = ticked ? '[x]' : '[ ]';
    return ticked === undefined ? undefined : { ticked, written, mark: placeOf(undefined), words: words.source };
  }
  const [, marker = '', written] = BOXED_ITEM.exec(source) ?? [];
  if (written === undefined) return undefined;
  const behind = tree.text.slice(start + marker.length + written.length, words.start + words.source.length);
  if (behind.trim() === '') return undefined;
  const mark = tree.place(start, marker.length, written.length);
  return { ticked: written.toLowerCase().includes('x'), written, mark, words: behind };
}

function malformedBox(item: ListItem, words: Written, tree: TreeSource): FoundBox | undefined {
  const written = MALFORMED_BOX.exec(words.source)?.[0];
  if (written === undefined) return undefined;
  const { source, start } = tree.of(item);
  const mark = tree.place(start, Math.max(0, source.indexOf(written)), written.length);
  return { ticked: undefined, written, mark, words: words.source.slice(written.length) };
}

/**
 * The box of a list item, well formed or not. One that the parser takes for none begins its words.
 *
 * @param words its first paragraph or heading
 */
export function boxOf(item: ListItem, words: Written, tree: TreeSource): FoundBox | undefined {
  if (typeof item.checked !== 'boolean' && !words.source.startsWith('[')) return undefined;
  return markdownBox(item, words, tree) ?? malformedBox(item, words, tree);
}

/** What was to be boxes, in a paragraph, and lacks the space that makes a list: `-[ ]`. */
export function gluedBoxes(words: Written, tree: TreeSource): FoundBox[] {
  const { source, start } = words;
  // Some trees begin the words behind the box of their item, so that the first line of them is half a line.
  const inLine = start !== undefined && /\][ \t]*$/.test(tree.text.slice(Math.max(0, start - 8), start));
  return [...source.matchAll(GLUED_BOX)].flatMap((match): FoundBox[] => {
    if (inLine && match.index === 0) return [];
    const written = match[1] as string;
    const mark = tree.place(start, match.index + match[0].length - written.length, written.length);
    const behind = source.slice(match.index + match[0].length).split('\n', 1)[0] as string;
    return [{ ticked: undefined, mark, written, words: behind }];
  });
}
