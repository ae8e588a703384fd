import type { Board, BoardItem } from './board.ts';
import { type DocumentType, type DocumentTypes, typeOfPrefix } from './document-type.ts';
import type { Facts } from './facts.ts';
import { entryAt, type Frontmatter } from './frontmatter.ts';
import { canonicalId, type IdFormat, type IdKey, type IdText, idKey, idOfFileName, parseIdText } from './id.ts';

/** An id of a known type. */
export interface DocumentId {
  readonly type: DocumentType;
  readonly key: IdKey;
  /** Upper case, canonical prefix, padded. */
  readonly canonical: string;
}

/** Where a document lies among the folders of the types. */
export interface Location {
  /** The root, relative to the top of the repository; undefined outside all roots. */
  readonly root: string | undefined;
  /** The type in whose folder it lies. */
  readonly folderType: DocumentType | undefined;
}

/** A document's text, read as far as somebody asks. */
export interface Reading {
  /** Undefined where there is none, or the text cannot be read. */
  readonly frontmatter: Frontmatter | undefined;
  /** Of many documents not all are kept: they are made anew when they are asked for later. */
  readonly facts: Facts;
}

/** One Markdown file with its facts, its type and its identity. */
export interface Document extends Location, Reading {
  /** Relative to the top of the repository, with `/`. */
  readonly path: string;
  readonly type: DocumentType | undefined;
  /**
   * What the frontmatter says, in whatever form; undefined when it is no id of the document's type. A wrong prefix, as
   * id-format says, takes nothing from the document that owns the id.
   */
  readonly id: DocumentId | undefined;
  /** What the file name says. */
  readonly fileId: DocumentId | undefined;
  readonly status: string | undefined;
  /** The ids that it had before it was renumbered. */
  readonly formerIds: readonly DocumentId[];
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * An object of a class: those of all documents last, and the engine comes to make literals of which many last where it seldom
 * collects, all those that documents name too.
 */
class KnownId implements DocumentId {
  readonly type: DocumentType;
  readonly key: IdKey;
  readonly canonical: string;

