import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { parseMarkdown } from './satteri.ts';
import { mayHaveBareBox } from './signs.ts';

/** The parsers a config may name. */
export type ParserName = 'satteri' | 'remark';

/** Text to mdast. Frontmatter is no concern of it: the text comes with the frontmatter blanked out. */
export type MarkdownParser = (text: string) => Root;

/** What stands in a box behind which its line ends. */
const BARE_BOX = /(?<=^[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t>]+)+\[)[ \txX](?=\][ \t]*[\r\n])/gm;
const MARKS = ' \txX';
/** For private use, so no text has them. */
const STAND_INS = '\ue000\ue001\ue002\ue003';

/** Gives boxes their marks back. */
const showBareBoxes = (value: string): string =>
  value.replace(/[\ue000-\ue003](?=\])/g, (mark) => MARKS.charAt(STAND_INS.indexOf(mark)));

/**
 * satteri takes the line below a bare box for words of its item, even where the next item begins: of `1. [x]`, `2. [ ] b`
 * it makes one ticked item. So it gets no bare box to see; whether one is, the facts read from the text.
 */
function withoutBareBoxes(parse: typeof parseMarkdown): MarkdownParser {
  return (text) => {
    if (!mayHaveBareBox(text)) return parse(text);
    const hidden = text.replace(BARE_BOX, (mark) => STAND_INS.charAt(MARKS.indexOf(mark)));
    return hidden === text ? parse(text) : parse(hidden, showBareBoxes);
  };
}

function satteri(): MarkdownParser {
  // In the bundle this is where satteri and its native code are loaded, or fail to.
  return withoutBareBoxes(parseMarkdown);
}

function remark(): MarkdownParser {
  const processor = unified().use(remarkParse).use(remarkGfm).freeze();
  return (text) => processor.parse(text);
}

/**
 * Loads a parser. `satteri` is native code; where it cannot load, `remark` steps in and `notify` is told.
 */
export function loadParser(name: ParserName, notify: (notice: string) => void): MarkdownParser {
  if (name === 'remark') return remark();
  try {
    return satteri();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : String(error);
    notify(`The parser satteri cannot load here (${reason}): using remark, which gives the same verdicts, slower.`);
    return remark();
  }
}
