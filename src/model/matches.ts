/**
 * The matches of a global pattern in a text, which matches nothing that is empty. `matchAll` would make a copy of the pattern for
 * each text, which takes longer than most texts do.
 */
export function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) matches.push(match);
  return matches;
}
