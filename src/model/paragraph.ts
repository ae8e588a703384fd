import type { Paragraph as ParagraphNode } from 'mdast';
import type { Prose } from './facts.ts';
import { collapse } from './node-text.ts';
import type { Place } from './place.ts';
import type { TreeSource } from './tree-source.ts';

/** A whole paragraph. What it says is worked out when somebody asks: where templates have no sample text nobody does. */
export class Paragraph implements Prose {
  readonly section: number;
  readonly #node: ParagraphNode;
  readonly #tree: TreeSource;

  constructor(section: number, node: ParagraphNode, tree: TreeSource) {
    this.section = section;
    this.#node = node;
    this.#tree = tree;
  }

  get text(): string {
    return collapse(this.#tree.of(this.#node).source);
  }

  get place(): Place {
    return this.#tree.placeOf(this.#node);
  }
}
