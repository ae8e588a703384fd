import { NumberLists } from '../cache/number-lists.ts';
import { questionNumber } from '../cache/question.ts';
import { asBuffer } from '../model/bytes.ts';
import type { Document, DocumentIndex } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { IdFinder } from '../model/id-finder.ts';
import { wordOfPath } from '../model/path-word.ts';
import { type Reference, referencesOf } from '../model/reference.ts';
import type { RelationSpec } from '../model/relation.ts';
import { isRewritten } from '../model/rewritten.ts';
import type { Unreadable } from '../sources/source.ts';
import { addPathWords } from './path-words.ts';
import type { Workspace } from './workspace.ts';

const NO_BYTES = new Uint8Array();

/** Where a relation goes in pairs or in rounds, verdicts rest on what the target names in turn. */
export const leadsOn = ({ reverse, acyclic }: RelationSpec): boolean => reverse !== undefined || acyclic === true;

/** What is foreseen of a text alone. */
interface Foreseen {
  readonly numbers: Uint32Array;
  /** References to what has references in its turn, on which the verdict can rest too. */
  readonly further: readonly Reference[];
}

/**
 * Foresees what verdicts can rest on, without judging: on what a text names, and on little that what it names does. Of most
 * documents that is told by the words that are in them, some of which mean nothing.
 */
export class Foresight {
  readonly #workspace: Workspace;
  readonly #ids: IdFinder;
  readonly #lists = new NumberLists();
  /** By the documents' paths; undefined where only judging tells. */
  readonly #foreseen = new Map<string, Foreseen | undefined>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#ids = new IdFinder(workspace.types);
  }

  /** Takes in a document that has just been read. */
  read(document: Document, bytes: Uint8Array | Unreadable): void {
    this.#foreseen.set(document.path, this.#foresee(document, bytes instanceof Uint8Array ? bytes : NO_BYTES));
  }

  #foresee(document: Document, bytes: Uint8Array): Foreseen | undefined {
    const text = asBuffer(bytes).toString('utf8');
    if (isRewritten(text)) return undefined;
    const { path } = document;
    const references = this.#references(document);
    const numbers = new Set([questionNumber('unnamed')]);
    addPathWords(text, numbers);
    const words = [wordOfPath(path), ...this.#ids.keysIn(path), ...this.#ids.keysIn(text), ...references.map(wordOf)];
    for (const word of words) if (word !== undefined) numbers.add(questionNumber('named', word));
    const further = references.filter(({ id, relation }) => leadsOn(relation) || id?.type.board !== undefined);
    return { numbers: this.#lists.listed(numbers), further };
  }

  #references(document: Document | undefined): readonly Reference[] {
    const { types, config } = this.#workspace;
    return document ? referencesOf(document, types, config) : [];
  }

  /**
   * The numbers of the questions that a verdict on a document can rest on, of a set in which all have been read.
   *
   * @returns undefined where only judging tells
   */
  questionsOf({ path }: Document, index: DocumentIndex): Uint32Array | undefined {
    const foreseen = this.#foreseen.get(path);
    if (!foreseen) return undefined;
    const { numbers, further } = foreseen;
    if (further.length === 0) return numbers;
    const all = new Set(numbers);
    for (const word of this.#namedBy(further, index)) all.add(questionNumber('named', word));
    return this.#lists.listed(all);
  }

  /** What is named by way of references: by documents, from one to the next, and by the items of a board. */
  #namedBy(references: readonly Reference[], index: DocumentIndex): Set<string> {
    const found = new Set<string>();
    const followed = new Set<IdKey>();
    const front = [...references];
    for (let reference = front.pop(); reference; reference = front.pop()) {
      const { id, relation } = reference;
      if (!id) continue;
      found.add(id.key);
      for (const output of index.findItem(id.key)?.outputs ?? []) if (output.id) found.add(output.id.key);
      if (!leadsOn(relation) || followed.has(id.key)) continue;
      followed.add(id.key);
      front.push(...this.#references(index.find(id.key)));
    }
    return found;
  }
}

/** The word that tells what a reference leads to, which may be a number alone. */
function wordOf({ kind, text, id }: Reference): string | undefined {
  return kind === 'path' ? wordOfPath(text) : id?.key;
}
