import { type Document, ownId } from '../model/document.ts';
import type { Edit } from '../model/edit.ts';
import { isReadable } from '../model/frontmatter.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { boardEdits } from './board-edits.ts';
import { identityEdits, pathWithId } from './identity-edits.ts';
import { proseEdits } from './prose-edits.ts';
import { referenceEdits } from './reference-edits.ts';
import { bearers, type Renaming } from './renaming.ts';
import { distinct, type Rewritten, rewrite, sourcesOf } from './rewrite.ts';

/** What renumbering comes to. */
export interface Renumbered extends Rewritten {
  /** Paths before and after of the documents that get another id. */
  readonly moves: ReadonlyMap<string, string>;
  /** Documents that cannot be read, so that nobody can tell what they name. */
  readonly unread: readonly string[];
}

function isHeldByAnother(document: Document, key: Parameters<typeof bearers>[0], set: DocumentSet): boolean {
  return bearers(key, set).some((other) => other !== document) || set.index.findItem(key) !== undefined;
}

function movesOf(renaming: Renaming, set: DocumentSet): Map<string, string> {
  const moves = new Map<string, string>();
  for (const [path, id] of renaming.documents) {
    const to = pathWithId(set.index.at(path) as Document, id);
    if (to !== path) moves.set(path, to);
  }
  return moves;
}

/** A board that cannot be read may name what is renumbered. */
function checkBoards({ index }: DocumentSet): void {
  const broken = index.boards.find(({ unreadable }) => unreadable);
  if (broken)
    throw new UserError(`${broken.path} cannot be read, so its references cannot follow`, 'planproof lint says where.');
}

/**
 * Gives documents and items other ids, with everything that names them: relation fields, prose outside code, links, labels,
 * directives, boards, file names. Several at once, so that two may change places. Nothing is written.
 *
 * @throws UserError when a document or board that has to change cannot be read
 */
export function renumber(renaming: Renaming, set: DocumentSet): Renumbered {
  const { index, workspace } = set;
  checkBoards(set);
  const sourceOf = sourcesOf(set);
  const context = { renaming, index, types: workspace.types, sourceOf };
  const edits = new Map<string, Edit[]>();
  for (const document of index.documents) {
    const id = renaming.documents.get(document.path);
    const old = ownId(document);
    const given = id &&
      old && {
        old,
        id,
        isOldHeld: renaming.held.has(old.key),
        isNewHeld: isHeldByAnother(document, id.key, set),
      };
    const own = given ? identityEdits(document, given, sourceOf(document)) : [];
    const all = [...own, ...referenceEdits(document, renaming, set, sourceOf), ...proseEdits(document, context)];
    if (all.length > 0) edits.set(document.path, distinct(all));
  }
  for (const board of index.boards) {
    const own = boardEdits(board, renaming, sourceOf);
    if (own.length > 0) edits.set(board.path, own);
  }
  const moves = movesOf(renaming, set);
  const strays = [...renaming.strays].map(([from, to]) => [from, moves.get(to) ?? to] as const);
  const unread = index.documents.filter(
    ({ facts }) => facts.problem || (facts.frontmatter && !isReadable(facts.frontmatter)),
  );
  return {
    ...rewrite({ edits, moves: new Map([...strays, ...moves]) }, set, sourceOf),
    moves,
    unread: unread.map(({ path }) => path),
  };
}
