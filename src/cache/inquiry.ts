import type { DocumentIndex } from '../model/document.ts';
import { plainPath } from '../model/plain-path.ts';
import { type QuestionKind, questionNumber } from './question.ts';

/** The path of a question, in one form; what lies outside the repository never exists, so nobody has to ask again. */
function askedPath(path: string): string | undefined {
  const inside = plainPath(path);
  return inside === '..' || inside.startsWith('../') || inside.startsWith('/') ? undefined : inside;
}

/** So many numbers are put beside each other: a list of its own for each verdict would take more memory than they do. */
const CHUNK = 65_536;

/** Listens to what judging asks. */
export class Inquiry {
  /** Whether each path existed that was asked for and is of interest. */
  readonly paths: Map<string, boolean> = new Map();
  /** The paths of the documents whose anchors were asked for. */
  readonly anchors: Set<string> = new Set();
  readonly #isOfInterest: (path: string) => boolean;
  #asked = new Set<number>();
  #chunk = new Uint32Array();
  #used = 0;

  /** @param isOfInterest whether it is to be told if a path existed */
  constructor(isOfInterest: (path: string) => boolean) {
    this.#isOfInterest = isOfInterest;
  }

  /** Notes a question. */
  ask(kind: QuestionKind, about = ''): void {
    this.#asked.add(questionNumber(kind, about));
  }

  /** Does some work, and tells what it asked. */
  during<Value>(work: () => Value): { readonly value: Value; readonly asked: Uint32Array } {
    this.#asked = new Set();
    const value = work();
    return { value, asked: this.#listed() };
  }

  #listed(): Uint32Array {
    const { size } = this.#asked;
    if (this.#used + size > this.#chunk.length) {
      this.#chunk = new Uint32Array(Math.max(CHUNK, size));
      this.#used = 0;
    }
    const start = this.#used;
    for (const number of this.#asked) {
      this.#chunk[this.#used] = number;
      this.#used += 1;
    }
    return this.#chunk.subarray(start, this.#used);
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
