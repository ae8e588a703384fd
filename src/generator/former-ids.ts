import { type Document, type DocumentId, FORMERLY } from '../model/document.ts';
import { applyEdits, type Edit } from '../model/edit.ts';
import { entryAt } from '../model/frontmatter.ts';
import { addToList, removeFromList, removeKey, setValue } from '../model/frontmatter-edit.ts';
import { firstToHold, readableFrontmatter } from '../model/frontmatter-form.ts';
import { SourceText } from '../model/source-text.ts';

/** A key with nothing behind it becomes a list without indentation: no other list looks so, which lets it be undone. */
function fillEmptyKey(source: SourceText, id: string): Edit[] | undefined {
  const frontmatter = readableFrontmatter(source);
  const entry = entryAt(frontmatter, `/${FORMERLY}`);
  if (!frontmatter || !entry?.key || entry.source !== '' || source.at(entry.value) !== '') return undefined;
  const behind = source.lines.offset(entry.key.endLine, entry.key.endColumn);
  const at = behind + (/^[^\r\n]*/.exec(source.text.slice(behind))?.[0].length ?? 0);
  const fields = Object.entries({ ...frontmatter.data, [FORMERLY]: [id] });
  return firstToHold(source, frontmatter, fields, [[source.replace(at, at, `\n- ${id}`)]]);
}

/**
 * Notes the id that a document had until now.
 *
 * @returns undefined when the frontmatter cannot be read, or has a form that nothing can be added to
 */
function addFormerId(source: SourceText, id: string): Edit[] | undefined {
  return fillEmptyKey(source, id) ?? addToList(source, FORMERLY, id);
}

/** The ways in which the last former id may be taken out: the last one leaves no key, an empty list, or an empty key. */
function* withoutLast(source: SourceText): Generator<Edit[] | undefined> {
  const frontmatter = readableFrontmatter(source);
  const value = frontmatter?.data[FORMERLY];
  yield removeKey(source, FORMERLY);
  if (typeof value === 'string') yield setValue(source, FORMERLY, value.replace(/,[^,]*$/, ''));
  if (!frontmatter || !Array.isArray(value)) return;
  yield removeFromList(source, FORMERLY, value.length - 1);
  // A line that was put behind another one goes with the line end that came with it, which may be of another kind.
  const entry = entryAt(frontmatter, `/${FORMERLY}/${value.length - 1}`)?.value;
  const start = entry && source.lines.offset(entry.line, 1);
  const before = /(?:\r\n|\n|\r)$/.exec(source.text.slice(0, start))?.[0].length ?? 0;
  if (entry && start) yield [source.replace(start - before, source.lines.offset(entry.endLine, entry.endColumn), '')];
}

/**
 * Takes the last former id out again, so that a document that gets it back is what it was, byte for byte.
 *
 * @returns undefined when noting it anew would not give these very bytes: then it was not we who wrote it
 */
function undoFormerId(source: SourceText, id: string): Edit[] | undefined {
  for (const edits of withoutLast(source)) {
    if (!edits) continue;
    const before = new SourceText(applyEdits(source.bytes, edits));
    const again = addFormerId(before, id);
    if (again && Buffer.compare(applyEdits(before.bytes, again), source.bytes) === 0) return edits;
  }
  return undefined;
}

/** Whether the schema of its type lets a document have former ids. */
function mayHaveFormerIds({ type, facts }: Document, id: string): boolean {
  const data = facts.frontmatter?.data ?? {};
  const noted = [data[FORMERLY] ?? []].flat();
  const errors = type?.validate({ ...data, [FORMERLY]: [...noted, id] }) ?? [];
  return errors.length <= (type?.validate(data) ?? []).length;
}

/** An id that a document gives up for another. */
export interface GivenUp {
  readonly old: DocumentId;
  readonly id: DocumentId;
  /** Another document or item has the old id from now on: nobody is to be found by it here. */
  readonly isOldHeld: boolean;
  /** Another document or item has the new id until now. */
  readonly isNewHeld: boolean;
}

/** What becomes of a document's former ids when it gets another id. */
export function formerIdEdits(document: Document, given: GivenUp, source: SourceText): Edit[] {
  const { old, id } = given;
  const isBack = document.formerIds.at(-1)?.key === id.key && !given.isNewHeld;
  const undone = isBack ? undoFormerId(source, id.canonical) : undefined;
  if (undone) return undone;
  if (given.isOldHeld || !mayHaveFormerIds(document, old.canonical)) return [];
  return addFormerId(source, old.canonical) ?? [];
}
