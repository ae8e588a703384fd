import { allItems } from '../model/board.ts';
import { type Document, type DocumentIndex, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { referencesOf } from '../model/reference.ts';
import type { RelationSpec } from '../model/relation.ts';
import type { ChangedAnswers } from './changed-answers.ts';
import { type Foresight, leadsOn } from './foresight.ts';
import type { Finder } from './reach.ts';
import { NotSearchable, type SearchedDocuments } from './searched-documents.ts';
import type { Workspace } from './workspace.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** What is looked through. */
interface Parts {
  readonly workspace: Workspace;
  readonly searched: SearchedDocuments;
  readonly foresight: Foresight;
  readonly before: DocumentIndex;
  readonly after: DocumentIndex;
  readonly changed: readonly string[];
  /** The paths of documents that are new and not among the changed files. */
  readonly beside: readonly string[];
}

/** Finds by searching what a change may concern. */
export class SearchFinder implements Finder {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The documents that differ, as they were and as they are. */
  #changed(): Document[] {
    const { before, after, changed } = this.#parts;
    return [before, after].flatMap((index) => changed.flatMap((path) => index.at(path) ?? []));
  }

  renumbered(): readonly Document[] {
    return [...this.#parts.searched.renumbered(), ...this.#changed()];
  }

  owners(key: IdKey): readonly Document[] {
    const { searched, after, changed, beside } = this.#parts;
    const documents = [...searched.named('id', key), ...changed, ...beside].flatMap((path) => after.at(path) ?? []);
    return documents.filter((document) => ownId(document)?.key === key);
  }

  /**
   * Verdicts rest on what a document names, and where that leads on, on what the one that it names does in turn: so those that name
   * one that names something are looked for too, and so forth.
   */
  asking(answers: ChangedAnswers): readonly Document[] {
    if (answers.isUnnamed) throw new NotSearchable();
    const { searched, after, beside } = this.#parts;
    const isNew = beside.flatMap((path) => after.at(path) ?? []);
    return answers.ids.size + answers.paths.size === 0 ? isNew : [...isNew, ...this.#naming(answers, searched)];
  }

  #naming(answers: ChangedAnswers, searched: SearchedDocuments): Iterable<Document> {
    const found = new Map<string, Document>();
    const followed = new Set<string>();
    const ids = new Set<string>([...answers.ids, ...this.#itemsListing(answers.ids)]);
    let naming = this.#read(searched.naming({ ids, paths: answers.paths }), found);
    let next = this.#keysOfThose([...naming, ...this.#changed()], ids, () => true);
    while (this.#leadsOn() && next.size > 0) {
      for (const key of next) followed.add(key);
      naming = this.#read(searched.naming({ ids: next, paths: NOTHING }), found);
      next = this.#keysOfThose([...naming, ...this.#changed()], next, leadsOn);
      for (const key of followed) next.delete(key);
    }
    return found.values();
  }

  #leadsOn(): boolean {
    const { types } = this.#parts.workspace;
    return [...types.values()].some(({ relations }) => [...relations.values()].some(leadsOn));
  }

  /** The items of boards, as they were and as they are, that list one of some documents. */
  #itemsListing(ids: ReadonlySet<string>): string[] {
    const { before, after } = this.#parts;
    const items = [before, after].flatMap(({ boards }) => [...allItems(boards)]);
    return items.flatMap(({ id, outputs }) =>
      id.id && outputs.some((output) => output.id && ids.has(output.id.key)) ? [id.id.key] : [],
    );
  }

  /** The ids of documents that refer to one of some, in a relation of which something is true. */
  #keysOfThose(
    documents: readonly Document[],
    ids: ReadonlySet<string>,
    isMeant: (relation: RelationSpec) => boolean,
  ): Set<string> {
    const { types, config } = this.#parts.workspace;
    const refers = (document: Document): boolean =>
      referencesOf(document, types, config).some(({ id, relation }) => id && ids.has(id.key) && isMeant(relation));
    const keysOf = ({ id, fileId }: Document): string[] => [id, fileId].flatMap((one) => one?.key ?? []);
    return new Set(documents.filter(refers).flatMap(keysOf));
  }

  /** Reads documents, and has it foreseen what those rest on that have not been read yet. */
  #read(paths: ReadonlySet<string>, found: Map<string, Document>): Document[] {
    const { searched, foresight, workspace } = this.#parts;
    const documents = [...paths].flatMap((path) => searched.at(path) ?? []);
    for (const document of documents) {
      if (found.has(document.path)) continue;
      found.set(document.path, document);
      const bytes = workspace.source.read(document.path);
      // Of what has gone meanwhile nothing is foreseen: it is judged.
      if (bytes) foresight.read(document, bytes);
    }
    return documents;
  }
}
