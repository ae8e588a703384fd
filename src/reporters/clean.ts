import { isPrintableAscii } from '../model/printable.ts';

/** Control characters, and those that turn the direction of text: they could rewrite what a terminal shows. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that is safe to print: line ends become spaces, control characters their code. */
export function clean(text: string): string {
  if (isPrintableAscii(text)) return text;
  return text
    .replace(/\r\n|[\r\n\u2028\u2029]/g, ' ')
    .replace(UNSAFE, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`);
}
