import { mix, questionNumber } from '../cache/question.ts';
import { WORD_SIGN } from '../model/path-word.ts';

const codeOf = (sign: string): number => sign.charCodeAt(0);

const IS_OF_WORD = Uint8Array.from({ length: 128 }, (_, code) => Number(WORD_SIGN.test(String.fromCharCode(code))));
const SMALL = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
const COLON = codeOf(':');
const OPEN = codeOf('(');
const LESS = codeOf('<');
const MORE = codeOf('>');
const HYPHEN = codeOf('-');
const SPACE = codeOf(' ');
const TAB = codeOf('\t');
const RETURN = codeOf('\r');

const NOTHING = questionNumber('named');
const DIRECTIVE = 'planproof';
const DIRECTIVE_NUMBER = questionNumber('named', DIRECTIVE);

const isOfWord = (code: number): boolean => code < 128 && IS_OF_WORD[code] === 1;
const isSpace = (code: number): boolean => code === SPACE || (code >= TAB && code <= RETURN);

/** Where the word begins that ends at a place. */
function startOfWord(text: string, end: number): number {
  let at = end;
  while (at > 0 && isOfWord(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Where the word ends that begins at a place. */
function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && isOfWord(text.charCodeAt(at))) at += 1;
  return at;
}

/** The question about a word, which is all ASCII; in small letters, as `wordOfPath` has it. */
function numberOf(text: string, start: number, end: number): number {
  let hash = NOTHING;
  for (let at = start; at < end; at += 1) hash = mix(hash, SMALL[text.charCodeAt(at)] as number);
  return hash >>> 0;
}

function addWord(text: string, start: number, end: number, numbers: Set<number>): void {
  if (start === end) return;
  numbers.add(numberOf(text, start, end));
  // The end of a comment is no part of the word in front of it.
  if (text.charCodeAt(end - 1) === HYPHEN && text.charCodeAt(end - 2) === HYPHEN)
    numbers.add(numberOf(text, start, end - 2));
}

function addWordsWithStops(text: string, numbers: Set<number>): void {
  for (let stop = text.indexOf('.'); stop >= 0; ) {
    const end = endOfWord(text, stop);
    addWord(text, startOfWord(text, stop), end, numbers);
    stop = text.indexOf('.', end);
  }
}

function addWordsBesideSlashes(text: string, numbers: Set<number>): void {
  for (let slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
    addWord(text, startOfWord(text, slash), slash, numbers);
    addWord(text, slash + 1, endOfWord(text, slash + 1), numbers);
  }
}

/** Where an address can begin, behind spaces and the signs of a quote: `](word`, `]: <word`, and `]:`, a line end, `> word`. */
function startOfAddress(text: string, before: number): number {
  let at = before;
  while (at < text.length && (isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === MORE)) at += 1;
  return text.charCodeAt(at) === LESS ? at + 1 : at;
}

function addWordsOfAddresses(text: string, numbers: Set<number>): void {
  for (let closed = text.indexOf(']'); closed >= 0; closed = text.indexOf(']', closed + 1)) {
    const sign = text.charCodeAt(closed + 1);
    if (sign !== OPEN && sign !== COLON) continue;
    const start = startOfAddress(text, closed + 2);
    addWord(text, start, endOfWord(text, start), numbers);
  }
}

function addAllWords(text: string, from: number, to: number, numbers: Set<number>): void {
  for (let at = from; at < to; at += 1) {
    const end = endOfWord(text, at);
    addWord(text, at, end, numbers);
    at = end;
  }
}

/** A directive lasts as long as its comment, which may hold a sign that ends other tags. */
function addWordsOfDirectives(text: string, numbers: Set<number>): void {
  for (let colon = text.indexOf(':'); colon >= 0; ) {
    const start = colon - DIRECTIVE.length;
    let next = colon + 1;
    if (startOfWord(text, colon) === start && numberOf(text, start, colon) === DIRECTIVE_NUMBER) {
      const end = text.indexOf('-->', colon);
      next = end < 0 ? text.length : end;
      addAllWords(text, colon, next, numbers);
    }
    colon = text.indexOf(':', next);
  }
}

/**
 * Adds the questions about all words of a text that can be those of paths that it names, all that `wordOfPath` gives for such a
 * path, and more: words with a full stop, beside a slash, at the beginning of an address, and in a directive. Most words of a
 * text are none of these: they are passed over by searches for the signs that make one.
 *
 * @param text in which nothing is rewritten
 */
export function addPathWords(text: string, numbers: Set<number>): void {
  addWordsWithStops(text, numbers);
  addWordsBesideSlashes(text, numbers);
  addWordsOfAddresses(text, numbers);
  addWordsOfDirectives(text, numbers);
}
