import type { Validate } from './compiled-validator.ts';
import { type DocumentId, type DocumentIndex, readId } from './document.ts';
import type { DocumentType, DocumentTypes } from './document-type.ts';
import type { FixPlan } from './fix.ts';
import type { IdKey } from './id.ts';
import { jsonPath } from './json-pointer.ts';
import { isFinished, isInitial } from './lifecycle.ts';
import type { Place } from './place.ts';
import { explainErrors } from './schema-errors.ts';
import type { StructuredFile } from './structured-file.ts';

/** A string in a board, and where it stands. */
export interface BoardText {
  readonly text: string;
  readonly place: Place;
  /** JSON pointer. */
  readonly pointer: string;
}

/** A document, issue or path that a board names. */
export interface BoardReference extends BoardText {
  /** The id meant, if its prefix is that of a known type. */
  readonly id: DocumentId | undefined;
}

/** One work item of a board. */
export interface BoardItem {
  readonly board: Board;
  /** JSON pointer of the item. */
  readonly pointer: string;
  readonly id: BoardReference;
  readonly title: string;
  readonly status: BoardText;
  readonly priority: string | undefined;
  readonly owner: string | undefined;
  readonly updatedAt: string | undefined;
  readonly prerequisites: {
    readonly tasks: readonly BoardReference[];
    readonly artifacts: readonly BoardReference[];
    readonly approvals: readonly BoardText[];
  };
  readonly criteria: {
    readonly artifacts: readonly BoardReference[];
    readonly tests: boolean;
    readonly review: boolean;
  };
  readonly inputs: readonly BoardReference[];
  readonly outputs: readonly BoardReference[];
  /** What was confirmed, and when. */
  readonly confirmed: ReadonlyMap<string, string>;
}

/** Something wrong with the board as a file. */
export interface BoardMistake {
  readonly message: string;
  readonly place: Place;
  readonly subject: string;
  readonly fix?: FixPlan;
}

/** A task board: a JSON file below a root that holds items of a document type. */
export interface Board {
  /** Relative to the top of the repository. */
  readonly path: string;
  readonly type: DocumentType;
  readonly items: readonly BoardItem[];
  readonly mistakes: readonly BoardMistake[];
  /** Not even its list of items could be read, so nobody can tell what it holds. */
  readonly unreadable: boolean;
}

type Json = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads the parts of one file; whatever does not fit the schema is left out here and told as a mistake. */
class Reader {
  readonly #file: StructuredFile;
  readonly #types: DocumentTypes;

  constructor(file: StructuredFile, types: DocumentTypes) {
    this.#file = file;
    this.#types = types;
  }

