import { type DocumentType, keysOf, propertySchema } from '../src/model/document-type.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixPlan } from '../src/model/fix.ts';
import { entryAt, type Frontmatter } from '../src/model/frontmatter.ts';
import { escapePointer } from '../src/model/json-pointer.ts';
import type { Place } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';
import { explainErrors, misspeltKey, type SchemaMistake } from '../src/model/schema-errors.ts';
import { keyFix, missingFix, valueFix } from '../src/model/schema-fix.ts';
import { onlyNearest } from '../src/model/suggest.ts';

const withFix = (fix: FixPlan | undefined): { fix?: FixPlan } => (fix ? { fix } : {});

/** A value that would be right for a key, to show what to add. */
function sample(type: DocumentType, key: string): string {
  const { const: only, default: standard, enum: allowed, format, type: kind } = propertySchema(type, key) ?? {};
  const initial = allowed?.includes(type.lifecycle?.initial) ? type.lifecycle?.initial : undefined;
  const value = only ?? standard ?? initial ?? allowed?.[0];
  if (value !== undefined) return String(value);
  if (format === 'date') return 'YYYY-MM-DD';
  return kind === 'array' ? '[]' : '…';
}

/** Keys of the document that the schema does not know. */
function unknownKeys(frontmatter: Frontmatter, type: DocumentType): string[] {
  const { properties = {} } = type.schema;
  return Object.keys(frontmatter.data).filter((key) => !Object.hasOwn(properties, key));
}

function missing(
  frontmatter: Frontmatter,
  type: DocumentType,
  mistake: SchemaMistake & { missing: string },
  fileId: string | undefined,
): Violation {
  const key = mistake.missing;
  const meant = mistake.pointer === '' ? misspeltKey(unknownKeys(frontmatter, type), key) : undefined;
  const misspelt = meant === undefined ? undefined : entryAt(frontmatter, `/${escapePointer(meant)}`)?.key;
  if (misspelt && meant !== undefined)
    return {
      message: `Unexpected key \`${meant}\`, expected \`${key}\``,
      place: misspelt,
      subject: key,
      ...withFix(keyFix(misspelt, meant, key)),
    };
  const parent = entryAt(frontmatter, mistake.pointer);
  const place = mistake.pointer === '' || !parent ? frontmatter.open : parent.value;
  return {
    message: `Missing key \`${key}\`, expected \`${key}: ${sample(type, key)}\``,
    place,
    subject: key,
    ...withFix(mistake.pointer === '' ? missingFix(type, key, fileId) : undefined),
  };
}

function placeOf(frontmatter: Frontmatter, mistake: SchemaMistake): Place {
  if (mistake.key !== undefined)
    return entryAt(frontmatter, `${mistake.pointer}/${escapePointer(mistake.key)}`)?.key ?? frontmatter.open;
  return entryAt(frontmatter, mistake.pointer)?.value ?? frontmatter.open;
}

/** The known key that an unknown one was meant to be, if the document does not have it. */
function unknownKeyFix(
  frontmatter: Frontmatter,
  type: DocumentType,
  { pointer, key }: SchemaMistake,
): FixPlan | undefined {
  const absent = keysOf(type).filter((known) => !Object.hasOwn(frontmatter.data, known));
  const meant = pointer === '' && key !== undefined ? onlyNearest(key, absent) : undefined;
  const place = entryAt(frontmatter, `/${escapePointer(key ?? '')}`)?.key;
  return meant === undefined || !place || key === undefined ? undefined : keyFix(place, key, meant);
}

function judge(
  frontmatter: Frontmatter,
  type: DocumentType,
  mistake: SchemaMistake,
  fileId: string | undefined,
): Violation {
  if (mistake.missing !== undefined)
    return missing(frontmatter, type, { ...mistake, missing: mistake.missing }, fileId);
  const swallowed = entryAt(frontmatter, mistake.pointer)?.swallowed;
  const message = swallowed
    ? `Unexpected empty value: \`#\` starts a comment in YAML, so write \`"${swallowed}"\` in quotes`
    : mistake.message;
  const fix =
    mistake.key === undefined
      ? valueFix(frontmatter, type, mistake.pointer)
      : unknownKeyFix(frontmatter, type, mistake);
  const subject = `${mistake.pointer}/${mistake.key ?? ''}`;
  return { message, place: placeOf(frontmatter, mistake), subject, ...withFix(fix) };
}

/** Keys that are almost one of the schema's optional keys, which the document does not have. */
function nearMisses(frontmatter: Frontmatter, type: DocumentType): Violation[] {
  const unknown = unknownKeys(frontmatter, type);
  if (unknown.length === 0) return [];
  const required = new Set(type.schema.required);
  const absent = Object.keys(type.schema.properties ?? {}).filter(
    (key) => !Object.hasOwn(frontmatter.data, key) && !required.has(key),
  );
  return unknown.flatMap((key) => {
    const meant = key.length < 4 ? undefined : misspeltKey(absent, key);
    const place = entryAt(frontmatter, `/${escapePointer(key)}`)?.key;
    if (meant === undefined || !place) return [];
    const message = `Unknown key \`${key}\`: did you mean \`${meant}\`?`;
    return [{ message, place, subject: key, ...withFix(keyFix(place, key, meant)) }];
  });
}

const rule: Rule = {
  id: 'frontmatter-schema',
  area: 'identity',
  severity: 'error',
  summary: 'The frontmatter fits the JSON Schema of its document type.',
  fixable: 'both',
  check({ frontmatter }, { document: { type, fileId } }) {
    if (!frontmatter || !type || frontmatter.problems.length > 0) return [];
    const errors = type.validate(frontmatter.data);
    if (errors.length === 0) return nearMisses(frontmatter, type);
    const mistakes = explainErrors(errors, frontmatter.data, keysOf(type));
    const own = fileId?.type === type ? fileId.canonical : undefined;
    const violations = mistakes.map((mistake) => judge(frontmatter, type, mistake, own));
    return mistakes.some((mistake) => mistake.key !== undefined)
      ? violations
      : [...violations, ...nearMisses(frontmatter, type)];
  },
};

export default rule;
