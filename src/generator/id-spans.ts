import { idPattern } from '../model/id.ts';

/** A word of the form of an id: offsets in the text, [start, end). */
export interface IdSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Code, comments, autolinks and the addresses of links: what stands there is no prose. */
const NO_PROSE = /(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|<!--[\s\S]*?(?:-->|$)|<[^<>\s]*>|\]\([^()\s]*/g;

/** The ids in a line of Markdown, such as a heading or a title. */
export function idSpans(text: string): IdSpan[] {
  const prose = text.replace(NO_PROSE, (found) => ' '.repeat(found.length));
  return [...prose.matchAll(idPattern(prose))].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    text: word,
  }));
}
