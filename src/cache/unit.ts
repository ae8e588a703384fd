import type { Finding } from '../model/finding.ts';

/** The verdict on a document or a board. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** Of each finding the line that it stands on, for reports; null where that is not remembered. */
  readonly lines: readonly (string | null)[];
}

/** What is remembered of a document or a board: what others ask of it, and the verdict on it. */
export interface UnitRecord {
  readonly kind: 'document' | 'board';
  /** The part of a document's text with its frontmatter. */
  readonly head?: string;
  /** Why its bytes are no text that could be judged. */
  readonly problem?: { readonly kind: 'unreadable' | 'limit'; readonly message: string };
  /** Canonical ids: that of the frontmatter, that of the file name, and former ones. */
  readonly id?: string | undefined;
  readonly fileId?: string | undefined;
  readonly former?: readonly string[];
  /** Of a board: its items, each with what a verdict on a document can rest on. */
  readonly items?: readonly ItemRecord[];
  /** Not judged yet: what the verdict can rest on is foreseen. */
  readonly open?: true;
  /** How many findings there are; absent where there are none. */
  readonly found?: number;
  /** These; absent where there are none, or where the base has them elsewhere. */
  readonly verdict?: Verdict;
}

/** An item of a board. */
export interface ItemRecord {
  /** The key of its id. */
  readonly key: string | undefined;
  /** The keys of the documents that it lists as its output. */
  readonly outputs: readonly string[];
  /** All of it, as text. */
  readonly text: string;
}

/** A document or board, as it was judged if it was. */
export interface Unit {
  readonly path: string;
  /** The hash of its bytes, as git names a blob. */
  readonly hash: string;
  readonly record: UnitRecord;
  /** The numbers of the questions that its verdict rests on, or can rest on. */
  readonly asked: Uint32Array;
}

/** The canonical id by which a document is listed among all. */
export function listedId({ kind, id, fileId }: UnitRecord): string | undefined {
  return kind === 'document' ? (id ?? fileId) : undefined;
}
