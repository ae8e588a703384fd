import { isMap, type Node } from 'yaml';
import { columnsOf, type LineTable, type Place } from './place.ts';
import { readPlainFields } from './plain-frontmatter.ts';
import { remembering } from './remember.ts';
import { readYaml } from './yaml-engine.ts';
import { inWords, trimmedEnd, YamlReader } from './yaml-reader.ts';

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
  /** Where that comment stands. */
  readonly comment: Place | null;
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

/** The fenced block at the start of a text: the inside is [start, close), `end` lies behind the closing line. */
interface Block {
  readonly start: number;
  readonly close: number;
  readonly end: number;
}

/**
 * Where the line break lies in front of the line that closes a block, where all of them are line feeds and that line is bare,
 * as mostly; undefined where patterns have to tell.
 */
export function plainClosing(text: string): number | undefined {
  const at = text.startsWith('---\n') ? text.indexOf('\n---', 3) : -1;
  if (at < 0 || text[at + 4] !== '\n') return undefined;
  const inside = text.slice(0, at);
  return inside.includes('\r') || inside.includes('\u2028') || inside.includes('\u2029') ? undefined : at;
}

function findBlock(text: string): Block | undefined {
  const plain = plainClosing(text);
  if (plain !== undefined) return { start: 4, close: plain + 1, end: plain + 5 };
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

/** Whether a YAML text nests deeper than any parser should see. */
export function nestsTooDeep(yaml: string): boolean {
  return depthOf(yaml) > MAX_DEPTH;
}

type Fields = Omit<Frontmatter, 'open' | 'end'>;

/** Where the fence stands that opens a block. */
const OPENING: Place = { line: 1, column: 1, endLine: 1, endColumn: 4 };
const NO_PROBLEMS: readonly FrontmatterProblem[] = [];

function parseBlock(text: string, { start, close, end }: Block, lines: LineTable): Frontmatter {
  const written = text.slice(start, close);
  const plain = readPlainFields(written, start, lines);
  if (plain) return { open: OPENING, end, data: plain.data, entries: plain.entries, problems: NO_PROBLEMS };
  const { data, entries, problems } = readFields(written, start, lines);
  return { open: OPENING, end, data, entries, problems };
}

/**
 * Reads the inside of a block with the whole YAML reader.
 *
 * @param shift offset of the YAML inside the document
 */
export function readFields(written: string, shift: number, lines: LineTable): Fields {
  // Positions stay; to `yaml`, a lone carriage return ends no line.
  const yaml = written.replace(/\r(?!\n)/g, '\n');
  const nothing = { data: {}, entries: [] };
  if (BLANK_LINES.test(yaml)) {
    const message = 'Frontmatter with 1,000 blank lines in a row';
    return { ...nothing, problems: [{ kind: 'size', message, place: OPENING }] };
  }
  if (nestsTooDeep(yaml)) {
    const message = `Frontmatter nests deeper than ${MAX_DEPTH} levels`;
    return { ...nothing, problems: [{ kind: 'size', message, place: OPENING }] };
  }
  const reader = new YamlReader(yaml, shift, lines);
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
  return block ? parseBlock(text, block, lines) : brokenFence(text, lines);
}

/** Whether the fields can be relied on: there are some, and nothing kept them from being read. */
export function isReadable(frontmatter: Frontmatter | undefined): frontmatter is Frontmatter {
  return frontmatter !== undefined && frontmatter.problems.length === 0;
}

/** The text with as many spaces and line ends instead of what stands before `end`, so that positions behind it stay. */
export function blankFrontmatter(text: string, end: number, lines: LineTable): string {
  if (end === 0) return text;
  const lineEnds = lines.point(end).line - 1;
  return ' '.repeat(end - lineEnds) + '\n'.repeat(lineEnds) + text.slice(end);
}

/** Where the text of a scalar stands, without its quotes; undefined where it is not written as it reads. */
export function textPlace({ source, value }: Entry): Place | undefined {
  if (source === null || source === '' || value.line !== value.endLine) return undefined;
  const quote = (value.endColumn - value.column - source.length) / 2;
  if (quote !== 0 && quote !== 1) return undefined;
  return columnsOf(value, value.column + quote, value.endColumn - quote);
}

/** So many are gone through faster than sorted into a map. */
const FEW = 50;

/** By pointer: rules ask for an entry a finding, and a list may have thousands of both. */
const entriesByPointer = remembering(
  (entries: readonly Entry[]): ReadonlyMap<string, Entry> => new Map(entries.map((entry) => [entry.pointer, entry])),
);

/** The entry at a pointer; undefined when the frontmatter has none. */
export function entryAt(frontmatter: Frontmatter | undefined, pointer: string): Entry | undefined {
  if (!frontmatter) return undefined;
  const { entries } = frontmatter;
  if (entries.length > FEW) return entriesByPointer(entries).get(pointer);
  for (let at = entries.length - 1; at >= 0; at -= 1) if (entries[at]?.pointer === pointer) return entries[at];
  return undefined;
}
