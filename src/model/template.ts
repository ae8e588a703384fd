import type { Html, Literal, Nodes, Root } from 'mdast';
import {
  type Check,
  DirectiveError,
  isDirectiveComment,
  PLAIN_SECTION,
  parseItemDirectives,
  parseSectionDirectives,
  type SectionDirectives,
} from './directive.ts';
import type { MarkdownParser } from './markdown.ts';
import { childrenOf } from './node-text.ts';
import { FOR_TYPES, remembering } from './remember.ts';

/** A required section of a document type. */
export interface TemplateSection extends SectionDirectives {
  readonly name: string;
  /** What `create` writes below the heading: the template's text without the section directives. */
  readonly body: string;
  /** The template's own sample text, by paragraph, white space collapsed. */
  readonly samples: readonly string[];
}

/** The schema of a document's body. */
export interface Template {
  /** What stands above the first section. */
  readonly preamble: string;
  readonly sections: readonly TemplateSection[];
  /** The checks of its items; whether a document can ever meet them is judged with the type. */
  readonly checks: readonly { readonly check: Check; readonly line: number }[];
}

/** A template that cannot be used; `line` counts from 1. */
export class TemplateError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const COMMENT = /<!--([\s\S]*?)-->/g;

const offsets = (node: Nodes): [number, number] => [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
const lineOf = (node: Nodes): number => node.position?.start.line ?? 1;

function* descendants(node: Nodes): Generator<Nodes> {
  for (const child of childrenOf(node) ?? []) {
    yield child;
    yield* descendants(child);
  }
}

function attempt<T>(node: Nodes, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DirectiveError ? new TemplateError(error.message, lineOf(node)) : error;
  }
}

const directivesIn = (html: Html): string[] =>
  Array.from(html.value.matchAll(COMMENT), (match) => match[1] as string).filter(isDirectiveComment);

/** The directives of a section, from the comments that stand right below its heading. */
function readDirectives(comments: readonly Html[]): SectionDirectives {
  let directives: SectionDirectives = PLAIN_SECTION;
  for (const node of comments) {
    for (const comment of directivesIn(node)) {
      directives = { ...directives, ...attempt(node, () => parseSectionDirectives(comment)) };
    }
  }
  return directives;
}

/** Item directives go into documents as they are: a wrong one must not wait to be found there. */
function itemChecks(nodes: readonly Nodes[]): Template['checks'][number][] {
  const inner = nodes.flatMap((node) => [...descendants(node)]).filter((node) => node.type === 'html');
  return inner.flatMap((node) =>
    directivesIn(node)
      .flatMap((comment) => attempt(node, () => parseItemDirectives(comment)))
      .flatMap((directive) => (directive.kind === 'check' ? [{ check: directive.check, line: lineOf(node) }] : [])),
  );
}

/** The text of a section without the comments that hold its directives, and without the line ends behind them. */
function bodyWithout(comments: readonly Html[], text: string, start: number, end: number): string {
  let body = '';
  let from = start;
  for (const node of comments) {
    if (directivesIn(node).length === 0) continue;
    const [cut, rest] = offsets(node);
    body += text.slice(from, cut);
    from = rest + (/^[ \t]*\r?\n/.exec(text.slice(rest))?.[0].length ?? 0);
  }
  return (body + text.slice(from, end)).trim();
}

function readSection(text: string, name: string, nodes: readonly Nodes[], range: [number, number]): TemplateSection {
  const comments = nodes.filter((node) => node.type === 'html');
  const samples = nodes
    .filter((node) => node.type === 'paragraph')
    .map((node) =>
      text
        .slice(...offsets(node))
        .replace(/\s+/g, ' ')
        .trim(),
    );
  return { ...readDirectives(comments), name, body: bodyWithout(comments, text, ...range), samples };
}

function headingText(node: Nodes): string {
  return [...descendants(node)]
    .map((inner) => (inner.type === 'html' ? '' : ((inner as Partial<Literal>).value ?? '')))
    .join('')
    .trim();
}

/** The sample text of a template, by paragraph. */
export function sampleTexts({ template }: { readonly template: Template }): string[] {
  return template.sections.flatMap((section) => section.samples);
}

/** Every name under which a section may stand in a document, the canonical one first. */
export function sectionNames(section: TemplateSection): string[] {
  return [section.name, ...section.aliases];
}

/** No two sections have one name. */
const sectionsByName = remembering(
  ({ sections }: Template): ReadonlyMap<string, TemplateSection> =>
    new Map(sections.flatMap((section) => sectionNames(section).map((name) => [name, section] as const))),
  FOR_TYPES,
);

/** The section of a template with a name or an alias. */
export function sectionNamed(template: Template, name: string): TemplateSection | undefined {
  return sectionsByName(template).get(name);
}

function checkNames(sections: readonly TemplateSection[], lines: ReadonlyMap<string, number>): void {
  const seen = new Set<string>();
  for (const section of sections) {
    for (const name of sectionNames(section)) {
      if (seen.has(name))
        throw new TemplateError(`Section name \`${name}\` occurs twice`, lines.get(section.name) ?? 1);
      seen.add(name);
    }
  }
}

/**
 * Reads a template.
 *
 * @param text LF line ends, no byte order mark
 * @throws TemplateError when it has no section, a name twice, or a directive that cannot be read
 */
export function parseTemplate(text: string, parser: MarkdownParser): Template {
  const root: Root = parser(text);
  const isHeading = (node: Nodes): boolean => node.type === 'heading' && node.depth <= 2;
  const starts = root.children.flatMap((node, index) => (isHeading(node) ? [index] : []));
  const top = root.children.find((node) => node.type === 'heading' && node.depth === 1);
  if (top)
    throw new TemplateError(
      'Unexpected heading of depth 1, expected sections: the title is written by `create`',
      lineOf(top),
    );
  if (starts.length === 0) throw new TemplateError('No section: expected headings of depth 2', 1);
  const lines = new Map<string, number>();
  const sections = starts.map((index, nth) => {
    const heading = root.children[index] as Nodes;
    const next = starts[nth + 1];
    const nodes = root.children.slice(index + 1, next);
    const end = next === undefined ? text.length : offsets(root.children[next] as Nodes)[0];
    const name = headingText(heading);
    lines.set(name, lineOf(heading));
    return readSection(text, name, nodes, [offsets(heading)[1], end]);
  });
  checkNames(sections, lines);
  const preamble = text.slice(0, offsets(root.children[starts[0] as number] as Nodes)[0]).trim();
  return { preamble, sections, checks: itemChecks(root.children) };
}
