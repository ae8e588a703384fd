import { type Document, type DocumentId, describe, idText, readAs, readId } from '../model/document.ts';
import type { DocumentTypes } from '../model/document-type.ts';
import { noFacts } from '../model/facts.ts';
import { readFrontmatter } from '../model/frontmatter.ts';
import { LineTable } from '../model/place.ts';
import { locate } from '../pipeline/locate.ts';
import { readText } from '../pipeline/read.ts';
import type { Workspace } from '../pipeline/workspace.ts';

type Ids = (DocumentId | undefined)[];

/** Every id that a document takes: its own, whatever its type, that of its file name, and those that it had before. */
export function idsOf(document: Document, types: DocumentTypes): Ids {
  return [readId(idText(document) ?? '', types), document.fileId, ...document.formerIds];
}

/** The ids that a document elsewhere takes; bytes that are no text leave the one of its file name. */
export function idsInDocument(path: string, bytes: Uint8Array | undefined, workspace: Workspace): Ids {
  const { types, config } = workspace;
  const text = bytes && readText(bytes, config.limits.documentBytes);
  // The body is of no interest, and parsing it is what takes time.
  const frontmatter = typeof text === 'string' ? readFrontmatter(text, new LineTable(text)) : undefined;
  const facts = noFacts({ kind: 'unreadable', message: '' }, frontmatter);
  return idsOf(describe(path, locate(path, workspace), readAs(facts), types), types);
}

/** The ids of the items of a board elsewhere; of one that is no JSON, as in the middle of a merge, all that look like one. */
export function idsInBoard(bytes: Uint8Array, types: DocumentTypes): Ids {
  const text = readText(bytes, Number.POSITIVE_INFINITY);
  if (typeof text !== 'string') return [];
  return itemIds(text).map((id) => (typeof id === 'string' ? readId(id, types) : undefined));
}

function itemIds(text: string): unknown[] {
  try {
    const { items } = JSON.parse(text) as { items?: unknown };
    return Array.isArray(items) ? items.map((item: { id?: unknown } | null) => item?.id) : [];
  } catch {
    return [...text.matchAll(/"id"\s*:\s*"([^"\\]*)"/g)].map((match) => match[1]);
  }
}
