import type { AlignType, ReferenceType, Root } from 'mdast';
import type { Place, UnistPosition } from './place.ts';
import { NODE, TreeBytes } from './satteri-bytes.ts';
import { ALIGNMENTS, BOXES, IS_PARENT, REFERENCES, TYPES, type Type, typeNumber } from './satteri-numbers.ts';

const asItIs = (value: string): string => value;

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
  constructor(tree: TreeBytes, nth: number) {
    const base = tree.base(nth);
    const number = typeNumber(tree.words, base);
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
    if (!this.#children && IS_PARENT[typeNumber(this.#tree.words, this.#base)]) this.#children = this.#readChildren();
    return this.#children;
  }

  #readChildren(): TreeNode[] {
    const { words, listed } = this.#tree;
    const first = listed + this.#word(NODE.children);
    const count = this.#word(NODE.count);
    const children = new Array<TreeNode>(count);
    for (let nth = 0; nth < count; nth += 1) children[nth] = new TreeNode(this.#tree, words[first + nth] as number);
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
    return this.type === 'listItem' ? BOXES[this.#byte(0)] : undefined;
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
  return new TreeNode(new TreeBytes(bytes, shown), 0) as unknown as Root;
}
