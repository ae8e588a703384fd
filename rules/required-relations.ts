import { lacksKey } from '../src/model/document-type.ts';
import type { Violation } from '../src/model/finding.ts';
import { entryAt, type Frontmatter, isReadable } from '../src/model/frontmatter.ts';
import { escapePointer } from '../src/model/json-pointer.ts';
import { FILE_START, type Place } from '../src/model/place.ts';
import { type Reference, referencesOf } from '../src/model/reference.ts';
import { EXTERNAL, type RelationSpec } from '../src/model/relation.ts';
import type { Rule } from '../src/model/rule.ts';
import { oneOf } from '../src/model/suggest.ts';

const holdsIn = (statuses: readonly string[] | undefined, status: string | undefined): boolean =>
  statuses === undefined || (status !== undefined && statuses.includes(status));

const asksForSome = ({ origin, min }: RelationSpec): boolean => origin !== undefined || min !== undefined;

function missesOrigin(
  field: string,
  { origin }: RelationSpec,
  references: readonly Reference[],
  status: string | undefined,
): boolean {
  if (!origin || !holdsIn(origin.in, status)) return false;
  const fields = origin.fields ?? [field];
  const counts = (reference: Reference): boolean =>
    fields.includes(reference.field) &&
    origin.anyOf.includes(reference.kind === 'external' ? EXTERNAL : (reference.id?.type.name ?? ''));
  return !references.some(counts);
}

function placeOf(frontmatter: Frontmatter | undefined, field: string): Place {
  return entryAt(frontmatter, `/${escapePointer(field)}`)?.value ?? frontmatter?.open ?? FILE_START;
}

const words = (names: readonly string[]): string =>
  oneOf(
    names.map((name) => (name === EXTERNAL ? 'outside issue (`"#123"`, an address)' : name)),
    '',
  );

const rule: Rule = {
  id: 'required-relations',
  area: 'relations',
  severity: 'error',
  summary: 'The document names what its type asks for: its origin, and the least number of references of a field.',
  gate: 'relations',
  isAbout: ({ relations }) => [...relations.values()].some(asksForSome),
  check({ frontmatter }, { document, types, config }) {
    const violations: Violation[] = [];
    if (!document.type || !isReadable(frontmatter)) return violations;
    const references = referencesOf(document, types, config);
    for (const [field, relation] of document.type.relations) {
      if (!asksForSome(relation) || lacksKey(document.type, frontmatter.data, field)) continue;
      if (relation.origin && missesOrigin(field, relation, references, document.status)) {
        const fields = oneOf(relation.origin.fields ?? [field]);
        violations.push({
          message: `Missing origin, expected ${words(relation.origin.anyOf)} in ${fields}`,
          place: placeOf(frontmatter, field),
          subject: `${field} origin`,
        });
      }
      if (relation.min === undefined || !holdsIn(relation.in, document.status)) continue;
      const count = references.filter((reference) => reference.field === field).length;
      if (count < relation.min) {
        violations.push({
          message: `Too few references in \`${field}\`: ${count}, expected at least ${relation.min}`,
          place: placeOf(frontmatter, field),
          subject: `${field} min`,
        });
      }
    }
    return violations;
  },
};

export default rule;
