import matter from 'gray-matter';
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type Document as YamlDocument,
} from 'yaml';
import type { LineTable, Place } from './place.ts';

/** One node of the frontmatter, by JSON pointer (RFC 6901), such as `/related_docs/0`. */
export interface Entry {
  readonly pointer: string;
  /** The key, for entries of a mapping. */
  readonly key: Place | null;
  readonly value: Place;
  /** A scalar as it is written, without quotes; null for lists and mappings. */
  readonly source: string | null;
  /** The value is empty and a comment follows on its line: `- #42`. */
  readonly swallowed: string | null;
}

/** Something that keeps the frontmatter from being read; `size` problems are about limits, the rest about syntax. */
export interface FrontmatterProblem {
  readonly kind: 'syntax' | 'size';
  readonly message: string;
  readonly place: Place;
}

/** A document's frontmatter, as plain data with positions. */
export interface Frontmatter {
  /** The opening line `---`. */
  readonly open: Place;
  /** UTF-16 offset behind the closing line. */
  readonly end: number;
  /** The mapping as JSON values; empty when there are problems. Dates and ids are strings as written. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly entries: readonly Entry[];
  readonly problems: readonly FrontmatterProblem[];
}

/** Deeper nesting than this is refused before any parser sees it: `yaml` can exhaust the stack and abort Node. */
const MAX_DEPTH = 40;

/** gray-matter takes quadratic time for a run of blank lines. */
const BLANK_LINES = /(?:^[ \t]*(?:\r\n|\n|\r)){1000}/m;

/** gray-matter's other engines run code or read other formats: each is shut, whatever the fence says. */
function shutEngine(): never {
  throw new Error('Only YAML frontmatter is read');
}

/** gray-matter with the `yaml` package as its only engine; undefined when there is nothing but comments. */
function readYaml(yaml: string): YamlDocument.Parsed | undefined {
  const engine = {
    // gray-matter hands over the text from the line end of the opening fence on.
    parse: (source: string): object => {
      // uniqueKeys is quadratic in yaml 2; duplicate keys are looked for below, in one pass.
      const document = parseDocument(source.slice('\n'.length), { uniqueKeys: false, prettyErrors: false });
      return { document };
    },
    stringify: shutEngine,
  };
  const shut = { parse: shutEngine, stringify: shutEngine };
  const engines = { yaml: engine, js: shut, javascript: shut, json: shut, coffee: shut, cson: shut, toml: shut };
  const { data } = matter(`---\n${yaml}\n---\n`, { language: 'yaml', delimiters: '---', engines });
  return (data as { document?: YamlDocument.Parsed }).document;
}

/** The fenced block at the start of a text: the inside is [start, close), `end` lies behind the closing line. */
interface Block {
  readonly start: number;
  readonly close: number;
  readonly end: number;
}

function findBlock(text: string): Block | undefined {
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text);
  if (!opening) return undefined;
  const start = opening[0].length;
  const closing = /^---[ \t]*$/m;
  const match = closing.exec(text.slice(start));
  if (!match) return undefined;
  const close = start + match.index;
  const line = /(?:\r\n|\n|\r)/.exec(text.slice(close));
  return { start, close, end: line ? close + line.index + line[0].length : text.length };
}

