import type { Entry } from './frontmatter.ts';
import { Mapping } from './mapping.ts';
import type { LineTable, Place } from './place.ts';

/** What every reader of YAML takes for characters, and no reader for white space but the space. */
const PLAIN_TEXT =
  /^[\n\x20-\x7e\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdff]*$/;
/** The part of it that most frontmatter does with; the engine makes the pattern in a quarter of the time. */
const PLAIN_ASCII = /^[\n\x20-\x7e]*$/;
const isPlainText = (yaml: string): boolean => PLAIN_ASCII.test(yaml) || PLAIN_TEXT.test(yaml);
const KEY = /^[A-Za-z][\w-]{0,99}$/;
/** Words of one line that open with no sign of YAML's, without brackets, whose depth has a limit. */
const PLAIN_SCALAR = /^[A-Za-z0-9(/<$^_;](?:[^#[\]{}:]|:(?! |$))*$/;
const QUOTED = /^(?:"[^"\\[\]{}]*"|'[^'[\]{}]*')$/;
const FLOW_ITEM = /^(?:[A-Za-z0-9](?:[\w ./-]|:(?=[\w/]))*|"[^"\\,]*"|'[^',]*')$/;
/** Without the flag for either case: to make the first pattern of a run with it takes longer than any other. */
const WORD_OF_YAML = /^(?:[Nn][Uu][Ll][Ll]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$/;
const LONGEST_WORD_OF_YAML = 5;
/** What might be a number in some notation. */
const NUMERIC = /^[\da-foxA-FOX_.+-]+$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const SMALL_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
/** Items are indented by no more spaces. */
const MAX_INDENT = 8;

/** The mapping as JSON values, and its nodes in order. */
interface Fields {
  readonly data: Record<string, unknown>;
  readonly entries: readonly Entry[];
}

const [QUOTE, SINGLE_QUOTE, UPPER_A, UPPER_Z, LOWER_A, LOWER_Z] = [34, 39, 65, 90, 97, 122];

/** Whether a text begins with a letter: of all values of all documents, which is much for a pattern. */
function beginsWithLetter(written: string): boolean {
  const code = written.charCodeAt(0);
  return (code >= LOWER_A && code <= LOWER_Z) || (code >= UPPER_A && code <= UPPER_Z);
}

function isQuoted(written: string): boolean {
  const code = written.charCodeAt(0);
  return code === QUOTE || code === SINGLE_QUOTE;
}

const isWordOfYaml = (written: string): boolean => written.length <= LONGEST_WORD_OF_YAML && WORD_OF_YAML.test(written);

/** The text of a scalar without its quotes; undefined when it is not of a plain form. */
function sourceOf(written: string): string | undefined {
  if (isQuoted(written)) return QUOTED.test(written) ? written.slice(1, -1) : undefined;
  return PLAIN_SCALAR.test(written) && !isWordOfYaml(written) ? written : undefined;
}

/** The value of a scalar; a number that would not read the same again is text. Undefined when that is in doubt. */
function textOrNumber(written: string, source: string): unknown {
  if (written !== source || beginsWithLetter(written) || DATE.test(written)) return source;
  if (SMALL_NUMBER.test(written)) return Number(written);
  return NUMERIC.test(written) ? undefined : written;
}

const SPACE = 32;
const DASH = 45;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;

function entryOf(pointer: string, key: Place | null, value: Place, source: string | null): Entry {
  return { pointer, key, value, source, swallowed: null, comment: null };
}

/** Reads line by line, from key to key; what is not of the plain form is undefined to it. */
class PlainReader {
  readonly entries: Entry[] = [];
  readonly data: Record<string, unknown> = new Mapping();
  readonly #yaml: string;
  /** The line that is read: its number, and where it begins and ends. */
  #line: number;
  #start = 0;
  #end: number;
  /** Where the last value stands. */
  #last: Place;

  /** @param line the number of the first line */
  constructor(yaml: string, line: number) {
    this.#yaml = yaml;
    this.#line = line;
    this.#end = yaml.indexOf('\n');
    this.#last = this.#place(0, 0);
  }

  #nextLine(): void {
    this.#line += 1;
    this.#start = this.#end + 1;
    this.#end = this.#yaml.indexOf('\n', this.#start);
  }

  #place(from: number, to: number): Place {
    return { line: this.#line, column: from - this.#start + 1, endLine: this.#line, endColumn: to - this.#start + 1 };
  }

  /** From the start of a place to the end of the last value. */
  #throughLast({ line, column }: Place): Place {
    return { line, column, endLine: this.#last.endLine, endColumn: this.#last.endColumn };
  }

  #behindSpaces(from: number): number {
    let at = from;
    while (this.#yaml.charCodeAt(at) === SPACE) at += 1;
    return at;
  }

  #scalar(pointer: string, key: Place | null, from: number, to: number): unknown {
    const written = this.#yaml.slice(from, to);
    const source = sourceOf(written);
    if (source === undefined) return undefined;
    const value = this.#place(from, to);
    this.entries.push(entryOf(pointer, key, value, source));
    this.#last = value;
    return pointer === '/id' ? source : textOrNumber(written, source);
  }

  /** An item between brackets or commas. */
  #flowItem(pointer: string, from: number, to: number): unknown {
    const start = this.#behindSpaces(from);
    let end = to;
    while (end > start && this.#yaml.charCodeAt(end - 1) === SPACE) end -= 1;
    return FLOW_ITEM.test(this.#yaml.slice(start, end)) ? this.#scalar(pointer, null, start, end) : undefined;
  }

  #flowList(pointer: string, key: Place, from: number): unknown[] | undefined {
    const close = this.#end - 1;
    if (this.#yaml.charCodeAt(close) !== CLOSING_BRACKET) return undefined;
    const whole = this.#place(from, this.#end);
    this.entries.push(entryOf(pointer, key, whole, null));
    const items: unknown[] = [];
    const isEmpty = this.#behindSpaces(from + 1) === close;
    for (let at = from + 1; !isEmpty && at <= close; ) {
      const comma = this.#yaml.indexOf(',', at);
      const end = comma < 0 || comma > close ? close : comma;
      const item = this.#flowItem(`${pointer}/${items.length}`, at, end);
      if (item === undefined) return undefined;
      items.push(item);
      at = end + 1;
    }
    this.#last = whole;
    return items;
  }

  /** Where the words of an item begin whose dash stands at an offset of the line; undefined where there is none. */
  #itemBehind(dash: number): number | undefined {
    if (this.#yaml.charCodeAt(dash) !== DASH) return undefined;
    const from = this.#behindSpaces(dash + 1);
    return from > dash + 1 && from < this.#end ? from : undefined;
  }

  /** The items on the lines from this one on. */
  #blockList(pointer: string, key: Place): unknown[] | undefined {
    const indent = this.#behindSpaces(this.#start) - this.#start;
    const at = this.entries.length;
    const first = this.#place(this.#start + indent, this.#start + indent);
    this.entries.push(entryOf(pointer, key, first, null));
    const items: unknown[] = [];
    for (; indent <= MAX_INDENT && this.#start < this.#yaml.length; this.#nextLine()) {
      const dash = this.#behindSpaces(this.#start);
      const from = dash === this.#start + indent ? this.#itemBehind(dash) : undefined;
      if (from === undefined) break;
      const item = this.#scalar(`${pointer}/${items.length}`, null, from, this.#end);
      if (item === undefined) return undefined;
      items.push(item);
    }
    if (items.length === 0) return undefined;
    this.entries[at] = entryOf(pointer, key, this.#throughLast(first), null);
    return items;
  }

  /** What stands behind a key, up to the next one. */
  #value(pointer: string, key: Place, colon: number): unknown {
    const from = this.#behindSpaces(colon + 1);
    if (from === this.#end) {
      this.#nextLine();
      return this.#blockList(pointer, key);
    }
    if (from === colon + 1) return undefined;
    const isList = this.#yaml.charCodeAt(from) === OPENING_BRACKET;
    const value = isList ? this.#flowList(pointer, key, from) : this.#scalar(pointer, key, from, this.#end);
    this.#nextLine();
    return value;
  }

  #field(): boolean {
    const colon = this.#yaml.indexOf(':', this.#start);
    if (colon < 0 || colon > this.#end) return false;
    const name = this.#yaml.slice(this.#start, colon);
    if (!KEY.test(name) || this.data[name] !== undefined) return false;
    const value = this.#value(`/${name}`, this.#place(this.#start, colon), colon);
    this.data[name] = value;
    return value !== undefined;
  }

  /** @returns whether all is of the plain form */
  read(): boolean {
    const start = this.#last;
    this.entries.push(entryOf('', null, start, null));
    while (this.#start < this.#yaml.length) if (!this.#field()) return false;
    this.entries[0] = entryOf('', null, this.#throughLast(start), null);
    return true;
  }
}

/**
 * Reads frontmatter of the plainest form: one `key: value` a line, where values are words, numbers, words in quotes, or
 * lists of those, in brackets or below the key. It gives the very same as the whole YAML reader, twenty times faster.
 *
 * @param yaml the inside of the block
 * @param shift offset of the YAML inside the document
 * @returns undefined when there is anything else, be it right or wrong YAML: the whole reader decides
 */
export function readPlainFields(yaml: string, shift: number, lines: LineTable): Fields | undefined {
  if (!yaml.endsWith('\n') || yaml.includes(' \n') || !isPlainText(yaml)) return undefined;
  const reader = new PlainReader(yaml, lines.point(shift).line);
  return reader.read() ? { data: reader.data, entries: reader.entries } : undefined;
}
