import type {
  Heading as HeadingNode,
  Html,
  InlineCode,
  ListItem,
  Nodes,
  Paragraph as ParagraphNode,
  Parents,
  Root,
} from 'mdast';
import { boxOf, type FoundBox, gluedBoxes } from './box-marks.ts';
import { commandsIn, isName } from './code-words.ts';
import { noteComment } from './comment-facts.ts';
import { emptyFacts, type Link, type OpenFacts, type Prose, type Section } from './facts.ts';
import { readHeading } from './heading-facts.ts';
import { idPattern } from './id.ts';
import { ItemBox } from './item-box.ts';
import { Level } from './level.ts';
import { isPositioned } from './lost-positions.ts';
import { matchesOf } from './matches.ts';
import { COMMENT, childrenOf, collapse, fills, isAutolink, textOf } from './node-text.ts';
import { isLeftOpen, TagBalance } from './open-markup.ts';
import { Paragraph } from './paragraph.ts';
import type { LineTable } from './place.ts';
import { mayHavePlaceholder, placeholderPattern } from './placeholder.ts';
import { Lookout, nextGluedBox, nextNumber } from './signs.ts';
import { TreeSource, type Written } from './tree-source.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** Of these more is known later. */
interface ToBeFilled {
  readonly sections: Writable<Section>[];
  readonly links: Writable<Link>[];
}