  text(value: unknown, pointer: string): BoardText {
    return { text: asText(value) ?? '', place: this.#file.valueAt(pointer), pointer };
  }

  reference(value: unknown, pointer: string): BoardReference {
    const text = this.text(value, pointer);
    return { id: readId(text.text, this.#types), ...text };
  }

  texts(value: unknown, pointer: string): BoardText[] {
    return asList(value).flatMap((entry, at) => (asText(entry) ? [this.text(entry, `${pointer}/${at}`)] : []));
  }

  references(value: unknown, pointer: string): BoardReference[] {
    return this.texts(value, pointer).map(({ text, pointer: own }) => this.reference(text, own));
  }

  artifacts(value: unknown, pointer: string, relation: string): BoardReference[] {
    return asList(value).flatMap((entry, at) => {
      const { id, relation: own } = asObject(entry);
      return own === relation && asText(id) ? [this.reference(id, `${pointer}/${at}/id`)] : [];
    });
  }

  item(value: unknown, pointer: string, board: Board): BoardItem {
    const item = asObject(value);
    const before = asObject(item['prerequisites']);
    const after = asObject(item['completion_criteria']);
    const confirmed = Object.entries(asObject(item['confirmed'])).flatMap(([what, when]): [string, string][] =>
      asText(when) ? [[what, when as string]] : [],
    );
    return {
      board,
      pointer,
      id: this.reference(item['id'], `${pointer}/id`),
      title: asText(item['title']) ?? '',
      status: this.text(item['status'], `${pointer}/status`),
      priority: asText(item['priority']),
      owner: asText(item['owner']),
      updatedAt: asText(item['updatedAt']),
      prerequisites: {
        tasks: this.references(before['tasks'], `${pointer}/prerequisites/tasks`),
        artifacts: this.references(before['artifacts'], `${pointer}/prerequisites/artifacts`),
        approvals: this.texts(before['approvals'], `${pointer}/prerequisites/approvals`),
      },
      criteria: {
        artifacts: this.references(after['artifacts'], `${pointer}/completion_criteria/artifacts`),
        tests: after['tests'] === true,
        review: after['review'] === true,
      },
      inputs: this.artifacts(item['artifacts'], `${pointer}/artifacts`, 'input'),
      outputs: this.artifacts(item['artifacts'], `${pointer}/artifacts`, 'output'),
      confirmed: new Map(confirmed),
    };
  }
}

function schemaMistakes(file: StructuredFile, validate: Validate): BoardMistake[] {
  return explainErrors(validate(file.data), file.data, []).map(({ pointer, key, message, missing }) => ({
    message,
    place: key === undefined ? file.valueAt(pointer) : file.keyAt(`${pointer}/${key}`),
    subject: `${pointer}/${key ?? missing ?? ''}`,
  }));
}

/** An id in another form than the canonical one of the board's type. Documents name the item in whatever form. */
function wrongForm({ path, type }: Board, reference: BoardReference, shared: ReadonlySet<IdKey>): BoardMistake {
  const { id, text, place, pointer } = reference;
  const own = id?.type === type ? id.canonical : undefined;
  const expected = own === undefined ? `an id of the type \`${type.name}\`` : `\`${own}\``;
  const mistake = { message: `Unexpected id \`${text}\`, expected ${expected}`, place, subject: text };
  const change = { path: jsonPath(pointer), value: own };
  // Two items with one id would be worse.
  return own === undefined || (id && shared.has(id.key))
    ? mistake
    : { ...mistake, fix: { safe: true, steps: [{ kind: 'change-board', path, change }] } };
}

/** The ids that several items have, in whatever form. */
function sharedKeys({ items }: Board): Set<IdKey> {
  const seen = new Set<IdKey>();
  return new Set(items.flatMap(({ id: { id } }) => (!id || seen.size < seen.add(id.key).size ? [] : [id.key])));
}

/** Ids of the board's own type, in canonical form, each once. */
function idMistakes(board: Board): BoardMistake[] {
  const seen = new Set<string>();
  const shared = sharedKeys(board);
  return board.items.flatMap(({ id: reference }): BoardMistake[] => {
    const { id, text, place } = reference;
    if (text === '') return [];
    if (id?.type !== board.type || id.canonical !== text) return [wrongForm(board, reference, shared)];
    if (seen.has(id.key))
      return [{ message: `Duplicate item \`${text}\`, expected each id once`, place, subject: text }];
    seen.add(id.key);
    return [];
  });
}

/** A board from its file. A file that cannot be read has no items, and says why. */
export function readBoard(
  path: string,
  file: StructuredFile,
  type: DocumentType,
  types: DocumentTypes,
  validate: Validate,
): Board {
  const errors = file.errors.slice(0, 1).map(({ message, place }) => ({ message, place, subject: message }));
  const items: BoardItem[] = [];
  const mistakes: BoardMistake[] = [...errors];
  const list = asObject(file.data)['items'];
  const board: Board = { path, type, items, mistakes, unreadable: errors.length > 0 || !Array.isArray(list) };
  if (errors.length > 0) return board;
  const reader = new Reader(file, types);
  for (const [at, item] of asList(list).entries()) {
    items.push(reader.item(item, `/items/${at}`, board));
  }
  mistakes.push(...schemaMistakes(file, validate), ...idMistakes(board));
  return board;
}

/** No board has the item. Never so where a board cannot be read: one broken file does not break others. */
export function isUnknownItem(key: IdKey, index: DocumentIndex): boolean {
  return index.findItem(key) === undefined && !index.boards.some((board) => board.unreadable);
}

/** The canonical ids of all items. */
export function itemIds(index: DocumentIndex): string[] {
  return index.boards.flatMap((board) => board.items.flatMap(({ id }) => id.id?.canonical ?? []));
}

/** Somebody has taken the item. */
export function isClaimed(item: BoardItem): boolean {
  return !isInitial(item.board.type.lifecycle, item.status.text);
}

/** The work on the item is done. */
export function isDone(item: BoardItem): boolean {
  return isFinished(item.board.type.lifecycle, item.status.text);
}

/** The words under which tests and review are confirmed. */
const TESTS = 'tests';
const REVIEW = 'review';

/** What of an item's criteria has to be confirmed by somebody: `tests`, `review`. */
export function requiredConfirmations({ criteria }: BoardItem): string[] {
  return [...(criteria.tests ? [TESTS] : []), ...(criteria.review ? [REVIEW] : [])];
}

/** Every item of every board. */
export function allItems(boards: readonly Board[]): BoardItem[] {
  return boards.flatMap((board) => board.items);
}
