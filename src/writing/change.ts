import { applyEdits, type Edit } from '../model/edit.ts';
import type { SourceText } from '../model/source-text.ts';

/** What becomes of one file. */
export interface FileChange {
  /** Relative to the top of the repository, with `/`. */
  readonly path: string;
  /** What the file holds now; undefined when there must be none. */
  readonly before: Uint8Array | undefined;
  /** What it will hold; undefined when it goes. */
  readonly after: Uint8Array | undefined;
  /** Path of the file whose mode a new one takes over: that which it was moved from. */
  readonly modeOf?: string;
}

/** The change that edits make to a file. */
export function edited(path: string, source: SourceText, edits: readonly Edit[]): FileChange {
  return { path, before: source.bytes, after: applyEdits(source.bytes, edits) };
}

/** The change that makes a new file of a text. */
export function created(path: string, text: string): FileChange {
  return { path, before: undefined, after: Buffer.from(text, 'utf8') };
}

/** The two changes that move a file, with new content where it has some. */
export function moved(from: string, to: string, before: Uint8Array, after: Uint8Array = before): FileChange[] {
  return [
    { path: from, before, after: undefined },
    { path: to, before: undefined, after, modeOf: from },
  ];
}
