import type { AlignType, Nodes, ReferenceType, Root } from 'mdast';
import { asBuffer } from './bytes.ts';
import type { Place, UnistPosition } from './place.ts';

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

type Type = Nodes['type'];

/** The types of nodes, by their numbers. */
const TYPES: readonly Type[] = [
  'root',
  'paragraph',
  'heading',
  'thematicBreak',
  'blockquote',
  'list',
  'listItem',
  'html',
  'code',
  'definition',
  'text',
  'emphasis',
  'strong',
  'inlineCode',
  'break',
  'link',
  'image',
  'linkReference',
  'imageReference',
  'footnoteDefinition',
  'footnoteReference',
  'table',
  'tableRow',
  'tableCell',
  'delete',
];

const LEAVES: ReadonlySet<Type> = new Set([
  'thematicBreak',
  'html',
  'code',
  'definition',
  'text',
  'inlineCode',
  'break',
  'image',
  'imageReference',
  'footnoteReference',
]);

/** The same bytes where words of 32 bits can be read. */
function inWords(bytes: Uint8Array): Uint32Array {
  const whole = bytes.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(whole.buffer, whole.byteOffset, Math.floor(whole.length / Uint32Array.BYTES_PER_ELEMENT));
}

const asItIs = (value: string): string => value;

/** The bytes of a tree, by their places. */
class TreeBytes {
  readonly words: Uint32Array;
  readonly bytes: Buffer;
  readonly #view: DataView;
  readonly #textStart: number;
  /** A character for each byte. */
  readonly #texts: string;
  readonly #isAscii: boolean;
  /** Where nodes, numbers of children, in words, and what nodes have besides, in bytes, begin. */
  readonly nodes: number;
  readonly listed: number;
  readonly besides: number;

  /** Makes of a value what it is to be. */
  readonly shown: (value: string) => string;

  constructor(bytes: Uint8Array, shown: (value: string) => string) {
    this.shown = shown;
    const words = inWords(bytes);
    if (words[HEADER.magic] !== MAGIC || words[HEADER.kind] !== MARKDOWN || words[HEADER.nodeBytes] !== NODE_BYTES)
      throw new Error('satteri gives its tree in another form');
    this.words = words;
    this.bytes = asBuffer(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.nodes = (words[HEADER.nodes] as number) / 4;
    this.listed = (words[HEADER.children] as number) / 4;
    this.besides = words[HEADER.besides] as number;
    this.#textStart = words[HEADER.texts] as number;
    const textEnd = this.#textStart + (words[HEADER.textBytes] as number);
    this.#texts = this.bytes.toString('latin1', this.#textStart, textEnd);
    this.#isAscii = Buffer.byteLength(this.#texts) === this.#texts.length;
  }

  /** The node with a number. */
  node(number: number): TreeNode {
    return new TreeNode(this, this.nodes + (number * NODE_BYTES) / 4);
  }

  number(at: number): number {
    return this.#view.getUint32(at, true);
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

/**
 * A node of mdast that is read when somebody asks: of most nodes nobody asks for more than their type and where they stand. What a
 * node of its type has not is undefined. All are of one form, since the engine takes ten times as long for what may be any of
 * twenty-five.
 */
export class TreeNode {
  readonly type: Type;
  readonly #tree: TreeBytes;
  /** Where it begins, in words. */
  readonly #base: number;
  #children: TreeNode[] | undefined = undefined;

  /** @throws Error where satteri gives a node that has not been asked for */
  constructor(tree: TreeBytes, base: number) {
    const number = (tree.words[base + NODE.type] as number) & 0xff;
    const type = TYPES[number];
    if (type === undefined) throw new Error(`satteri gives a node of type ${number}, which nobody has asked for`);
    this.type = type;
    this.#tree = tree;
    this.#base = base;
  }

  #word(nth: number): number {
    return this.#tree.words[this.#base + nth] as number;
  }

  /** Where the byte stands that its type has besides, at a place. */
  #at(place = 0): number {
    return this.#tree.besides + this.#word(NODE.besides) + place;
  }

  #byte(place: number): number {
    return this.#tree.bytes[this.#at(place)] as number;
  }