/** How deep brackets nest; those in quotes count too, since only an estimate from above is needed. */
function flowDepth(yaml: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of yaml.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** How deep a block may nest, judged on the text alone: two columns of indentation or one dash a level. */
function depthOf(yaml: string): number {
  const leadOf = (line: string): number => /^[ \t\-?:]*/.exec(line)?.[0].length ?? 0;
  return yaml.split('\n').reduce((deepest, line) => Math.max(deepest, leadOf(line) / 2), flowDepth(yaml));
}

/**
 * The JSON value of a scalar. An id is text whatever it looks like, and so is a number that would not read the same
 * again (`010`, `1e5`, `0x10`).
 */
function textual(value: unknown, source: string, pointer: string): unknown {
  const isText = typeof value === 'number' && String(value) !== source;
  return isText || (pointer === '/id' && value !== null) ? source : value;
}

/** A key as a part of a JSON pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The end of a range without the white space behind its last word. */
function trimmedEnd(yaml: string, from: number, to: number): number {
  return from + yaml.slice(from, to).trimEnd().length;
}

/** Walks the YAML tree once: entries, JSON data, and what the subset refuses (duplicate keys, anchors, aliases, tags). */
class Reader {
  readonly entries: Entry[] = [];
  readonly problems: FrontmatterProblem[] = [];
  readonly #yaml: string;
  readonly #shift: number;
  readonly #lines: LineTable;

  /** @param shift offset of the YAML inside the document */
  constructor(yaml: string, shift: number, lines: LineTable) {
    this.#yaml = yaml;
    this.#shift = shift;
    this.#lines = lines;
  }

  place(start: number, end: number): Place {
    return this.#lines.place(this.#shift + start, this.#shift + end);
  }

  problem(message: string, start: number, end: number): void {
    this.problems.push({ kind: 'syntax', message, place: this.place(start, end) });
  }

  read(node: Node | null, pointer: string, key: Place | null, at: number): unknown {
    if (node === null) return this.#empty(pointer, key, at);
    const [start, valueEnd] = node.range ?? [at, at];
    // A block's range reaches to the next key, over the line end and empty lines.
    const end = isScalar(node) ? valueEnd : trimmedEnd(this.#yaml, start, valueEnd);
    if (isAlias(node)) {
      this.problem('Unexpected alias, expected the value itself: planproof reads plain YAML', start, end);
      return null;
    }
    this.#refuse(node, start);
    if (isMap(node)) {
      this.entries.push({ pointer, key, value: this.place(start, end), source: null, swallowed: null });
      return this.#map(node.items as Pair<Node, Node | null>[], pointer, end);
    }
    if (isCollection(node)) {
      this.entries.push({ pointer, key, value: this.place(start, end), source: null, swallowed: null });
      const items = node.items as (Node | null)[];
      return items.map((item, index) => this.read(item, `${pointer}/${index}`, null, start));
    }
    return this.#scalar(node as Scalar, pointer, key, start, end);
  }

  /** The anchor or tag in front of a value, which starts with a sign. */
  #property(sign: string, start: number): { written: string; from: number } {
    let from = this.#yaml.lastIndexOf(sign, start);
    while (from > 0 && /[^\s,[{]/.test(this.#yaml[from - 1] as string)) from -= 1;
    const written = /^(?:!<[^>\s]*>|[^\s,\]}]*)/.exec(this.#yaml.slice(from, from + 80))?.[0] ?? sign;
    return { written, from };
  }

  #refuse(node: Node, start: number): void {
    const refuse = (what: string, sign: string): void => {
      const { written, from } = this.#property(sign, start);
      this.problem(`Unexpected ${what} \`${written}\`, expected plain YAML`, from, from + written.length);
    };
    if ('anchor' in node && node.anchor) refuse('anchor', '&');
    // `yaml` sets `tag` only where the text has one.
    if (node.tag) refuse('tag', '!');
  }

  #empty(pointer: string, key: Place | null, at: number): null {
    this.entries.push({ pointer, key, value: this.place(at, at), source: '', swallowed: null });
    return null;
  }

  #map(pairs: readonly Pair<Node, Node | null>[], pointer: string, end: number): Record<string, unknown> {
    const data: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const pair of pairs) {
      const [from, to] = pair.key?.range ?? [end, end];
      if (pair.key) this.#refuse(pair.key, from);
      const name = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : undefined;
      if (name === undefined) {
        this.problem('Unexpected key, expected a plain word', from, to);
        continue;
      }
      if (name in data) {
        this.problem(`Duplicate key \`${name}\`, expected each key once`, from, to);
        continue;
      }
      data[name] = this.read(pair.value, `${pointer}/${escapePointer(name)}`, this.place(from, to), to + 1);
    }
    return data;
  }

  #scalar(node: Scalar, pointer: string, key: Place | null, start: number, end: number): unknown {
    const source = node.source ?? (node.value === null ? '' : String(node.value));
    const rest = source === '' && node.value === null ? /^[^\n]*?(#[^\r\n]*)/.exec(this.#yaml.slice(start)) : null;
    this.entries.push({ pointer, key, value: this.place(start, end), source, swallowed: rest?.[1]?.trim() ?? null });
    return textual(node.value, source, pointer);
  }
}

/** A mistake in the YAML: what to say of it, and where. */
type Mistake = readonly [message: string, from: number, to: number];

