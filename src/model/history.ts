import type { Document, DocumentIndex } from './document.ts';
import type { SourceText } from './source-text.ts';

/** What the documents were before the change under judgement. */
export interface History {
  /** What the change is compared with, for people: a branch, or HEAD. */
  readonly since: string;
  /** The documents where the branch was left, or those of HEAD. */
  readonly before: DocumentIndex;
  /** The documents at the tip of the other branch; undefined where there is none. */
  readonly tip: DocumentIndex | undefined;
  /** What a document was before, under whatever path or id; undefined when it is new. */
  was(document: Document): Document | undefined;
  /** The text of a document before the change; undefined where it cannot be read. */
  textBefore(document: Document): SourceText | undefined;
  /** The text of a document now; undefined where it cannot be read. */
  textNow(document: Document): SourceText | undefined;
}
