import { stringify } from 'yaml';
import { type DocumentType, keysOf } from '../model/document-type.ts';
import type { TemplateSection } from '../model/template.ts';

/** A reference for the list of related documents. */
export interface RelatedItem {
  /** Canonical id, or the reference as written. */
  readonly text: string;
  /** Path of the document relative to the new one's folder; undefined for what lies outside the repository. */
  readonly link: string | undefined;
  readonly title: string | undefined;
}

/** What a new document is made of. */
export interface NewDocument {
  readonly type: DocumentType;
  /** Heading of depth 1: `<ID> - <title>`, or the title alone. */
  readonly heading: string;
  /** Frontmatter values by key. */
  readonly fields: ReadonlyMap<string, unknown>;
  readonly related: readonly RelatedItem[];
  /** Texts that take the place of a section's own, by section name. */
  readonly bodies?: ReadonlyMap<string, string>;
}

function frontmatter({ type, fields }: NewDocument): string {
  const order = keysOf(type);
  const keys = [...order, ...[...fields.keys()].filter((key) => !order.includes(key))].filter((key) => fields.has(key));
  // lineWidth 0: a folded title would not be one line any more.
  return keys.map((key) => stringify({ [key]: fields.get(key) }, { lineWidth: 0, indentSeq: true })).join('');
}

/** Markdown's own signs in a title are text in a list item. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>&{}~|]/g, '\\$&');

/** A title that names ids would make them look like references of this document. */
export const namesIds = (title: string): boolean => /[A-Za-z]-[0-9]/.test(title) || /\bXXX\b|\bTBD\b/.test(title);

function relatedLine({ text, link, title }: RelatedItem): string {
  if (link === undefined) return /^[a-z][a-z0-9+.-]*:/i.test(text) ? `- <${text}>` : `- ${text}`;
  const words = title === undefined || namesIds(title) ? '' : `: ${escapeMarkdown(title)}`;
  return `- [${text}](${encodeURI(link)})${words}`;
}

function section(own: TemplateSection, { related, bodies }: NewDocument): string {
  const body = bodies?.get(own.name) ?? own.body;
  const list = own.fromRelations && related.length > 0 ? related.map(relatedLine).join('\n') : '';
  return [`## ${own.name}`, body, list].filter((part) => part !== '').join('\n\n');
}

/** The text of a new document: frontmatter, heading, and the template's sections. Ends with one line end. */
export function renderDocument(document: NewDocument): string {
  const { preamble, sections } = document.type.template;
  const parts = [`# ${document.heading}`, preamble, ...sections.map((own) => section(own, document))].filter(
    (part) => part !== '',
  );
  return `---\n${frontmatter(document)}---\n\n${parts.join('\n\n')}\n`;
}
