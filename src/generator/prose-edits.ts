import { type Document, type DocumentId, type DocumentIndex, ownId, readId, stringField } from '../model/document.ts';
import type { DocumentTypes } from '../model/document-type.ts';
import type { Edit } from '../model/edit.ts';
import type { Link } from '../model/facts.ts';
import { entryAt } from '../model/frontmatter.ts';
import type { IdKey } from '../model/id.ts';
import { readLink } from '../model/link.ts';
import type { Place } from '../model/place.ts';
import type { SourceText } from '../model/source-text.ts';
import { idSpans } from './id-spans.ts';
import type { Renaming } from './renaming.ts';

/** What is needed to rewrite the prose of documents. */
export interface ProseContext {
  readonly renaming: Renaming;
  readonly index: DocumentIndex;
  readonly types: DocumentTypes;
  sourceOf(document: Document): SourceText;
}

const isInside = (inner: Place, outer: Place): boolean =>
  (inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column)) &&
  (inner.endLine < outer.endLine || (inner.endLine === outer.endLine && inner.endColumn <= outer.endColumn));

/** Rewrites one document. */
class Prose {
  readonly #document: Document;
  readonly #context: ProseContext;

  constructor(document: Document, context: ProseContext) {
    this.#document = document;
    this.#context = context;
  }

  /** A link says by its address which of several documents its words mean. */
  #meansByLink(id: DocumentId, { url }: Link): { to: DocumentId | undefined } | undefined {
    const { renaming, index } = this.#context;
    const target = readLink(url, this.#document.path);
    const linked = target.kind === 'path' ? index.at(target.path) : undefined;
    return linked && ownId(linked)?.key === id.key ? { to: renaming.documents.get(linked.path) } : undefined;
  }

  /** @param around the links that a word may stand in; all if absent */
  #means(text: string, place: Place, around: readonly Link[] = this.#document.facts.links): DocumentId | undefined {
    const { renaming, types } = this.#context;
    const id = readId(text, types);
    if (!id || !renaming.keys.has(id.key)) return undefined;
    for (const link of around.filter((one) => isInside(place, one.place))) {
      const byLink = this.#meansByLink(id, link);
      if (byLink) return byLink.to;
    }
    return ownId(this.#document)?.key === id.key
      ? renaming.documents.get(this.#document.path)
      : renaming.means(id, this.#document, place);
  }

  /** Whether a text names what gets another id: of most documents nothing else has to be read. */
  #concerns(text: string): boolean {
    const { renaming, types } = this.#context;
    return idSpans(text).some((span) => renaming.keys.has(readId(span.text, types)?.key ?? ('' as IdKey)));
  }

  get #source(): SourceText {
    return this.#context.sourceOf(this.#document);
  }

  #mentions(): Edit[] {
    return this.#document.facts.mentions.flatMap(({ text, place }) => {
      const to = this.#means(text, place);
      return to ? [this.#source.edit(place, to.canonical)] : [];
    });
  }

  /** The ids in a piece of the text. */
  #span(start: number, text: string, links?: readonly Link[]): Edit[] {
    return idSpans(text).flatMap((span) => {
      const place = this.#source.lines.place(start + span.start, start + span.end);
      const to = this.#means(span.text, place, links);
      return to ? [this.#source.replace(start + span.start, start + span.end, to.canonical)] : [];
    });
  }

  #at(place: Place): Edit[] {
    return this.#span(this.#source.lines.offset(place.line, place.column), this.#source.at(place));
  }

  /** The title in the frontmatter and the one above the body: the same words twice. */
  #titles(): Edit[] {
    const { facts } = this.#document;
    const title = entryAt(facts.frontmatter, '/title');
    const inTitle = title && this.#concerns(stringField(facts, 'title') ?? '') ? this.#at(title.value) : [];
    const headings = facts.headings.filter(({ depth, source }) => depth === 1 && this.#concerns(source));
    return [...inTitle, ...headings.flatMap(({ place }) => this.#at(place))];
  }

  /** The labels of definitions and of the links that use them: both sides have to stay the same. */
  #labels(): Edit[] {
    const labelled = this.#document.facts.links.filter(
      ({ kind, label = '' }) => kind !== 'inline' && this.#concerns(label),
    );
    return labelled.flatMap((link) => {
      const { place, kind } = link;
      const start = this.#source.lines.offset(place.line, place.column);
      const text = this.#source.at(place);
      const label = (
        kind === 'definition' ? /\[(?:[^[\]\\]|\\[\s\S])*\]/ : /\[(?:[^[\]\\]|\\[\s\S])*\](?:\[\])?$/
      ).exec(text);
      return label ? this.#span(start + label.index, label[0], [link]) : [];
    });
  }

  #directives(): Edit[] {
    return this.#document.facts.directives.flatMap(({ text, place }) =>
      this.#concerns(text) ? this.#span(this.#source.lines.offset(place.line, place.column) + '<!--'.length, text) : [],
    );
  }

  edits(): Edit[] {
    return [...this.#titles(), ...this.#mentions(), ...this.#labels(), ...this.#directives()];
  }
}

/** Rewrites the ids in the title, the prose, the labels of links and the directives of a document; code stays. */
export function proseEdits(document: Document, context: ProseContext): Edit[] {
  return new Prose(document, context).edits();
}
