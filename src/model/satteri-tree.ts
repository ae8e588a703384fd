import type { AlignType, Nodes, Parents, ReferenceType, Root } from 'mdast';
import { asBuffer } from './bytes.ts';
import type { UnistPosition } from './place.ts';

/*
 * The form in which satteri 0.10 hands a tree over: a header, the nodes, the numbers of their children, what each type of node
 * has besides, and the texts, one behind the other. Its own reader takes half as long again, and a millisecond to start: it can
 * read what plug-ins ask for, which is nothing here. test/pipeline/satteri-tree.test.ts holds the two against each other.
 */

const MAGIC = 0x5241444d;
const MARKDOWN = 1;
const NODE_BYTES = 52;

/** Where the header tells something, in words of 32 bits. */
const HEADER = { magic: 0, kind: 1, nodeBytes: 2, nodes: 4, children: 6, besides: 8, textBytes: 9, texts: 10 } as const;
/** Where a node tells something, in words of 32 bits. */
const NODE = {
  type: 1,
  start: 3,
  end: 4,
  startLine: 5,
  startColumn: 6,
  endLine: 7,
  endColumn: 8,
  children: 9,
  count: 10,
  besides: 11,
} as const;

const NOT_ASCII = /[\x80-\xff]/;
const REFERENCES: readonly ReferenceType[] = ['shortcut', 'collapsed', 'full'];
const ALIGNMENTS: readonly AlignType[] = [null, 'left', 'right', 'center'];
/** What a box can be: not ticked, ticked, none. */
const BOXES = [false, true, null] as const;

/** The same bytes where words of 32 bits can be read. */
function inWords(bytes: Uint8Array): Uint32Array {
  const whole = bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / Uint32Array.BYTES_PER_ELEMENT));
}

class TreeReader {
  readonly #words: Uint32Array;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #besides: number;
  readonly #textStart: number;
  /** A character for each byte. */
  readonly #texts: string;
  readonly #isAscii: boolean;

