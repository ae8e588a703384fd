import type { DocumentId, DocumentIndex } from './document.ts';
import { type DocumentType, propertySchema } from './document-type.ts';
import type { FixPlan, FixStep } from './fix.ts';
import type { IdKey } from './id.ts';
import type { Reference } from './reference.ts';
import { remembering } from './remember.ts';
import { onlyNearest } from './suggest.ts';

/** Writes another text in the place of a reference; undefined where its own place cannot be told. */
export function rewritten({ words }: Pick<Reference, 'words'>, text: string): FixStep | undefined {
  return words && { kind: 'replace', place: words, text };
}

/** Takes a reference out of its field; undefined where its own place cannot be told, or the field must hold one. */
export function takenOut({ field, place, words, at, withComma }: Reference, type: DocumentType): FixStep | undefined {
  if (withComma) return { kind: 'replace', place: withComma, text: '' };
  if (at !== undefined) return { kind: 'remove-from-list', key: field, at };
  const { type: kind } = propertySchema(type, field) ?? {};
  if (!words || ![kind].flat().includes('array')) return undefined;
  return { kind: 'replace', place, text: '[]' };
}

/** A plan of one step; none without it. */
export function planOf(step: FixStep | undefined, safe = true): { fix?: FixPlan } {
  return step ? { fix: { safe, steps: [step] } } : {};
}

/** What the fields of a document name, in whatever form. */
export class Named {
  readonly #keys: ReadonlySet<string>;

  constructor(references: readonly Reference[]) {
    this.#keys = new Set(references.flatMap(({ field, id }) => (id ? [`${field} ${id.key}`] : [])));
  }

  /** Whether a field names a document. */
  has(field: string, key: IdKey): boolean {
    return this.#keys.has(`${field} ${key}`);
  }
}

/** The one known id that was probably meant, as its canonical text. */
export function meantId({ canonical }: DocumentId, index: DocumentIndex): string | undefined {
  return onlyNearest(canonical, index.ids());
}

/** What the references of a document name; asked where something is wrong with one of them. */
export const namedBy: (references: readonly Reference[]) => Named = remembering(
  (references: readonly Reference[]) => new Named(references),
);
