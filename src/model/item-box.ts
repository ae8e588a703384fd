import type { Paragraph, Strong } from 'mdast';
import type { FoundBox } from './box-marks.ts';
import type { ItemDirective } from './directive.ts';
import type { Box } from './facts.ts';
import { collapse, textOf, withoutComments } from './node-text.ts';
import type { Place } from './place.ts';

/** The words before the first markup of an item, where they are nothing but the box, if that. */
const BOX_ALONE = /^(?:\[.\])?\s*$/;
const IF_TRACKED = /^if tracked\b/;

/** Whether an item begins with `**If tracked**`. */
function holdsIfTracked(paragraph: Paragraph | undefined): boolean {
  const first = paragraph?.children.find((node) => node.type !== 'text' || !BOX_ALONE.test(node.value));
  return first?.type === 'strong' && IF_TRACKED.test(textOf(first as Strong).toLowerCase());
}

/** A box and its item. The label is worked out when somebody asks: of most boxes nobody does. */
export class ItemBox implements Box {
  readonly section: number;
  readonly ticked: boolean | undefined;
  readonly mark: Place;
  readonly written: string;
  readonly ifTracked: boolean;
  readonly directives: ItemDirective[] = [];
  readonly #words: string;

  /** @param paragraph the first of the item, if it begins with one */
  constructor(section: number, { ticked, mark, written, words }: FoundBox, paragraph: Paragraph | undefined) {
    this.section = section;
    this.ticked = ticked;
    this.mark = mark;
    this.written = written;
    this.ifTracked = holdsIfTracked(paragraph);
    this.#words = words;
  }

  get label(): string {
    return collapse(withoutComments(this.#words));
  }
}
