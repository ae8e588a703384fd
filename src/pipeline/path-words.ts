import { mix, questionNumber } from '../cache/question.ts';
import { asBuffer } from '../model/bytes.ts';
import { WORD_SIGN } from '../model/path-word.ts';

const codeOf = (sign: string): number => sign.charCodeAt(0);

const IS_OF_WORD = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(code < 128 && WORD_SIGN.test(String.fromCharCode(code))),
);
const SMALL = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
const IS_SPACE = Uint8Array.from({ length: 256 }, (_, code) => Number(code === 32 || (code >= 9 && code <= 13)));
const STOP = codeOf('.');
const SLASH = codeOf('/');
const COLON = codeOf(':');
const OPEN = codeOf('(');
const CLOSED = codeOf(']');
const LESS = codeOf('<');
const MORE = codeOf('>');
const HYPHEN = codeOf('-');

const NOTHING = questionNumber('named');
const DIRECTIVE = questionNumber('named', 'planproof');

/** The question about a word, of bytes that are all ASCII; in small letters, as `wordOfPath` has it. */
function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = NOTHING;
  for (let at = start; at < end; at += 1) hash = mix(hash, SMALL[bytes[at] as number] as number);
  return hash >>> 0;
}

/** Whether the address of a link begins at a word: `](word`, `]: <word`, and in a quote `]:`, a line end, `> word`. */
function isAddress(bytes: Uint8Array, start: number): boolean {
  let at = start - 1;
  if (bytes[at] === LESS) at -= 1;
  while (bytes[at] === MORE || IS_SPACE[bytes[at] as number] === 1) at -= 1;
  return (bytes[at] === OPEN || bytes[at] === COLON) && bytes[at - 1] === CLOSED;
}

/**
 * Adds the questions about all words of a text that can be those of paths that it names, all that `wordOfPath` gives for such a
 * path, and more: words with a full stop, beside a slash, at the beginning of an address, and in a directive. Most words of a
 * text are none of these, and are never made into strings.
 *
 * @param bytes of a text in which nothing is rewritten
 */
export function addPathWords(bytes: Uint8Array, numbers: Set<number>): void {
  let directiveEnd = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (IS_OF_WORD[bytes[at] as number] === 0) continue;
    const start = at;
    let hasStop = false;
    for (; IS_OF_WORD[bytes[at] as number] === 1; at += 1) hasStop ||= bytes[at] === STOP;
    const isBesideSlash = bytes[at] === SLASH || bytes[start - 1] === SLASH;
    const isBehind = start >= directiveEnd;
    if (isBehind && bytes[at] === COLON && numberOf(bytes, start, at) === DIRECTIVE)
      directiveEnd = endOfDirective(bytes, at);
    if (hasStop || isBesideSlash || start < directiveEnd || isAddress(bytes, start)) addWord(bytes, start, at, numbers);
  }
}

/** A directive lasts as long as its comment, which may hold a sign that ends other tags. */
function endOfDirective(bytes: Uint8Array, start: number): number {
  const end = asBuffer(bytes).indexOf('-->', start);
  return end < 0 ? bytes.length : end;
}

function addWord(bytes: Uint8Array, start: number, end: number, numbers: Set<number>): void {
  numbers.add(numberOf(bytes, start, end));
  // The end of a comment is no part of the word in front of it.
  if (bytes[end - 1] === HYPHEN && bytes[end - 2] === HYPHEN) numbers.add(numberOf(bytes, start, end - 2));
}
