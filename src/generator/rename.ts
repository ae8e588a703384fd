import { posix } from 'node:path';
import { baseName, type Document, ownId, stringField } from '../model/document.ts';
import { propertySchema } from '../model/document-type.ts';
import type { Edit } from '../model/edit.ts';
import type { Link } from '../model/facts.ts';
import { setValue } from '../model/frontmatter-edit.ts';
import { idOfFileName } from '../model/id.ts';
import { readLink } from '../model/link.ts';
import { slugify } from '../model/slug.ts';
import type { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { escapeMarkdown, namesIds } from './render.ts';
import { type Rewritten, rewrite, sourcesOf } from './rewrite.ts';

/** What becomes of a document with another title. */
export interface Renamed extends Rewritten {
  /** Its path afterwards. */
  readonly path: string;
}

const plain = (text: string): string =>
  text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/** The words of a link, its destination or label left out: `[words](…)`, `[words][…]`, `[words]`. */
const WORDS = /^\[((?:[^[\]\\]|\\[\s\S])*)\](?=\(|\[[^\]]|(\[\])?$)/;

/** A link that shows the old title shows the new one. */
function wordsEdit(link: Link, shown: ReadonlyMap<string, string>, source: SourceText): Edit[] {
  const text = source.at(link.place);
  const found = WORDS.exec(text);
  const words = found && shown.get(plain(found[1] as string));
  if (!found || words === undefined || link.kind === 'definition') return [];
  const start = source.lines.offset(link.place.line, link.place.column);
  // Where the words are the label as well, the definition keeps it.
  const isLabel = found[0].length + (found[2]?.length ?? 0) === text.length;
  const by = isLabel ? `[${words}]${found[0]}` : `[${words}]`;
  return [source.replace(start, start + (isLabel ? text.length : found[0].length), by)];
}

/** What `create` writes behind a link to a document: a colon and its title, to the end of the line. */
function titleBehind(link: Link, old: string, words: string, source: SourceText): Edit[] {
  const at = source.lines.offset(link.place.endLine, link.place.endColumn);
  const [, lead = '', title = ''] = /^(:[ \t]+)([^\r\n]*?)[ \t]*(?=[\r\n]|$)/.exec(source.text.slice(at)) ?? [];
  if (title === '' || plain(title) !== old) return [];
  return [source.replace(at, at + lead.length + title.length, words === '' ? '' : lead + words)];
}

function linkEdits(from: Document, to: Document, title: string, sourceOf: (document: Document) => SourceText): Edit[] {
  const old = plain(stringField(to, 'title') ?? '');
  const id = ownId(to)?.canonical;
  // Ids in the title would look like references of the document that shows it.
  const words = namesIds(title) ? '' : escapeMarkdown(title);
  const shown = new Map([
    [old, words || (id ?? escapeMarkdown(title))],
    ...[' - ', ': '].map((sign) => [`${id}${sign}${old}`, words ? `${id}${sign}${words}` : `${id}`] as const),
  ]);
  return from.facts.links.flatMap((link) => {
    const target = readLink(link.url, from.path);
    if (target.kind !== 'path' || target.path !== to.path || link.kind === 'definition') return [];
    const source = sourceOf(from);
    return [...wordsEdit(link, shown, source), ...titleBehind(link, old, words, source)];
  });
}

/** The path of a document with another title. */
function pathWithTitle({ path, type }: Document, title: string): string {
  const slug = slugify(title) || (type?.name ?? '');
  const id = idOfFileName(baseName(path));
  return posix.join(posix.dirname(path), `${id === undefined ? slug : `${id}-${slug}`}.md`);
}

/**
 * Gives a document another title: in the frontmatter, in its heading, in its file name, and in the links that show it.
 *
 * @throws UserError when documents of the type have no title, or the frontmatter cannot be read
 */
export function rename(document: Document, title: string, set: DocumentSet): Renamed {
  const { type, path } = document;
  if (!type || !propertySchema(type, 'title'))
    throw new UserError(`Documents of the type \`${type?.name ?? 'unknown'}\` have no title`);
  const sourceOf = sourcesOf(set);
  const source = sourceOf(document);
  const inFields = setValue(source, 'title', title);
  if (!inFields) throw new UserError(`The frontmatter of ${path} cannot be read`, 'planproof lint says where.');
  const [heading] = document.facts.headings.filter(({ depth }) => depth === 1);
  const id = ownId(document)?.canonical;
  const words = id === undefined ? title : `${id} - ${title}`;
  const edits = new Map<string, Edit[]>();
  for (const other of set.index.documents) {
    const own = other === document ? [...inFields, ...(heading ? [source.edit(heading.words, words)] : [])] : [];
    edits.set(other.path, [...own, ...linkEdits(other, document, title, sourceOf)]);
  }
  const to = pathWithTitle(document, title);
  if (to !== path && set.workspace.source.exists(to)) throw new UserError(`${to} exists already`);
  return { ...rewrite({ edits, moves: new Map(to === path ? [] : [[path, to]]) }, set, sourceOf), path: to };
}