const HTML_ID = /\b(?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'<>=`]+))/gi;

/** One pass over a tree. The stack is our own: a hostile document nests deeper than calls can. */
class Collector {
  readonly facts = emptyFacts() as Omit<OpenFacts, keyof ToBeFilled> & ToBeFilled;
  readonly #source: TreeSource;
  readonly #numbers: Lookout;
  readonly #mayHavePlaceholder: boolean;
  readonly #gluedBoxes: Lookout;
  /** The address of each definition; of several with one label the first holds. */
  readonly #definitions = new Map<string, string>();
  /** Where the walk is: one list for all, since a list takes its room when it gets its second entry. */
  readonly #stack: Level[] = [];
  #section = -1;
  /** The HTML of the section at hand. */
  #tags = new TagBalance();

  constructor(source: TreeSource) {
    this.#source = source;
    this.#numbers = new Lookout(source.text, nextNumber);
    this.#mayHavePlaceholder = mayHavePlaceholder(source.text);
    this.#gluedBoxes = new Lookout(source.text, nextGluedBox);
  }

  collect(root: Root): void {
    for (const node of root.children) {
      if (node.type === 'heading') this.#heading(node);
      this.#walk(node);
    }
    this.#resolveReferences();
    const last = root.children.at(-1);
    this.facts.leftOpen = isLeftOpen(last, last ? this.#source.of(last).source : '');
  }

  #heading(node: HeadingNode): void {
    const heading = readHeading(node, this.#source);
    this.facts.headings.push(heading);
    if (node.depth <= 2) this.#tags = new TagBalance();
    if (node.depth === 1) this.#section = -1;
    if (node.depth === 2) this.#section = this.facts.sections.push({ heading, filled: false, balanced: true }) - 1;
  }

  #html(node: Html): void {
    for (const match of node.value.includes('=') ? matchesOf(HTML_ID, node.value) : [])
      this.facts.htmlIds.push((match[1] ?? match[2] ?? match[3]) as string);
    this.#tags.add(node.value);
    const section = this.facts.sections[this.#section];
    if (section) section.balanced = this.#tags.holds;
  }

  #walk(top: Nodes): void {
    // The title only says again what the frontmatter says.
    const isTitle = top.type === 'heading' && top.depth === 1;
    this.#enter(top, undefined, !isTitle, top);
    const stack = this.#stack;
    for (let level = stack.at(-1); level; level = stack.at(-1)) {
      const node = level.nodes[level.next];
      level.next += 1;
      if (!node) {
        stack.pop();
        continue;
      }
      if (!isPositioned(node)) this.#source.findLost(node, level.parent);
      this.#enter(node, level.box, level.prose, top);
    }
  }

  /** @param outer the box of the item around the node */
  #enter(node: Nodes, outer: ItemBox | undefined, isProse: boolean, top: Nodes): void {
    const box = node.type === 'listItem' ? this.#item(node) : outer;
    const prose = isProse && !(node.type === 'link' && isAutolink(node));
    this.#visit(node, box, prose, top);
    const children = childrenOf(node);
    if (children) this.#stack.push(new Level(node as Parents, children, box, prose));
  }

  #visit(node: Nodes, box: ItemBox | undefined, prose: boolean, top: Nodes): void {
    const section = this.facts.sections[this.#section];
    if (section && !section.filled && top.type !== 'heading') section.filled = fills(node);
    switch (node.type) {
      case 'text':
        if (prose) this.#prose(node);
        break;
      case 'html':
        this.#comments(node, box);
        this.#html(node);
        break;
      case 'heading':
        if (node !== top) this.facts.innerHeadings.push(collapse(textOf(node)));
        break;
      case 'paragraph':
        this.#paragraph(node, box);
        break;
      case 'inlineCode':
        this.#code(node, box);
        this.#commands(node);
        break;
      case 'code':
        this.#commands(node);
        break;
      case 'link':
      case 'image':
        this.#link(node, 'inline', undefined, node.url);
        break;
      case 'definition':
        this.#link(node, 'definition', node.identifier, node.url);
        if (!this.#definitions.has(node.identifier)) this.#definitions.set(node.identifier, node.url);
        break;
      case 'linkReference':
      case 'imageReference':
        this.#link(node, 'reference', node.identifier, '');
        break;
    }
  }

  #link(node: Nodes, kind: Link['kind'], label: string | undefined, url: string): void {
    this.facts.links.push({ section: this.#section, url, place: this.#source.placeOf(node), kind, label });
  }

  /** A reference may stand above its definition, so its address is known at the end only. */
  #resolveReferences(): void {
    for (const link of this.facts.links)
      if (link.kind === 'reference') link.url = this.#definitions.get(link.label ?? '') ?? '';
  }

  #prose(node: Nodes): void {
    const mayName = this.#source.mayHold(this.#numbers, node);
    if (!mayName && !this.#mayHavePlaceholder) return;
    const words = this.#source.of(node);
    if (mayName) this.#collect(this.facts.mentions, idPattern(words.source), words);
    if (mayHavePlaceholder(words.source)) this.#collect(this.facts.placeholders, placeholderPattern(), words);
  }

  /** One by one: a call takes no more than some hundred thousand arguments. */
  #collect(hits: Prose[], pattern: RegExp, { source, start }: Written): void {
    for (const match of matchesOf(pattern, source)) {
      const place = this.#source.place(start, match.index, match[0].length);
      hits.push({ section: this.#section, text: match[0], place });
    }
  }

  #comments(node: Nodes, box: ItemBox | undefined): void {
    const { source, start } = this.#source.of(node);
    for (const match of matchesOf(COMMENT, source)) {
      if (match[2] === undefined) continue;
      const place = this.#source.place(start, match.index, match[0].length);
      noteComment(this.facts, { section: this.#section, text: match[1] as string, place }, box);
    }
  }

  /** Opens the box of a checklist item; any other item has none, not even that of the item around it. */
  #item(item: ListItem): ItemBox | undefined {
    const first = item.children[0];
    if (first?.type !== 'paragraph' && first?.type !== 'heading') return undefined;
    const words = this.#source.of(first);
    const found = boxOf(item, words, this.#source);
    return found && this.#openBox(found, first.type === 'paragraph' ? first : undefined);
  }

  #openBox(found: FoundBox, paragraph?: ParagraphNode): ItemBox {
    const box = new ItemBox(this.#section, found, paragraph);
    this.facts.boxes.push(box);
    return box;
  }

  #paragraph(node: ParagraphNode, box: ItemBox | undefined): void {
    const words = this.#source.of(node);
    if (this.#source.mayHold(this.#gluedBoxes, node))
      for (const found of gluedBoxes(words, this.#source)) this.#openBox(found);
    if (box) return;
    this.facts.paragraphs.push(new Paragraph(this.#section, words.source, this.#source.placeOf(node)));
  }

  #code(node: InlineCode, box: ItemBox | undefined): void {
    const text = node.value.trim();
    if (!isName(text)) return;
    const { source, start } = this.#source.of(node);
    const place = this.#source.place(start, Math.max(0, source.indexOf(text)), text.length);
    this.facts.codes.push({ section: this.#section, text, place, item: box?.label });
  }

  #commands(node: Nodes): void {
    const { source, start } = this.#source.of(node);
    for (const { text, from } of commandsIn(source, node.type === 'inlineCode'))
      this.facts.commands.push({ section: this.#section, text, place: this.#source.place(start, from, text.length) });
  }
}

/**
 * Reduces a tree to facts, in one pass.
 *
 * @param text the text whose offsets the tree's positions name, with its frontmatter
 * @param root the tree of the text with its frontmatter blanked out
 */
export function bodyFacts(text: string, root: Root, lines: LineTable): OpenFacts {
  const collector = new Collector(new TreeSource(text, lines));
  collector.collect(root);
  return collector.facts;
}
