import type { Document } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { producedType } from '../model/produces.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { readText } from '../pipeline/read.ts';

/** The text below a heading of depth 2, with every box open. */
function sectionText(document: Document, name: string, lines: readonly string[]): string | undefined {
  const { headings } = document.facts;
  const at = headings.findIndex((heading) => heading.depth === 2 && heading.text === name);
  if (at < 0) return undefined;
  const next = headings.slice(at + 1).find((heading) => heading.depth <= 2);
  const body = lines.slice(headings[at]?.place.endLine ?? 0, next ? next.place.line - 1 : undefined);
  return body
    .map((line) => line.replace(/^(\s*(?:[-*+]|\d+[.)])\s+)\[[xX]\]/, '$1[ ]'))
    .join('\n')
    .trim();
}

/**
 * Section texts that a new document takes over from the workflow that produces its type: those which the template marks
 * `from-workflow`. Nothing when there is no such workflow, or more than one.
 */
export function workflowBodies(type: DocumentType, { workspace, index }: DocumentSet): Map<string, string> {
  const bodies = new Map<string, string>();
  const marked = type.template.sections.filter((section) => section.fromWorkflow);
  const workflows =
    marked.length === 0 ? [] : index.documents.filter((document) => producedType(document, workspace.types) === type);
  const [workflow, second] = workflows;
  if (!workflow || second) return bodies;
  const bytes = workspace.source.read(workflow.path);
  const text = bytes && readText(bytes, workspace.config.limits.documentBytes);
  if (typeof text !== 'string') return bodies;
  for (const { name } of marked) {
    const body = sectionText(workflow, name, text.split(/\r\n|\n|\r/));
    if (body) bodies.set(name, body);
  }
  return bodies;
}
