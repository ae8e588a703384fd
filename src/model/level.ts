import type { Nodes, Parents } from 'mdast';
import type { ItemBox } from './item-box.ts';

/**
 * The children of a node on the way down. An object of a class: literals may come to be made where the engine seldom collects, in
 * one run of ten, and a tree stays as long as what has led through it.
 */
export class Level {
  readonly parent: Parents;
  readonly nodes: readonly Nodes[];
  readonly box: ItemBox | undefined;
  readonly prose: boolean;
  /** Which of them is to be visited. */
  next = 0;

  constructor(parent: Parents, nodes: readonly Nodes[], box: ItemBox | undefined, prose: boolean) {
    this.parent = parent;
    this.nodes = nodes;
    this.box = box;
    this.prose = prose;
  }
}
