import { posix } from 'node:path';
import { type QuestionKind, questionNumber } from '../cache/question.ts';
import type { ItemRecord, UnitRecord } from '../cache/unit.ts';
import { keyOfCanonical } from '../model/id.ts';
import { wordOfPath } from '../model/path-word.ts';

/** Questions about a path, but for whether it exists. */
const ABOUT_PATHS: readonly QuestionKind[] = ['document', 'anchors'];
const ABOUT_IDS: readonly QuestionKind[] = ['id', 'former', 'item', 'listing'];

/** The questions that have another answer than they had. */
export class ChangedAnswers {
  readonly numbers: Set<number> = new Set();
  /** What they are about, by words, as it is foreseen for verdicts that nobody has given yet: keys of ids. */
  readonly ids: Set<string> = new Set();
  /** Words of paths. */
  readonly paths: Set<string> = new Set();
  /** Whether one of them is about what no word tells. */
  isUnnamed = false;
  readonly #hasWords: boolean;

  /** @param hasWords whether anything was foreseen */
  constructor(hasWords: boolean) {
    this.#hasWords = hasWords;
  }

  add(kind: QuestionKind, about = ''): void {
    this.numbers.add(questionNumber(kind, about));
    if (this.#hasWords && ABOUT_IDS.includes(kind)) this.ids.add(about);
    if (ABOUT_PATHS.includes(kind)) this.#path(about);
  }

  /** The questions by words, as numbers. */
  words(): Set<number> {
    const words = new Set([...this.ids, ...this.paths].map((word) => questionNumber('named', word)));
    return this.isUnnamed ? words.add(questionNumber('unnamed')) : words;
  }

  /** The anchors of a document may be others, of which nobody who was judged has asked. */
  anchorsForeseen(path: string): void {
    this.#path(path);
  }

  #path(path: string): void {
    if (!this.#hasWords) return;
    const word = wordOfPath(path);
    if (word === undefined) this.isUnnamed = true;
    else this.paths.add(word);
  }

  /**
   * A file has come or gone, and with it maybe the folders above it.
   *
   * @param isSameFolder whether a folder was there before and is there now, or neither, as far as one knows
   */
  existence(path: string, isSameFolder: (folder: string) => boolean): void {
    this.add('path', path);
    this.#path(path);
    for (let at = posix.dirname(path); ; at = posix.dirname(at)) {
      this.add('path', at);
      if (at === '.') return;
      if (this.#hasWords && !isSameFolder(at)) this.#path(at);
    }
  }

  /**
   * The documents at a path are not what they were.
   *
   * @param renumbered the keys of the documents that had an id, then or now
   */
  document(
    path: string,
    before: UnitRecord | undefined,
    after: UnitRecord | undefined,
    renumbered: (key: string) => readonly string[],
  ): void {
    this.add('document', path);
    this.add('everything');
    if ((before?.id ?? before?.fileId) !== (after?.id ?? after?.fileId)) this.add('ids');
    for (const record of [before, after]) {
      const own = [record?.id, record?.fileId].flatMap((id) => (id === undefined ? [] : [keyOfCanonical(id)]));
      const former = (record?.former ?? []).map(keyOfCanonical);
      for (const key of own) this.add('id', key);
      for (const key of former) this.add('former', key);
      // An item that lists an old id lists the document that has had it.
      for (const key of [...own, ...former]) for (const now of [key, ...renumbered(key)]) this.add('listing', now);
    }
  }

  /** A board is not what it was. */
  board(
    before: UnitRecord | undefined,
    after: UnitRecord | undefined,
    renumbered: (key: string) => readonly string[],
  ): void {
    this.add('boards');
    this.add('everything');
    this.add('ids');
    const [old, now] = [before, after].map((record) => record?.items ?? []) as [
      readonly ItemRecord[],
      readonly ItemRecord[],
    ];
    const [oldTexts, nowTexts] = [old, now].map((items) => new Set(items.map(({ text }) => text)));
    const differing = [
      ...old.filter(({ text }) => !nowTexts?.has(text)),
      ...now.filter(({ text }) => !oldTexts?.has(text)),
    ];
    // Where a board has no items, it may be one that cannot be read, and then no item is unknown.
    if (this.#hasWords && (old.length === 0 || now.length === 0)) this.isUnnamed = true;
    for (const { key, outputs } of differing) {
      if (key !== undefined) this.add('item', key);
      for (const output of outputs) for (const one of [output, ...renumbered(output)]) this.add('listing', one);
    }
  }
}