  #text(place: number): string {
    return this.#tree.text(this.#at(place));
  }

  /** Whether the parser knows where it stands. */
  get isPositioned(): boolean {
    return this.#word(NODE.startLine) !== 0;
  }

  /** Its offsets in the text, where it is positioned. */
  get from(): number {
    return this.#word(NODE.start);
  }

  get to(): number {
    return this.#word(NODE.end);
  }

  get position(): UnistPosition | undefined {
    if (!this.isPositioned) return undefined;
    return {
      start: { line: this.#word(NODE.startLine), column: this.#word(NODE.startColumn), offset: this.from },
      end: { line: this.#word(NODE.endLine), column: this.#word(NODE.endColumn), offset: this.to },
    };
  }

  /** Where it stands, where it is positioned. */
  get place(): Place {
    return {
      line: this.#word(NODE.startLine),
      column: this.#word(NODE.startColumn),
      endLine: this.#word(NODE.endLine),
      endColumn: this.#word(NODE.endColumn),
    };
  }

  get children(): TreeNode[] | undefined {
    if (!this.#children && !LEAVES.has(this.type)) this.#children = this.#readChildren();
    return this.#children;
  }

  #readChildren(): TreeNode[] {
    const { words, listed } = this.#tree;
    const first = listed + this.#word(NODE.children);
    const end = first + this.#word(NODE.count);
    const children: TreeNode[] = [];
    for (let next = first; next < end; next += 1) children.push(this.#tree.node(words[next] as number));
    return children;
  }

  get value(): string | undefined {
    switch (this.type) {
      case 'html':
      case 'text':
      case 'inlineCode':
        return this.#tree.shown(this.#text(0));
      case 'code':
        return this.#tree.shown(this.#text(16));
      default:
        return undefined;
    }
  }

  get depth(): number | undefined {
    return this.type === 'heading' ? this.#byte(0) : undefined;
  }

  get ordered(): boolean | undefined {
    return this.type === 'list' ? this.#byte(4) !== 0 : undefined;
  }

  get start(): number | null | undefined {
    if (this.type !== 'list') return undefined;
    return this.ordered ? this.#tree.number(this.#at()) : null;
  }

  get spread(): boolean | undefined {
    if (this.type === 'list') return this.#byte(5) !== 0;
    return this.type === 'listItem' ? this.#byte(1) !== 0 : undefined;
  }

  get checked(): boolean | null | undefined {
    return this.type === 'listItem' ? BOXES[this.#byte(0) as 0 | 1 | 2] : undefined;
  }

  get lang(): string | null | undefined {
    return this.type === 'code' ? this.#text(0) || null : undefined;
  }

  get meta(): string | null | undefined {
    return this.type === 'code' ? this.#text(8) || null : undefined;
  }

  get url(): string | undefined {
    const isLink = this.type === 'link' || this.type === 'image' || this.type === 'definition';
    return isLink ? this.#text(0) : undefined;
  }

  get title(): string | null | undefined {
    if (this.type === 'image') return this.#text(16) || null;
    return this.type === 'link' || this.type === 'definition' ? this.#text(8) || null : undefined;
  }

  get alt(): string | undefined {
    if (this.type === 'image') return this.#text(8);
    return this.type === 'imageReference' ? this.#text(20) : undefined;
  }

  /** Where its label stands in what its type has besides. */
  #label(): number | undefined {
    switch (this.type) {
      case 'definition':
        return 16;
      case 'linkReference':
      case 'imageReference':
      case 'footnoteDefinition':
      case 'footnoteReference':
        return 0;
      default:
        return undefined;
    }
  }

  get identifier(): string | undefined {
    const place = this.#label();
    return place === undefined ? undefined : this.#text(place);
  }

  get label(): string | undefined {
    const place = this.#label();
    return place === undefined ? undefined : this.#text(place + 8);
  }

  get referenceType(): ReferenceType | undefined {
    const isReference = this.type === 'linkReference' || this.type === 'imageReference';
    return isReference ? REFERENCES[this.#byte(16)] : undefined;
  }

  get align(): AlignType[] | undefined {
    if (this.type !== 'table') return undefined;
    const first = this.#at(4);
    const bytes = this.#tree.bytes.subarray(first, first + this.#tree.number(this.#at()));
    return Array.from(bytes, (byte) => ALIGNMENTS[byte] ?? null);
  }
}

/**
 * The tree in the bytes that satteri's native code gives for a Markdown text: nodes of mdast, see `TreeNode`.
 *
 * @param shown makes of the value of a node what it is to be
 * @throws Error where they have another form; also where a node is asked for its children
 */
export function readTree(bytes: Uint8Array, shown: (value: string) => string = asItIs): Root {
  return new TreeBytes(bytes, shown).node(0) as unknown as Root;
}
