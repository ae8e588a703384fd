import { allItems, type BoardItem } from '../model/board.ts';
import { type Document, ownId } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';

/** What the working tree, the base and their common past hold. */
export interface Histories {
  readonly here: DocumentSet;
  /** The newest commit of the base. */
  readonly tip: DocumentSet;
  /** The last commits that both have in common. */
  readonly common: readonly DocumentSet[];
}

/** From which document of the common past each document of a set comes; those that are new have none. */
export type Lineage = ReadonlyMap<Document, Document>;

/** How many lines of a document another has too. */
function likeness(a: Document, b: Document): number {
  const words = new Set(a.facts.paragraphs.map(({ text }) => text));
  const sameTitle = a.frontmatter?.data['title'] === b.frontmatter?.data['title'];
  return (sameTitle ? 1000 : 0) + b.facts.paragraphs.filter(({ text }) => words.has(text)).length;
}

/** The ids that a document has and had. */
const idsOf = (document: Document): string[] => [ownId(document), ...document.formerIds].flatMap((id) => id?.key ?? []);

/**
 * Follows documents back to the common past: the same path is the same document; else the same id, now or formerly, if
 * nothing has the old path any more. Of several the one that is most alike counts.
 */
export function lineageOf({ index }: DocumentSet, common: readonly DocumentSet[]): Lineage {
  const lineage = new Map<Document, Document>();
  for (const past of common) {
    for (const document of index.documents) {
      const old = past.index.at(document.path);
      if (old && !lineage.has(document)) lineage.set(document, old);
    }
    const gone = past.index.documents.filter(({ path }) => !index.at(path));
    for (const old of gone) {
      const key = ownId(old)?.key;
      if (key === undefined) continue;
      const heirs = index.documents.filter((one) => !lineage.has(one) && idsOf(one).includes(key));
      const [heir] = heirs.sort((a, b) => likeness(b, old) - likeness(a, old));
      if (heir) lineage.set(heir, old);
    }
  }
  return lineage;
}

/** The items of a set by their ids. */
export function itemsByKey({ index }: DocumentSet): ReadonlyMap<IdKey, readonly BoardItem[]> {
  const items = new Map<IdKey, BoardItem[]>();
  for (const item of allItems(index.boards)) {
    const key = item.id.id?.key;
    if (key) items.set(key, [...(items.get(key) ?? []), item]);
  }
  return items;
}

const titled = (items: readonly BoardItem[], { title }: BoardItem): BoardItem | undefined =>
  items.find((item) => item.title === title && title !== '');

/**
 * From which item of the common past each item comes: one with its id, and with its title where several have the id; where
 * none has the id any more, one with the title.
 */
export function itemLineage(set: DocumentSet, common: readonly DocumentSet[]): Map<BoardItem, BoardItem> {
  const lineage = new Map<BoardItem, BoardItem>();
  const here = allItems(set.index.boards);
  const byKey = itemsByKey(set);
  const isNewHere = (item: BoardItem): boolean =>
    !lineage.has(item) && !common.some(({ index: past }) => item.id.id && past.findItem(item.id.id.key));
  for (const old of common.flatMap((past) => allItems(past.index.boards))) {
    const sharing = (old.id.id && byKey.get(old.id.id.key)) ?? [];
    const same = sharing.filter((item) => !lineage.has(item));
    const heir = sharing.length > 0 ? (titled(same, old) ?? same[0]) : titled(here.filter(isNewHere), old);
    if (heir && old.id.id) lineage.set(heir, old);
  }
  return lineage;
}

/** The ids that the base has for what is not here: neither under its path, nor by a common past. */
export function foreignKeys({ here, tip, common }: Histories, lineage: Lineage): Set<IdKey> {
  const pasts = new Set([...lineage.values()].map(({ path }) => path));
  const before = lineageOf(tip, common);
  const isHere = (document: Document): boolean =>
    here.index.at(document.path) !== undefined || pasts.has(before.get(document)?.path ?? '');
  const ids = tip.index.documents.flatMap((document) => (isHere(document) ? [] : (ownId(document) ?? [])));
  const pastItems = new Set([...itemLineage(here, common).values()].map(({ id }) => id.id?.key));
  const items = allItems(tip.index.boards).flatMap(({ id }) => (pastItems.has(id.id?.key) ? [] : (id.id ?? [])));
  return new Set([...ids, ...items].map(({ key }) => key));
}
