import { type DocumentType, keysOf, propertySchema } from '../model/document-type.ts';
import { explainErrors } from '../model/schema-errors.ts';
import { didYouMean } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { RELATED } from './references.ts';

/** Values that create settles by itself. */
const SETTLED = ['id', 'type', 'status', RELATED];

/** `--set` values, read as the schema wants them: lists by commas, numbers and booleans by their look. */
export function settings(pairs: readonly string[], type: DocumentType): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at).trim();
    if (at < 1) throw new UserError(`Unexpected \`--set ${pair}\`, expected --set key=value`);
    if (SETTLED.includes(key))
      throw new UserError(
        `\`${key}\` cannot be set: create settles it by itself`,
        key === RELATED ? 'Use --related.' : undefined,
      );
    const property = propertySchema(type, key);
    if (!property)
      throw new UserError(
        `Unknown key \`${key}\` (--set)${didYouMean(key, keysOf(type))}`,
        `The keys of \`${type.name}\` are ${keysOf(type).join(', ')}.`,
      );
    values.set(key, typed(pair.slice(at + 1), property.type));
  }
  return values;
}

function typed(text: string, kind: string | readonly string[] | undefined): unknown {
  const kinds = [kind ?? 'string'].flat();
  if (kinds.includes('array'))
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  if ((kinds.includes('integer') || kinds.includes('number')) && /^-?[0-9]+(?:\.[0-9]+)?$/.test(text))
    return Number(text);
  if (kinds.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

/** Everything in the frontmatter, in no particular order. */
export function fieldsOf(
  type: DocumentType,
  own: { id: string | undefined; title: string; date: string },
  given: ReadonlyMap<string, unknown>,
): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const key of keysOf(type)) {
    const property = propertySchema(type, key);
    const value = property?.const ?? property?.default;
    if (value !== undefined) fields.set(key, value);
  }
  if (own.id !== undefined) fields.set('id', own.id);
  fields.set('title', own.title);
  if (propertySchema(type, 'type')) fields.set('type', type.name);
  if (propertySchema(type, 'date')) fields.set('date', own.date);
  if (type.lifecycle?.initial !== undefined && propertySchema(type, 'status'))
    fields.set('status', type.lifecycle.initial);
  for (const [key, value] of given) fields.set(key, value);
  return fields;
}

/** The generator keeps the schema, or writes nothing. */
export function checkFields(type: DocumentType, fields: ReadonlyMap<string, unknown>): void {
  const data = Object.fromEntries(fields);
  const [mistake] = explainErrors(type.validate(data), data, keysOf(type));
  if (!mistake) return;
  const help = mistake.missing === undefined ? undefined : `Add --set ${mistake.missing}=….`;
  throw new UserError(mistake.message, help);
}
