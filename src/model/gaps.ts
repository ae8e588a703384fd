/**
 * The white space above a line: from the end of the last line above it that is not blank, to the line. What stands at the
 * end of that line, such as the two spaces of a line break, belongs to it.
 *
 * @param line offset of the first character of the line
 * @returns offsets [start, end)
 */
export function gapAbove(text: string, line: number): [start: number, end: number] {
  let start = line;
  while (start > 0 && /[ \t\r\n]/.test(text[start - 1] as string)) start -= 1;
  if (start > 0) while (start < line && /[ \t]/.test(text[start] as string)) start += 1;
  return [start, line];
}

/** The white space between the lines around an offset: from the end of the last line above it to the next that is not blank. */
export function gapAround(text: string, offset: number): [start: number, end: number] {
  const below = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text.slice(offset))?.[0].length ?? 0;
  const isEnd = text.slice(offset + below).trim() === '';
  return [gapAbove(text, offset)[0], isEnd ? text.length : offset + below];
}
