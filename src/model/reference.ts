import type { Config } from './config.ts';
import { type Document, type DocumentId, type DocumentIndex, idOf, readId } from './document.ts';
import type { DocumentTypes } from './document-type.ts';
import { type Entry, entryAt, type Frontmatter, textPlace } from './frontmatter.ts';
import type { IdKey } from './id.ts';
import { escapePointer } from './json-pointer.ts';
import { columnsOf, type Place } from './place.ts';
import { classifyReference, isAddress, type ReferenceKind, type RelationSpec } from './relation.ts';
import { remembering } from './remember.ts';

/** One reference in a relation field of a document's frontmatter. */
export interface Reference {
  readonly field: string;
  readonly relation: RelationSpec;
  /** As written, without quotes. */
  readonly text: string;
  readonly place: Place;
  /** The text alone, without quotes; undefined where that cannot be told. */
  readonly words: Place | undefined;
  /** Its position in the list of the field; undefined in a scalar. */
  readonly at: number | undefined;
  /** What goes with it when it is taken out of a text that holds several, with a comma; undefined where it is alone. */
  readonly withComma: Place | undefined;
  readonly kind: ReferenceKind['kind'];
  /** The id meant, if its prefix is that of a known type. */
  readonly id: DocumentId | undefined;
}

/** The scalar entries of a field: of the field itself, or of its list; `null` and `~` are none. */
function scalars(frontmatter: Frontmatter, field: string): Entry[] {
  const pointer = `/${escapePointer(field)}`;
  const own = entryAt(frontmatter, pointer);
  if (!own) return [];
  const value = frontmatter.data[field];
  if (own.source !== null) return value === null ? [] : [own];
  const values = Array.isArray(value) ? value : [value];
  const above = `${pointer}/`;
  const members: Entry[] = [];
  for (const entry of frontmatter.entries) {
    if (entry.source === null || !entry.pointer.startsWith(above)) continue;
    const index = entry.pointer.slice(above.length);
    if (!index.includes('/') && values[Number(index)] !== null) members.push(entry);
  }
  return members;
}

type Part = Pick<Reference, 'text' | 'place' | 'words' | 'at' | 'withComma'>;

/** The parts of a scalar that holds several references; each with its own place where that can be told. */
function partsOf(entry: Entry): Part[] {
  const { source, value, pointer } = entry;
  const whole = source ?? '';
  const inner = textPlace(entry);
  const behindField = pointer.indexOf('/', 1);
  const at = behindField < 0 ? undefined : Number(pointer.slice(behindField + 1));
  if (!whole.includes(',') || isAddress(whole)) {
    const text = whole.trim();
    return text === '' ? [] : [{ text, place: value, words: inner, at, withComma: undefined }];
  }
  let behind = -1;
  return whole.split(',').flatMap((part, nth) => {
    const text = part.trim();
    const from = behind + 1;
    behind = from + part.length;
    if (text === '') return [];
    const within = (start: number, end: number): Place | undefined =>
      inner && columnsOf(inner, inner.column + start, inner.column + end);
    const words = within(from + part.indexOf(text), from + part.indexOf(text) + text.length);
    const next = whole.slice(behind + 1).search(/\S|$/) + behind + 1;
    const withComma = nth === 0 ? within(0, next) : within(from - 1, behind);
    return [{ text, place: words ?? value, words, at: inner && at, withComma }];
  });
}

/** A bare number is an id where the relation leads to one type only. */
function readReference(
  text: string,
  relation: RelationSpec,
  types: DocumentTypes,
  config: Config,
): Pick<Reference, 'kind' | 'id'> {
  const sole = relation.to.length === 1 ? types.get(relation.to[0] as string)?.id : undefined;
  if (sole && /^[0-9]+$/.test(text)) return { kind: 'id', id: readId(`${sole.prefix}-${text}`, types) };
  const { kind, id } = classifyReference(text, config.externalPrefixes);
  return { kind, id: id && idOf(id, types) };
}

const NONE: readonly Reference[] = [];

/** The references of one relation field. A scalar may hold several, with commas; empty ones are the schema's business. */
function referencesIn(
  frontmatter: Frontmatter,
  field: string,
  relation: RelationSpec,
  types: DocumentTypes,
  config: Config,
): readonly Reference[] {
  // Most fields are in most documents not there.
  if (!Object.hasOwn(frontmatter.data, field)) return NONE;
  const found: Reference[] = [];
  for (const entry of scalars(frontmatter, field)) {
    for (const { text, place, words, at, withComma } of partsOf(entry)) {
      const { kind, id } = readReference(text, relation, types, config);
      found.push({ field, relation, text, place, words, at, withComma, kind, id });
    }
  }
  return found;
}

type Referring = Pick<Document, 'frontmatter' | 'type'>;

function findReferences(document: Referring, types: DocumentTypes, config: Config): readonly Reference[] {
  const { frontmatter, type } = document;
  if (!frontmatter || !type) return NONE;
  const found: Reference[] = [];
  for (const [field, relation] of type.relations)
    for (const reference of referencesIn(frontmatter, field, relation, types, config)) found.push(reference);
  return found;
}

/** All references of a document, in the order of its type's relation fields. */
export const referencesOf: typeof findReferences = remembering(findReferences);

/** The references to the tasks that a document belongs to: those in relations that lead to nothing but a board's items. */
export function taskReferences(document: Document, types: DocumentTypes, config: Config): Reference[] {
  return referencesOf(document, types, config).filter(({ relation }) =>
    relation.to.every((name) => types.get(name)?.board !== undefined),
  );
}

/** The statuses that the target of a relation may have while its document is in a status; undefined when all are fine. */
export function targetStatuses(
  relation: RelationSpec,
  { type }: DocumentId,
  status: string | undefined,
): readonly string[] | undefined {
  const wanted = relation['target-status'];
  const during = wanted?.['while'];
  if (!wanted || (during && !(status !== undefined && during.includes(status)))) return undefined;
  return wanted[type.name];
}

/** The key of what an id means now: one from before a renumbering means the document that had it. */
export function currentKey({ key }: Pick<DocumentId, 'key'>, index: Pick<DocumentIndex, 'find' | 'findFormer'>): IdKey {
  return (index.find(key) ? undefined : index.findFormer(key)?.id?.key) ?? key;
}

/** Whether a document belongs to a task. */
export function isTracked(document: Document, types: DocumentTypes, config: Config): boolean {
  return taskReferences(document, types, config).length > 0;
}
