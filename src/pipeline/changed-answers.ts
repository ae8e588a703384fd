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
  /** The same by words, as they are foreseen for verdicts that nobody has given yet. */
  readonly words: Set<number> = new Set();
  readonly #hasWords: boolean;

  /** @param hasWords whether anything was foreseen */
  constructor(hasWords: boolean) {
    this.#hasWords = hasWords;
  }

  add(kind: QuestionKind, about = ''): void {
    this.numbers.add(questionNumber(kind, about));
    if (ABOUT_IDS.includes(kind)) this.#word(about);
    if (ABOUT_PATHS.includes(kind)) this.#pathWord(about);
  }

  #word(word: string | undefined): void {
    if (!this.#hasWords) return;
    this.words.add(word === undefined ? questionNumber('unnamed') : questionNumber('named', word));
  }

  /** The anchors of a document may be others, of which nobody who was judged has asked. */
  anchorsForeseen(path: string): void {
    this.#pathWord(path);
  }

  #pathWord(path: string): void {
    if (this.#hasWords) this.#word(wordOfPath(path));
  }

  /**
   * A file has come or gone, and with it maybe the folders above it.
   *
   * @param isSameFolder whether a folder was there before and is there now, or neither, as far as one knows
   */
  existence(path: string, isSameFolder: (folder: string) => boolean): void {
    this.add('path', path);
    this.#pathWord(path);
    for (let at = posix.dirname(path); ; at = posix.dirname(at)) {
      this.add('path', at);
      if (at === '.') return;
      if (this.#hasWords && !isSameFolder(at)) this.#pathWord(at);
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
    if (old.length === 0 || now.length === 0) this.#word(undefined);
    for (const { key, outputs } of differing) {
      if (key !== undefined) this.add('item', key);
      for (const output of outputs) for (const one of [output, ...renumbered(output)]) this.add('listing', one);
    }
  }
}
