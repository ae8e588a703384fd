import type { Root } from 'mdast';
// The package exports no more than its own reader of trees, for which this is the way in.
import { createMdastHandle, dropHandle, serializeHandle } from '../../node_modules/satteri/index.js';
import { readTree } from './satteri-tree.ts';

/** Bits that satteri takes for features. */
const TABLES = 1 << 1;
const FOOTNOTES = 1 << 2;
const STRIKETHROUGH = 1 << 3;
const TASK_LISTS = 1 << 4;
const GFM = 1 << 11;
const FEATURES = TABLES | FOOTNOTES | STRIKETHROUGH | TASK_LISTS | GFM;

/**
 * Parses GitHub flavoured Markdown with satteri's native code; frontmatter is none of it.
 *
 * @param shown makes of the value of a node what it is to be
 */
export function parseMarkdown(text: string, shown?: (value: string) => string): Root {
  const handle = createMdastHandle(text, FEATURES);
  try {
    return readTree(serializeHandle(handle), shown);
  } finally {
    dropHandle(handle);
  }
}
