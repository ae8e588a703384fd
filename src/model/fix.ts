import type { JsonChange } from './json-edit.ts';
import type { Place } from './place.ts';
import type { NewText } from './source-text.ts';

/**
 * One thing that a fix does. Rules speak in facts: places, keys, paths; `pipeline/fix.ts` makes byte edits of them, so that
 * a rule never sees a file.
 */
export type FixStep =
  /** Puts other text at a place of the finding's own document. */
  | { readonly kind: 'replace'; readonly place: Place; readonly text: NewText }
  /** Sets a text value of the frontmatter. */
  | { readonly kind: 'set-value'; readonly path?: string; readonly key: string; readonly value: string }
  /** Adds to a list of the frontmatter; of another document where a path is given. */
  | { readonly kind: 'add-to-list'; readonly path?: string; readonly key: string; readonly value: string }
  /** Takes a member out of a list of the frontmatter. */
  | { readonly kind: 'remove-from-list'; readonly key: string; readonly at: number }
  /** Changes a board. */
  | { readonly kind: 'change-board'; readonly path: string; readonly change: JsonChange }
  /** Gives the document another path; links to it follow. */
  | { readonly kind: 'move'; readonly to: string };

/** How a finding can be mended without asking. */
export interface FixPlan {
  /** It cannot change what the document says, and nothing outside the documents can depend on what it changes. */
  readonly safe: boolean;
  readonly steps: readonly FixStep[];
}
