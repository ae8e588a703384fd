/** What stands in front of a sign and what behind it, where it stands first; nothing is behind one that is not there. */
export function splitOnce(text: string, sign: string): [before: string, behind: string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + sign.length)];
}
