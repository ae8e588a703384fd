import { posix } from 'node:path';
import { baseName, type Document, type DocumentId } from '../model/document.ts';
import type { Edit } from '../model/edit.ts';
import { setValue } from '../model/frontmatter-edit.ts';
import { idOfFileName } from '../model/id.ts';
import type { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import { formerIdEdits, type GivenUp } from './former-ids.ts';

/** The path of a document under another id: its folder and what stands behind the id stay. */
export function pathWithId({ path }: Document, { canonical }: DocumentId): string {
  const name = baseName(path);
  const old = idOfFileName(name);
  return old === undefined ? path : posix.join(posix.dirname(path), canonical + name.slice(old.length));
}

/**
 * Gives a document its new id, in the frontmatter.
 *
 * @throws UserError when the frontmatter cannot be read
 */
export function identityEdits(document: Document, given: GivenUp, source: SourceText): Edit[] {
  const edits = setValue(source, 'id', given.id.canonical);
  if (!edits) throw new UserError(`The frontmatter of ${document.path} cannot be read`, 'planproof lint says where.');
  return [...edits, ...formerIdEdits(document, given, source)];
}
