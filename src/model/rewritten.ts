/** What reads otherwise than it is written: percent signs, character references, escapes. */
export const REWRITTEN: RegExp = /%[0-9A-Fa-f]{2}|&#?[0-9A-Za-z]+;|\\[!-/:-@[-`{-~]/;

/** Whether a Markdown text has places that read otherwise than they are written. */
export function isRewritten(text: string): boolean {
  return REWRITTEN.test(text);
}
