import { dirname, relative } from 'node:path/posix';
import type { BoardItem } from '../model/board.ts';
import { type Document, type DocumentIndex, readId, stringField } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { classifyReference, EXTERNAL } from '../model/relation.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import type { RelatedItem } from './render.ts';

/** The relation that `--related` fills, and the one that `--task` fills. */
export const RELATED = 'related_docs';
export const TASK = 'task';

/** A reference as it will be written, and where it leads. */
function resolveOne(text: string, type: DocumentType, set: DocumentSet, from: string): RelatedItem {
  const { types, config } = set.workspace;
  const allowed = type.relations.get(RELATED)?.to ?? [];
  const id = readId(text, types);
  if (!id) {
    const isExternal = classifyReference(text, config.externalPrefixes).kind === 'external';
    if (isExternal && allowed.includes(EXTERNAL)) return { text, link: undefined, title: undefined };
    throw new UserError(
      `Unexpected reference \`${text}\` (--related), expected an id such as ADR-015, "#123" or an address`,
      `Known ids: ${known(set.index)}.`,
    );
  }
  if (!allowed.includes(id.type.name)) {
    throw new UserError(
      `\`${RELATED}\` of the type \`${type.name}\` cannot hold \`${text}\` (${id.type.name})`,
      `Allowed are ${oneOf(allowed, '')}.`,
    );
  }
  const target = set.index.find(id.key);
  if (!target && !set.index.findItem(id.key))
    throw new UserError(
      `Unknown document \`${text}\` (--related)${didYouMean(id.canonical, set.index.ids())}`,
      `Known ids: ${known(set.index)}.`,
    );
  if (!target) return { text: id.canonical, link: undefined, title: undefined };
  return { text: id.canonical, link: linkTo(target, from), title: stringField(target, 'title') };
}

function known(index: DocumentIndex): string {
  const ids = index.ids();
  return ids.length > 12 ? `${ids.slice(0, 12).join(', ')} and ${ids.length - 12} more` : ids.join(', ') || 'none';
}

const linkTo = (target: Document, from: string): string => relative(dirname(from), target.path);

/**
 * The item of `--task`.
 *
 * @throws UserError when documents of the type have no task, or no board has the item
 */
export function resolveTask(text: string, type: DocumentType, { workspace: { types }, index }: DocumentSet): BoardItem {
  const allowed = type.relations.get(TASK)?.to;
  if (!allowed) throw new UserError(`The type \`${type.name}\` has no parent task (--task)`);
  const id = readId(text, types);
  const item = id && allowed.includes(id.type.name) ? index.findItem(id.key) : undefined;
  if (item) return item;
  const known = index.boards.flatMap((board) => board.items.map((one) => one.id.text));
  throw new UserError(
    `Unknown task \`${text}\` (--task)${didYouMean(text, known)}`,
    known.length === 0
      ? 'There is no task yet: planproof task create --title "…" writes the first one.'
      : `Tasks on the board: ${known.slice(0, 12).join(', ')}.`,
  );
}

/**
 * The references of `--related`, each once.
 *
 * @param from path of the new document, relative to the top
 * @throws UserError on a reference that leads nowhere, or to a type that the relation does not allow
 */
export function resolveRelated(
  texts: readonly string[],
  type: DocumentType,
  set: DocumentSet,
  from: string,
): RelatedItem[] {
  if (texts.length > 0 && !type.relations.has(RELATED))
    throw new UserError(`The type \`${type.name}\` has no \`${RELATED}\` (--related)`);
  const items = texts.map((text) => resolveOne(text, type, set, from));
  return items.filter((item, at) => items.findIndex((other) => other.text === item.text) === at);
}
