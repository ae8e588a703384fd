import { dirname, relative } from 'node:path/posix';
import { type Document, type DocumentIndex, readId, stringField } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { canonicalId } from '../model/id.ts';
import { classifyReference, EXTERNAL } from '../model/relation.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import type { Workspace } from '../pipeline/workspace.ts';
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
  if (!target && id.type.board === undefined)
    throw new UserError(
      `Unknown document \`${text}\` (--related)${didYouMean(id.canonical, set.index.ids())}`,
      `Known ids: ${known(set.index)}.`,
    );
  if (!target) return { text: id.canonical, link: undefined, title: undefined };
  return { text: id.canonical, link: linkTo(target, from), title: stringField(target.facts, 'title') };
}

function known(index: DocumentIndex): string {
  const ids = index.ids();
  return ids.length > 12 ? `${ids.slice(0, 12).join(', ')} and ${ids.length - 12} more` : ids.join(', ') || 'none';
}

const linkTo = (target: Document, from: string): string => relative(dirname(from), target.path);

export function resolveTask(text: string, type: DocumentType, { types }: Workspace): string {
  const allowed = type.relations.get(TASK)?.to;
  if (!allowed) throw new UserError(`The type \`${type.name}\` has no parent task (--task)`);
  const id = readId(text, types);
  if (id && allowed.includes(id.type.name)) return id.canonical;
  throw new UserError(
    `Unexpected task \`${text}\` (--task), expected an id such as ${allowed.flatMap((name) => types.get(name)?.id ?? []).map((format) => canonicalId(format, '1'))[0]}`,
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
