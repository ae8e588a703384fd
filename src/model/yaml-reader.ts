import { isAlias, isCollection, isMap, isScalar, type Node, type Pair, type Scalar } from 'yaml';
import type { Entry, FrontmatterProblem } from './frontmatter.ts';
import { escapePointer } from './json-pointer.ts';
import { Mapping } from './mapping.ts';
import type { LineTable, Place } from './place.ts';

/**
 * The JSON value of a scalar. An id is text whatever it looks like, and so is a number that would not read the same
 * again (`010`, `1e5`, `0x10`).
 */
function textual(value: unknown, source: string, pointer: string): unknown {
  const isText = typeof value === 'number' && String(value) !== source;
  return isText || (pointer === '/id' && value !== null) ? source : value;
}

/** The end of a range without the white space behind its last word. */
export function trimmedEnd(yaml: string, from: number, to: number): number {
  return from + yaml.slice(from, to).trimEnd().length;
}

/** Walks the YAML tree once: entries, JSON data, and what the subset refuses (duplicate keys, anchors, aliases, tags). */
export class YamlReader {
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
      this.entries.push({ pointer, key, value: this.place(start, end), source: null, swallowed: null, comment: null });
      return this.#map(node.items as Pair<Node, Node | null>[], pointer, end);
    }
    if (isCollection(node)) {
      this.entries.push({ pointer, key, value: this.place(start, end), source: null, swallowed: null, comment: null });
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
    this.entries.push({ pointer, key, value: this.place(at, at), source: '', swallowed: null, comment: null });
    return null;
  }

  #map(pairs: readonly Pair<Node, Node | null>[], pointer: string, end: number): Record<string, unknown> {
    const data = new Mapping();
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
    const swallowed = rest?.[1]?.trim() ?? null;
    const at = start + (rest?.[0].indexOf('#') ?? 0);
    const comment = swallowed === null ? null : this.place(at, at + swallowed.length);
    this.entries.push({ pointer, key, value: this.place(start, end), source, swallowed, comment });
    return textual(node.value, source, pointer);
  }
}

/** A mistake in the YAML: what to say of it, and where. */
type Mistake = readonly [message: string, from: number, to: number];

/** Says and places the mistakes that are common here better than `yaml` does. */
export function inWords(
  error: { readonly message: string; readonly pos: readonly [number, number] },
  yaml: string,
): Mistake {
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
