import { asBuffer } from './bytes.ts';

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
export const NODE = {
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

/** The same bytes where words of 32 bits can be read. */
function inWords(bytes: Uint8Array): Uint32Array {
  const whole = bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / Uint32Array.BYTES_PER_ELEMENT));
}

/** The bytes of a tree, by their places. */
export class TreeBytes {
  readonly words: Uint32Array;
  readonly bytes: Buffer;
  readonly #textStart: number;
  /** A character for each byte. */
  readonly #texts: string;
  readonly #isAscii: boolean;
  /** Where nodes begin, in words. */
  readonly #nodes: number;
  /** Where the numbers of children begin, in words. */
  readonly listed: number;
  /** Where that begins which nodes have besides, in bytes. */
  readonly besides: number;
  /** Makes of the value of a node what it is to be. */
  readonly shown: (value: string) => string;

  /** @throws Error where the bytes have another form */
  constructor(bytes: Uint8Array, shown: (value: string) => string) {
    this.shown = shown;
    const words = inWords(bytes);
    if (words[HEADER.magic] !== MAGIC || words[HEADER.kind] !== MARKDOWN || words[HEADER.nodeBytes] !== NODE_BYTES)
      throw new Error('satteri gives its tree in another form');
    this.words = words;
    this.bytes = asBuffer(bytes);
    this.#nodes = (words[HEADER.nodes] as number) / 4;
    this.listed = (words[HEADER.children] as number) / 4;
    this.besides = words[HEADER.besides] as number;
    this.#textStart = words[HEADER.texts] as number;
    const textEnd = this.#textStart + (words[HEADER.textBytes] as number);
    this.#texts = this.bytes.toString('latin1', this.#textStart, textEnd);
    this.#isAscii = Buffer.byteLength(this.#texts) === this.#texts.length;
  }

  /** Where the node with a number begins, in words. */
  base(number: number): number {
    return this.#nodes + (number * NODE_BYTES) / 4;
  }

  number(at: number): number {
    return this.bytes.readUInt32LE(at);
  }

  /** The text whose place and length stand at a byte. */
  text(at: number): string {
    const start = this.number(at);
    const end = start + this.number(at + 4);
    const text = this.#texts.slice(start, end);
    if (this.#isAscii || !NOT_ASCII.test(text)) return text;
    return this.bytes.toString('utf8', this.#textStart + start, this.#textStart + end);
  }
}
