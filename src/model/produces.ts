import { type Document, type Reading, stringField } from './document.ts';
import { type DocumentType, type DocumentTypes, typeOfPrefix } from './document-type.ts';

/** The kind of id that a workflow says it produces, such as `PLAN-XXX`; undefined for any other document. */
export function producedPattern(head: Pick<Reading, 'frontmatter'>, type: DocumentType): string | undefined {
  return type.marker === undefined ? undefined : stringField(head, type.marker);
}

/** `PLAN-XXX` or `PLAN-003` as prefix and rest; undefined when the text has another form. */
export function parsePattern(text: string): { prefix: string; rest: string } | undefined {
  const match = /^([A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)*?)-(X+|[0-9]+)$/.exec(text.trim());
  return match ? { prefix: match[1] as string, rest: match[2] as string } : undefined;
}

/** The type whose documents a workflow produces. */
export function producedType(document: Document, types: DocumentTypes): DocumentType | undefined {
  const pattern = document.type && producedPattern(document, document.type);
  const parsed = pattern === undefined ? undefined : parsePattern(pattern);
  return parsed && typeOfPrefix(parsed.prefix, types);
}
