/** Whether a space or a tab stands at an offset. */
function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9;
}

/** Whether a space, a tab or a line end stands at an offset. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/**
 * The white space above a line: from the end of the last line above it that is not blank, to the line. What stands at the
 * end of that line, such as the two spaces of a line break, belongs to it.
 *
 * @param line offset of the first character of the line
 * @returns offsets [start, end)
 */
export function gapAbove(text: string, line: number): [start: number, end: number] {
  let start = line;
  while (start > 0 && isBlank(text, start - 1)) start -= 1;
  if (start > 0) while (start < line && isSpace(text, start)) start += 1;
  return [start, line];
}

/** The white space between the lines around an offset: from the end of the last line above it to the next that is not blank. */
export function gapAround(text: string, offset: number): [start: number, end: number] {
  const below = /^(?:[ \t]*(?:\r\n|\n|\r))*/.exec(text.slice(offset))?.[0].length ?? 0;
  const isEnd = text.slice(offset + below).trim() === '';
  return [gapAbove(text, offset)[0], isEnd ? text.length : offset + below];
}