/** Says and places the mistakes that are common here better than `yaml` does. */
function inWords(error: { readonly message: string; readonly pos: readonly [number, number] }, yaml: string): Mistake {
  const [from, to] = error.pos.map((offset) => Math.min(offset, yaml.length)) as [number, number];
  // A comment inside a flow list swallows the rest of its line, the closing bracket too.
  const comment = /\[[^\]\r\n]*[ \t,](#[^\s,\]]+)[^\r\n]*[\r\n]*$/.exec(yaml.slice(0, from));
  if (comment) {
    const text = comment[1] as string;
    const at = comment.index + comment[0].indexOf(text);
    return [`Unclosed list: \`#\` starts a comment in YAML, so write \`"${text}"\` in quotes`, at, at + text.length];
  }
  const line = yaml.slice(yaml.lastIndexOf('\n', Math.max(0, from - 1)) + 1).split('\n', 1)[0] ?? '';
  if (/^[^:#]+:\s+[^\s'"#[{|>&*!][^'"#[{|>&*!]*:\s/.test(line)) {
    return ['Unexpected second `: ` in the value: put the value in quotes', from, to];
  }
  if (/multiple documents/.test(error.message))
    return ['Unexpected second YAML document, expected one', from, trimmedEnd(yaml, from, to)];
  return [`Unreadable YAML: ${error.message.replace(/\s+at line \d+[\s\S]*$/, '')}`, from, to];
}

function parseBlock(text: string, block: Block, lines: LineTable): Omit<Frontmatter, 'open' | 'end'> {
  // Positions stay; to `yaml`, a lone carriage return ends no line.
  const yaml = text.slice(block.start, block.close).replace(/\r(?!\n)/g, '\n');
  const nothing = { data: {}, entries: [] };
  if (BLANK_LINES.test(yaml)) {
    const message = 'Frontmatter with 1,000 blank lines in a row';
    return { ...nothing, problems: [{ kind: 'size', message, place: lines.place(0, 3) }] };
  }
  if (depthOf(yaml) > MAX_DEPTH) {
    const message = `Frontmatter nests deeper than ${MAX_DEPTH} levels`;
    return { ...nothing, problems: [{ kind: 'size', message, place: lines.place(0, 3) }] };
  }
  const reader = new Reader(yaml, block.start, lines);
  // gray-matter would take a line such as `---x` for the end of the block.
  const marker = /^---[^\r\n]*/m.exec(yaml);
  if (marker) {
    reader.problem(
      `Unexpected \`${marker[0]}\`, expected one YAML document that ends with \`---\``,
      marker.index,
      marker.index + marker[0].length,
    );
    return { ...nothing, problems: reader.problems };
  }
  const document = readYaml(yaml);
  if (!document) return { ...nothing, problems: [] };
  const [error] = document.errors;
  if (error) {
    reader.problem(...inWords(error, yaml));
    return { ...nothing, problems: reader.problems };
  }
  if (document.contents !== null && !isMap(document.contents)) {
    const [from, to] = (document.contents as Node).range ?? [0, yaml.length];
    reader.problem('Unexpected frontmatter, expected lines of the form `key: value`', from, trimmedEnd(yaml, from, to));
    return { ...nothing, problems: reader.problems };
  }
  const data = (reader.read(document.contents, '', null, 0) ?? {}) as Record<string, unknown>;
  return { data, entries: reader.entries, problems: reader.problems };
}

/** What stands in the first line when it is no plain `---`. */
function brokenFence(text: string, lines: LineTable): Frontmatter | undefined {
  const first = /^(---)([^\r\n]*)/.exec(text);
  if (!first) return undefined;
  const word = (first[2] as string).trim();
  if (/^-/.test(first[2] as string)) return undefined;
  const open = lines.place(0, first[0].length);
  const message =
    word === ''
      ? 'Unclosed frontmatter, expected a line `---` behind the last key'
      : `Unexpected \`${word}\` behind the opening \`---\`, expected YAML frontmatter: planproof runs no other engine`;
  // A bare opening without an end may be a thematic break; only a key on the next line makes it frontmatter.
  if (word === '' && !/^---[ \t]*\r?\n[ \t]*["']?[\w-]+["']?[ \t]*:/.test(text)) return undefined;
  const end = findBlock(text.replace(/^---[^\r\n]*/, (fence) => '---'.padEnd(fence.length)))?.end ?? first[0].length;
  return { open, end, data: {}, entries: [], problems: [{ kind: 'syntax', message, place: open }] };
}

/**
 * Reads the frontmatter at the very start of a text without byte order mark. Nothing in it is ever executed: only a
 * bare `---` opens a block, and only its YAML reaches a parser.
 *
 * @returns undefined when the text does not open with a fence
 */
export function readFrontmatter(text: string, lines: LineTable): Frontmatter | undefined {
  if (!text.startsWith('---')) return undefined;
  const block = findBlock(text);
  if (!block) return brokenFence(text, lines);
  return { open: lines.place(0, 3), end: block.end, ...parseBlock(text, block, lines) };
}

/** Whether the fields can be relied on: there are some, and nothing kept them from being read. */
export function isReadable(frontmatter: Frontmatter | undefined): frontmatter is Frontmatter {
  return frontmatter !== undefined && frontmatter.problems.length === 0;
}

/** The text with every character before `end` but line ends turned into a space, so that positions stay. */
export function blankFrontmatter(text: string, end: number): string {
  return end === 0 ? text : text.slice(0, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}

/** By pointer: rules ask for an entry a finding, and a list may have thousands of both. */
const entriesByPointer = new WeakMap<readonly Entry[], ReadonlyMap<string, Entry>>();

/** The entry at a pointer; undefined when the frontmatter has none. */
export function entryAt(frontmatter: Frontmatter | undefined, pointer: string): Entry | undefined {
  if (!frontmatter) return undefined;
  const { entries } = frontmatter;
  const known = entriesByPointer.get(entries) ?? new Map(entries.map((entry) => [entry.pointer, entry]));
  entriesByPointer.set(entries, known);
  return known.get(pointer);
}
