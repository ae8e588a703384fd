import { type Document, type DocumentIndex, stringField } from '../model/document.ts';

/** Title and day: what a document keeps when it gets another name or number. */
function traits(document: Document): string | undefined {
  const [title, date] = ['title', 'date'].map((key) => stringField(document, key));
  return title === undefined || date === undefined ? undefined : `${document.type?.name}\0${date}\0${title}`;
}

/** Whether two documents of one id are one document: a new one that took the number shares neither title nor day. */
function isSame(a: Document, b: Document): boolean {
  return ['title', 'date'].some((key) => {
    const value = stringField(a, key);
    return value !== undefined && value === stringField(b, key);
  });
}

/**
 * Finds what documents were before a change: at the same path, under the same or a former id, or by title and day.
 *
 * @param candidates those of the documents before it that may be gone
 */
export function ancestry(
  before: DocumentIndex,
  after: DocumentIndex,
  candidates: readonly Document[],
): (document: Document) => Document | undefined {
  const gone = candidates.filter(({ path }) => !after.at(path));
  const byTraits = new Map<string, Document | undefined>();
  for (const document of gone) {
    const own = traits(document);
    // Two alike tell nothing.
    if (own !== undefined) byTraits.set(own, byTraits.has(own) ? undefined : document);
  }
  const isGone = (document: Document | undefined): document is Document =>
    document !== undefined && !after.at(document.path);
  return (document) => {
    const there = before.at(document.path);
    if (there) return there;
    const own = document.id && before.find(document.id.key);
    if (isGone(own) && isSame(own, document)) return own;
    const former = document.formerIds.map(({ key }) => before.find(key)).find(isGone);
    if (former) return former;
    const alike = byTraits.get(traits(document) ?? '');
    return isGone(alike) ? alike : undefined;
  };
}
