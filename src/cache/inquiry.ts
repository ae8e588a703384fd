import type { DocumentIndex } from '../model/document.ts';
import { plainPath } from '../model/plain-path.ts';
import { NumberLists } from './number-lists.ts';
import { type QuestionKind, questionNumber } from './question.ts';

/** The path of a question, in one form; what lies outside the repository never exists, so nobody has to ask again. */
function askedPath(path: string): string | undefined {
  const inside = plainPath(path);
  return inside === '..' || inside.startsWith('../') || inside.startsWith('/') ? undefined : inside;
}

/** Listens to what judging asks. */
export class Inquiry {
  /** Whether each path existed that was asked for and is of interest. */
  readonly paths: Map<string, boolean> = new Map();
  /** The paths of the documents whose anchors were asked for. */
  readonly anchors: Set<string> = new Set();
  readonly #isOfInterest: (path: string) => boolean;
  readonly #lists = new NumberLists();
  #asked = new Set<number>();

  /** @param isOfInterest whether it is to be told if a path existed */
  constructor(isOfInterest: (path: string) => boolean) {
    this.#isOfInterest = isOfInterest;
  }

  /** Notes a question. */
  ask(kind: QuestionKind, about = ''): void {
    // With a sign: the engine keeps those apart that do not fit in a word of its own.
    this.#asked.add(questionNumber(kind, about) | 0);
  }

  /** Does some work, and tells what it asked. */
  during<Value>(work: () => Value): { readonly value: Value; readonly asked: Uint32Array } {
    this.#asked = new Set();
    const value = work();
    return { value, asked: this.#lists.listed(this.#asked) };
  }

  /** An index that listens. */
  index(index: DocumentIndex): DocumentIndex {
    const ask = this.ask.bind(this);
    const { anchors } = this;
    return {
      get documents() {
        ask('everything');
        return index.documents;
      },
      get paths() {
        ask('everything');
        return index.paths;
      },
      get boards() {
        ask('boards');
        return index.boards;
      },
      find(key) {
        ask('id', key);
        return index.find(key);
      },
      holders(key) {
        ask('id', key);
        return index.holders(key);
      },
      findFormer(key) {
        ask('former', key);
        return index.findFormer(key);
      },
      findItem(key) {
        ask('item', key);
        return index.findItem(key);
      },
      itemsListing(key) {
        ask('listing', key);
        return index.itemsListing(key);
      },
      ids() {
        ask('ids');
        return index.ids();
      },
      at(path) {
        ask('document', path);
        return index.at(path);
      },
      anchorsOf(path) {
        ask('anchors', path);
        anchors.add(path);
        return index.anchorsOf(path);
      },
      replaced(...other) {
        ask('everything');
        return index.replaced(...other);
      },
    };
  }

  /** `exists` that listens. */
  exists(exists: (path: string) => boolean): (path: string) => boolean {
    return (path) => {
      const answer = exists(path);
      const asked = askedPath(path);
      if (asked !== undefined) {
        this.ask('path', asked);
        if (this.#isOfInterest(asked)) this.paths.set(asked, answer);
      }
      return answer;
    };
  }
}
