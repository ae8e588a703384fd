/**
 * What a verdict on a document can rest on besides its own text. Each kind names one way to ask the index or the repository;
 * a verdict stands as long as all that it asked for has the same answer.
 */
export type QuestionKind =
  /** Which documents have an id, or a file name with it, and what their frontmatter says. */
  | 'id'
  /** Which document had an id before it was renumbered, and what its frontmatter says. */
  | 'former'
  /** The document at a path, and what its frontmatter says. */
  | 'document'
  /** What links to the document at a path can lead to. */
  | 'anchors'
  /** The item of a board with an id. */
  | 'item'
  /** The items that list a document as their output. */
  | 'listing'
  /** All boards. */
  | 'boards'
  /** The ids of all documents and items. */
  | 'ids'
  /** Whether a file or folder exists. */
  | 'path'
  /** Whether the repository has a commit: git is asked again each time. */
  | 'commit'
  /** The day it is. */
  | 'today'
  /** Anything about what a text names by a word: an id, or the last part of a path. Nobody asks so, it is foreseen. */
  | 'named'
  /** Anything about what no word tells. */
  | 'unnamed'
  /** Anything at all. */
  | 'everything';

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * A question as 32 bits (FNV-1a over UTF-16 units). Two questions with the same bits are answered anew together, which
 * costs time and changes no verdict.
 */
export function questionNumber(kind: QuestionKind, about = ''): number {
  return mixed(mixed(mixed(OFFSET, kind), ' '), about) >>> 0;
}

function mixed(start: number, text: string): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at));
  return hash;
}

/** One more UTF-16 unit of what a question is about, from the number of the question up to it. The result has a sign. */
export function mix(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME);
}