  constructor(bytes: Uint8Array) {
    const words = inWords(bytes);
    if (words[HEADER.magic] !== MAGIC || words[HEADER.kind] !== MARKDOWN || words[HEADER.nodeBytes] !== NODE_BYTES)
      throw new Error('satteri gives its tree in another form');
    this.#words = words;
    this.#bytes = asBuffer(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#besides = words[HEADER.besides] as number;
    this.#textStart = words[HEADER.texts] as number;
    this.#texts = this.#bytes.toString(
      'latin1',
      this.#textStart,
      this.#textStart + (words[HEADER.textBytes] as number),
    );
    this.#isAscii = Buffer.byteLength(this.#texts) === this.#texts.length;
  }

  /** Children are added level by level: a hostile document nests deeper than calls can. */
  root(): Root {
    const words = this.#words;
    const listed = (words[HEADER.children] as number) / 4;
    const root = this.#node(0) as Root;
    const parents: Parents[] = [root];
    const numbers = [0];
    for (let at = 0; at < parents.length; at += 1) {
      const base = this.#base(numbers[at] as number);
      const first = listed + (words[base + NODE.children] as number);
      const end = first + (words[base + NODE.count] as number);
      const children: Nodes[] = (parents[at] as Parents).children;
      for (let next = first; next < end; next += 1) {
        const number = words[next] as number;
        const child = this.#node(number);
        children.push(child);
        if (words[this.#base(number) + NODE.count] === 0) continue;
        parents.push(child as Parents);
        numbers.push(number);
      }
    }
    return root;
  }

  /** Where a node begins, in words. */
  #base(number: number): number {
    return ((this.#words[HEADER.nodes] as number) + number * NODE_BYTES) / 4;
  }

  #position(base: number): UnistPosition | undefined {
    const words = this.#words;
    const line = words[base + NODE.startLine] as number;
    if (line === 0) return undefined;
    return {
      start: {
        line,
        column: words[base + NODE.startColumn] as number,
        offset: words[base + NODE.start] as number,
      },
      end: {
        line: words[base + NODE.endLine] as number,
        column: words[base + NODE.endColumn] as number,
        offset: words[base + NODE.end] as number,
      },
    };
  }

  /** The text whose place and length stand at a byte. */
  #text(at: number): string {
    const start = this.#view.getUint32(at, true);
    const end = start + this.#view.getUint32(at + 4, true);
    const text = this.#texts.slice(start, end);
    if (this.#isAscii || !NOT_ASCII.test(text)) return text;
    return this.#bytes.toString('utf8', this.#textStart + start, this.#textStart + end);
  }

  #alignments(at: number): AlignType[] {
    const first = at + 4;
    const end = first + this.#view.getUint32(at, true);
    return Array.from(this.#bytes.subarray(first, end), (byte) => ALIGNMENTS[byte] ?? null);
  }

  /** A node, without its children. */
  #node(number: number): Nodes {
    const base = this.#base(number);
    const position = this.#position(base);
    const at = this.#besides + (this.#words[base + NODE.besides] as number);
    const bytes = this.#bytes;
    const type = (this.#words[base + NODE.type] as number) & 0xff;
    switch (type) {
      case 0:
        return { type: 'root', children: [], position };
      case 1:
        return { type: 'paragraph', children: [], position };
      case 2:
        return { type: 'heading', depth: bytes[at] as 1 | 2 | 3 | 4 | 5 | 6, children: [], position };
      case 3:
        return { type: 'thematicBreak', position };
      case 4:
        return { type: 'blockquote', children: [], position };
      case 5: {
        const ordered = bytes[at + 4] !== 0;
        const start = ordered ? this.#view.getUint32(at, true) : null;
        return { type: 'list', ordered, start, spread: bytes[at + 5] !== 0, children: [], position };
      }
      case 6: {
        const checked = BOXES[bytes[at] as 0 | 1 | 2];
        return { type: 'listItem', spread: bytes[at + 1] !== 0, checked, children: [], position };
      }
      case 7:
        return { type: 'html', value: this.#text(at), position };
      case 8: {
        const [lang, meta] = [this.#text(at) || null, this.#text(at + 8) || null];
        return { type: 'code', lang, meta, value: this.#text(at + 16), position };
      }
      case 9: {
        const [url, title] = [this.#text(at), this.#text(at + 8) || null];
        return { type: 'definition', url, title, ...this.#label(at + 16), position };
      }
      case 10:
        return { type: 'text', value: this.#text(at), position };
      case 11:
        return { type: 'emphasis', children: [], position };
      case 12:
        return { type: 'strong', children: [], position };
      case 13:
        return { type: 'inlineCode', value: this.#text(at), position };
      case 14:
        return { type: 'break', position };
      case 15:
        return { type: 'link', url: this.#text(at), title: this.#text(at + 8) || null, children: [], position };
      case 16: {
        const [url, alt] = [this.#text(at), this.#text(at + 8)];
        return { type: 'image', url, alt, title: this.#text(at + 16) || null, position };
      }
      case 17:
        return { type: 'linkReference', ...this.#reference(at), children: [], position };
      case 18:
        return { type: 'imageReference', ...this.#reference(at), alt: this.#text(at + 20), position };
      case 19:
        return { type: 'footnoteDefinition', ...this.#label(at), children: [], position };
      case 20:
        return { type: 'footnoteReference', ...this.#label(at), position };
      case 21:
        return { type: 'table', align: this.#alignments(at), children: [], position };
      case 22:
        return { type: 'tableRow', children: [], position };
      case 23:
        return { type: 'tableCell', children: [], position };
      case 24:
        return { type: 'delete', children: [], position };
      default:
        throw new Error(`satteri gives a node of type ${type}, which nobody has asked for`);
    }
  }

  #label(at: number): { identifier: string; label: string } {
    return { identifier: this.#text(at), label: this.#text(at + 8) };
  }

  #reference(at: number): { identifier: string; label: string; referenceType: ReferenceType } {
    const referenceType = REFERENCES[this.#bytes[at + 16] as number] as ReferenceType;
    return { ...this.#label(at), referenceType };
  }
}

/**
 * The tree in the bytes that satteri's native code gives for a Markdown text.
 *
 * @throws Error where they have another form
 */
export function readTree(bytes: Uint8Array): Root {
  return new TreeReader(bytes).root();
}
