import { posix } from 'node:path';
import { type Document, ownId, SUCCESSOR } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import type { Edit } from '../model/edit.ts';
import { addToList, setValue } from '../model/frontmatter-edit.ts';
import { nextStatuses } from '../model/lifecycle.ts';
import { readLink } from '../model/link.ts';
import { currentKey, type Reference, referencesOf } from '../model/reference.ts';
import type { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';

/** How documents of a type take each other's place, as the type's data say it. */
export interface Succession {
  /** Key by which the new document names the old one. */
  readonly field: string;
  /** What the old one becomes. */
  readonly status: string;
}

/** The statuses in which the schema of a type asks for a key that it does not ask for otherwise. */
function statusesAsking(type: DocumentType, key: string): string[] {
  const asks = (data: unknown): boolean =>
    type.validate(data).some(({ keyword, params }) => keyword === 'required' && params['missingProperty'] === key);
  const statuses = (type.schema.properties?.['status']?.enum ?? []).map(String);
  return asks({}) ? [] : statuses.filter((status) => asks({ status }));
}

/**
 * How a document of its type is superseded: by the relation whose reverse names the successor, into the status in which
 * the schema requires one.
 *
 * @throws UserError when the type knows no such relation or status
 */
export function successionOf({ type, status }: Document): Succession {
  const field = [...(type?.relations ?? [])].find(([, { reverse }]) => reverse === SUCCESSOR)?.[0];
  if (!type || field === undefined || !type.relations.has(SUCCESSOR))
    throw new UserError(`Documents of the type \`${type?.name ?? 'unknown'}\` do not supersede each other`);
  const statuses = statusesAsking(type, SUCCESSOR);
  const next = statuses.find((one) => nextStatuses(type.lifecycle, status).includes(one));
  const goal = status !== undefined && statuses.includes(status) ? status : (next ?? statuses[0]);
  if (goal !== undefined) return { field, status: goal };
  throw new UserError(
    `No status of the type \`${type.name}\` requires \`${SUCCESSOR}\` (${type.source})`,
    'docs/document-types.md says how a type tells which one it is.',
  );
}

/** The references of a document in one relation field. */
export function referencesInField(document: Document, field: string, { workspace }: DocumentSet): Reference[] {
  return referencesOf(document, workspace.types, workspace.config).filter((reference) => reference.field === field);
}

function names(document: Document, field: string, target: Document, set: DocumentSet): boolean {
  return referencesInField(document, field, set).some(
    ({ id }) => id !== undefined && currentKey(id, set.index) === ownId(target)?.key,
  );
}

/** The line at the top of a document that says which one has taken its place; none where it stands there. */
function noteEdits(old: Document, successor: Document, status: string, source: SourceText): Edit[] {
  const leadsThere = old.facts.links.some(({ section, url }) => {
    const target = readLink(url, old.path);
    return section === -1 && target.kind === 'path' && target.path === successor.path;
  });
  if (leadsThere) return [];
  const way = encodeURI(posix.relative(posix.dirname(old.path), successor.path));
  const note = `> ${status} by [${ownId(successor)?.canonical}](${way}).`;
  const title = old.facts.headings.find(({ depth }) => depth === 1)?.place;
  const at = title ? source.lines.offset(title.endLine, title.endColumn) : (old.facts.frontmatter?.end ?? 0);
  return [source.replace(at, at, title ? `\n\n${note}` : `\n${note}\n`)];
}

/** The edits that let one document take the place of another; none where that has been done. */
export function supersedeEdits(
  old: Document,
  successor: Document,
  { field, status }: Succession,
  set: DocumentSet,
  sourceOf: (document: Document) => SourceText,
): Map<string, Edit[]> {
  const [oldId, newId] = [ownId(old)?.canonical ?? '', ownId(successor)?.canonical ?? ''];
  const [oldSource, newSource] = [sourceOf(old), sourceOf(successor)];
  const inStatus = setValue(oldSource, 'status', status);
  const forth = names(old, SUCCESSOR, successor, set) ? [] : addToList(oldSource, SUCCESSOR, newId);
  const back = names(successor, field, old, set) ? [] : addToList(newSource, field, oldId);
  for (const [edits, { path }] of [
    [inStatus, old],
    [forth, old],
    [back, successor],
  ] as const)
    if (!edits)
      throw new UserError(`The frontmatter of ${path} cannot be changed`, 'planproof lint says where it is wrong.');
  const onOld = [...(inStatus ?? []), ...(forth ?? []), ...noteEdits(old, successor, status, oldSource)];
  return new Map([
    [old.path, onOld],
    [successor.path, back ?? []],
  ]);
}