  constructor(type: DocumentType, format: IdFormat, number: string) {
    this.type = type;
    this.key = idKey(format, number);
    this.canonical = canonicalId(format, number);
  }
}

/** The id of a type whose form a text has; undefined when no type has its prefix. */
export function idOf(parsed: IdText, types: DocumentTypes): DocumentId | undefined {
  const type = typeOfPrefix(parsed.prefix, types);
  return type?.id && new KnownId(type, type.id, parsed.number);
}

/** Reads a text as an id of one of the types; undefined when it has another form or an unknown prefix. */
export function readId(text: string, types: DocumentTypes): DocumentId | undefined {
  const parsed = parseIdText(text);
  return parsed && idOf(parsed, types);
}

/** The string a top-level frontmatter key holds; undefined when it is missing, empty or something else. */
export function stringField({ frontmatter }: Pick<Reading, 'frontmatter'>, key: string): string | undefined {
  const value = frontmatter?.data[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The id as the frontmatter has it, read from the source text. */
export function idText({ frontmatter }: Pick<Reading, 'frontmatter'>): string | undefined {
  return entryAt(frontmatter, '/id')?.source || undefined;
}

type Head = Pick<Reading, 'frontmatter'>;

function typeByField(head: Head, types: DocumentTypes): DocumentType | undefined {
  const named = stringField(head, 'type');
  return named === undefined ? undefined : types.get(named);
}

/** A type without ids is known by its marker, in a document that has no id. */
function typeByMarker({ frontmatter }: Head, types: DocumentTypes): DocumentType | undefined {
  const data = frontmatter?.data ?? {};
  if (Object.hasOwn(data, 'id')) return undefined;
  for (const type of types.values()) if (type.marker !== undefined && Object.hasOwn(data, type.marker)) return type;
  return undefined;
}

/**
 * The type of a document: what two of {folder, id prefix, `type` field} agree on; if all differ or the rest is missing,
 * `type`, then prefix, then folder. A document whose own id cannot be read counts with that of its file name.
 */
function decideType(
  head: Head,
  location: Location,
  id: DocumentId | undefined,
  types: DocumentTypes,
): DocumentType | undefined {
  const marked = typeByMarker(head, types);
  if (marked) return marked;
  const field = typeByField(head, types);
  const prefix = id?.type;
  const folder = location.folderType;
  if (prefix && prefix === folder) return prefix;
  return field ?? prefix ?? folder;
}

/** A reading of a text that has been read already. */
export function readAs(facts: Facts): Reading {
  return { frontmatter: facts.frontmatter, facts };
}

/** A document of a reading, as an object of a class: accessors of its own would take a kilobyte for each of thousands. */
class ReadDocument implements Document {
  readonly path: string;
  readonly root: string | undefined;
  readonly folderType: DocumentType | undefined;
  readonly type: DocumentType | undefined;
  readonly id: DocumentId | undefined;
  readonly fileId: DocumentId | undefined;
  readonly status: string | undefined;
  readonly formerIds: readonly DocumentId[];
  readonly #reading: Reading;

  constructor(told: Omit<Document, keyof Reading>, reading: Reading) {
    this.path = told.path;
    this.root = told.root;
    this.folderType = told.folderType;
    this.type = told.type;
    this.id = told.id;
    this.fileId = told.fileId;
    this.status = told.status;
    this.formerIds = told.formerIds;
    this.#reading = reading;
  }

  get frontmatter(): Frontmatter | undefined {
    return this.#reading.frontmatter;
  }

  get facts(): Facts {
    return this.#reading.facts;
  }
}

/** A document as if it were in another status. */
export function inStatus(document: Document, status: string): Document {
  const { path, root, folderType, type, id, fileId, formerIds } = document;
  return new ReadDocument({ path, root, folderType, type, id, fileId, status, formerIds }, document);
}

/** The id that a document goes by: that of its file name where its own cannot be read. */
export function ownId(document: Pick<Document, 'id' | 'fileId'> | undefined): DocumentId | undefined {
  return document?.id ?? document?.fileId;
}

const NO_IDS: readonly DocumentId[] = [];

/**
 * Builds a document from its text. Only the frontmatter is read for it.
 *
 * @param forced the type, where the command line settles it
 */
export function describe(
  path: string,
  location: Location,
  reading: Reading,
  types: DocumentTypes,
  forced?: DocumentType,
): Document {
  const { frontmatter } = reading;
  const head = { frontmatter };
  const written = idText(head);
  const inName = idOfFileName(baseName(path));
  const id = readId(written ?? '', types);
  // Mostly one and the same: it is read once.
  const fileId = inName === written ? id : readId(inName ?? '', types);
  const type = forced ?? decideType(head, location, id ?? (written === undefined ? fileId : undefined), types);
  const told = {
    path,
    root: location.root,
    folderType: location.folderType,
    type,
    id: id?.type === type ? id : undefined,
    fileId,
    status: stringField(head, 'status'),
    formerIds: formerIds(head, types),
  };
  return new ReadDocument(told, reading);
}

/** The set of all documents, by id and path; read-only once built. */
export interface DocumentIndex {
  /** Sorted by path. */
  readonly documents: readonly Document[];
  /** Those of all documents, sorted: what is remembered of a document is not read for its path. */
  readonly paths: readonly string[];
  /** The documents whose frontmatter claims an id. */
  holders(key: IdKey): readonly Document[];
  /** Finds the document with an id; by file name where no frontmatter claims it, so that one broken file does not break others. */
  find(key: IdKey): Document | undefined;
  /** Finds the document that had an id before it was renumbered. */
  findFormer(key: IdKey): Document | undefined;
  readonly boards: readonly Board[];
  /** Finds the item of a board. */
  findItem(key: IdKey): BoardItem | undefined;
  /** The items that list the document with an id as an output, under that id or one from before a renumbering. */
  itemsListing(key: IdKey): readonly BoardItem[];
  /** Canonical ids of all documents and items. */
  ids(): readonly string[];
  at(path: string): Document | undefined;
  /** What links to a document can lead to; undefined where there is none, or its text cannot be read. */
  anchorsOf(path: string): ReadonlySet<string> | undefined;
  /** The same set with another document at a path, or none, and with other boards. */
  replaced(path: string, document: Document | undefined, boards: readonly Board[]): DocumentIndex;
}

/** Frontmatter key with the ids that a document had before. */
export const FORMERLY = 'formerly';
/** Frontmatter key with the documents that took a document's place. */
export const SUCCESSOR = 'superseded_by';

/** The ids that a document had before it was renumbered. */
function formerIds({ frontmatter }: Head, types: DocumentTypes): readonly DocumentId[] {
  const value = frontmatter?.data[FORMERLY];
  if (value === undefined) return NO_IDS;
  const texts = [value].flat().flatMap((text) => (typeof text === 'string' ? text.split(',') : []));
  return texts.flatMap((text) => readId(text, types) ?? []);
}
