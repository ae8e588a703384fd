import type { Nodes, Parents } from 'mdast';
import { lostRanges, ownRange, type Range } from './lost-positions.ts';
import { textOf } from './node-text.ts';
import { type LineTable, type Place, placeOf } from './place.ts';
import { TreeNode } from './satteri-tree.ts';
import type { Lookout } from './signs.ts';

/** A node as written, and the offset of its first character. */
export interface Written {
  readonly source: string;
  readonly start: number | undefined;
}

/** The text that a tree was made of: where its nodes stand, and how they were written. */
export class TreeSource {
  readonly text: string;
  readonly lines: LineTable;
  readonly #lost = new Map<Nodes, Range>();

  constructor(text: string, lines: LineTable) {
    this.text = text;
    this.lines = lines;
  }

  /** The node as written, and the offset of its first character; without positions its value. */
  of(node: Nodes): Written {
    const range = this.#rangeOf(node);
    if (!range) return { source: textOf(node), start: undefined };
    return { source: this.text.slice(range.from, range.to), start: range.from };
  }

  #rangeOf(node: Nodes): Range | undefined {
    return ownRange(node) ?? this.#lost.get(node);
  }

  /** Looks for a node that the parser gave no position, and for those beside it: on the way down, by where their parent stands. */
  findLost(node: Nodes, parent: Parents): void {
    if (this.#lost.has(node)) return;
    const within = this.#rangeOf(parent);
    if (!within) return;
    for (const [lost, range] of lostRanges(this.text, parent, within)) this.#lost.set(lost, range);
  }

  /** Whether a node may have what is looked out for. */
  mayHold(lookout: Lookout, node: Nodes): boolean {
    const range = this.#rangeOf(node);
    return !range || lookout.isIn(range.from, range.to);
  }

  /** The place of a part of a node. @param start of the node, as `of` gives it */
  place(start: number | undefined, from: number, length: number): Place {
    if (start === undefined) return placeOf(undefined);
    return this.lines.place(start + from, start + from + length);
  }

  placeOf(node: Nodes): Place {
    if (node instanceof TreeNode && node.isPositioned) return node.place;
    const range = node.position ? undefined : this.#rangeOf(node);
    return range ? this.lines.place(range.from, range.to) : placeOf(node.position);
  }
}
