import { posix } from 'node:path';
import { type QuestionKind, questionNumber } from '../cache/question.ts';
import type { ItemRecord, UnitRecord } from '../cache/unit.ts';
import { keyOfCanonical } from '../model/id.ts';

/** The questions that have another answer than they had. */
export class ChangedAnswers {
  readonly numbers: Set<number> = new Set();

  add(kind: QuestionKind, about?: string): void {
    this.numbers.add(questionNumber(kind, about));
  }

  /** A file has come or gone, and with it maybe the folders above it. */
  existence(path: string): void {
    for (let at = path; ; at = posix.dirname(at)) {
      this.add('path', at);
      if (at === '.') return;
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
    for (const { key, outputs } of differing) {
      if (key !== undefined) this.add('item', key);
      for (const output of outputs) for (const one of [output, ...renumbered(output)]) this.add('listing', one);
    }
  }
}
