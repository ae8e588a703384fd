import type { SchemaError } from './compiled-validator.ts';
import { didYouMean, nearest, oneOf } from './suggest.ts';

/** One mistake in data that has a schema, in words. */
export interface SchemaMistake {
  /** JSON pointer of the value, or of the object that lacks or has the key. */
  readonly pointer: string;
  /** The key that is unknown or misspelt; the mistake then stands on the key. */
  readonly key?: string;
  /** The key is missing: there is no place for it in the data. */
  readonly missing?: string;
  readonly message: string;
}

type Words = (error: SchemaError, name: string, value: unknown) => string;

const KINDS: Record<string, string> = {
  array: 'a list',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  null: 'nothing',
  number: 'a number',
  object: 'a mapping',
  string: 'text',
};

const FORMATS: Record<string, string> = {
  date: 'a date of the form YYYY-MM-DD',
  'date-time': 'a date and time such as 2026-01-31T12:00:00Z',
  email: 'an e-mail address',
  uri: 'an address such as https://example.com/',
};

const show = (value: unknown): string => {
  if (value === null || value === '') return 'empty value';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'mapping';
  return `\`${String(value).slice(0, 80)}\``;
};

/** "status `x`", or "empty value for status". */
const shown = (name: string, value: unknown): string => {
  const what = show(value);
  return what.startsWith('`') ? `${name} ${what}` : `${what} for ${name}`;
};

const limitOf = (error: SchemaError): number => Number(error.params['limit']);
const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);
const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function typeWords(error: SchemaError, name: string, value: unknown): string {
  const kinds = [error.params['type']].flat() as string[];
  const wanted = kinds.map((kind) => KINDS[kind] ?? kind).join(' or ');
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  const hint = scalar && kinds.includes('string') ? `: put it in quotes, \`"${value}"\`` : '';
  return `Unexpected ${show(value)} for ${name}, expected ${wanted}${hint}`;
}

function enumWords(error: SchemaError, name: string, value: unknown): string {
  const allowed = (error.params['allowedValues'] as unknown[]).map(String);
  const expected = allowed.length > 20 ? `one of ${allowed.length} known values` : `one of ${oneOf(allowed)}`;
  const one = allowed.length === 1 ? `\`${allowed[0]}\`` : expected;
  return `Unexpected ${shown(name, value)}, expected ${one}${didYouMean(String(value), allowed)}`;
}

const WORDS: Record<string, Words> = {
  type: typeWords,
  enum: enumWords,
  const: (error, name, value) =>
    `Unexpected ${shown(name, value)}, expected \`${String(error.params['allowedValue'])}\``,
  format: (error, name, value) =>
    `Unexpected ${shown(name, value)}, expected ${FORMATS[error.params['format'] as string] ?? `the form ${error.params['format']}`}`,
  pattern: (error, name, value) => `Unexpected ${shown(name, value)}, expected the form \`${error.params['pattern']}\``,
  minLength: (error, name, value) =>
    value === '' || value === null
      ? `Unexpected empty ${name}, expected text`
      : `Too short ${name}, expected at least ${plural(limitOf(error), 'character')}`,
  maxLength: (error, name) => `Too long ${name}, expected at most ${plural(limitOf(error), 'character')}`,
  minItems: (error, name) => `Too short ${name}, expected at least ${entries(limitOf(error))}`,
  maxItems: (error, name) => `Too long ${name}, expected at most ${entries(limitOf(error))}`,
  not: (_error, name, value) => `Unexpected ${shown(name, value)}, which the schema rules out here`,
  'false schema': (_error, name, value) => `Unexpected ${shown(name, value)}, which the schema rules out here`,
  uniqueItems: (error, name) => `Entry ${Number(error.params['i']) + 1} of ${name} stands in it twice`,
};

const RANGE: Record<string, string> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
};

/** The value at a JSON pointer; undefined where there is none. */
function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** `status`, or "entry 2 of `tags`". */
function nameOf(pointer: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = parts.at(-1);
  if (last === undefined) return 'the whole';
  if (/^[0-9]+$/.test(last) && parts.length > 1)
    return `entry ${Number(last) + 1} of \`${parts.slice(0, -1).join('.')}\``;
  return parts.length === 1 ? last : `\`${parts.join('.')}\``;
}

function keyMistake(error: SchemaError, known: readonly string[]): SchemaMistake | undefined {
  const pointer = error.instancePath;
  const unknown = (error.params['additionalProperty'] ??
    error.params['unevaluatedProperty'] ??
    error.params['propertyName']) as string | undefined;
  if (unknown !== undefined)
    return { pointer, key: unknown, message: `Unknown key \`${unknown}\`${didYouMean(unknown, known)}` };
  const missing = (error.params['missingProperty'] as string | undefined) ?? undefined;
  if (missing !== undefined) return { pointer, missing, message: `Missing key \`${missing}\`` };
  return undefined;
}

function inWords(error: SchemaError, data: unknown, known: readonly string[]): SchemaMistake {
  const aboutKey = keyMistake(error, known);
  if (aboutKey) return aboutKey;
  const pointer = error.instancePath;
  const name = nameOf(pointer);
  const value = valueAt(data, pointer);
  const limit = RANGE[error.keyword];
  const words = limit
    ? `Unexpected ${shown(name, value)}, expected ${limit} ${error.params['limit']}`
    : (WORDS[error.keyword]?.(error, name, value) ??
      `Unexpected ${shown(name, value)}: it ${error.message ?? 'does not fit the schema'}`);
  return { pointer, message: words };
}

const COMPOUND = new Set(['anyOf', 'oneOf']);

/** Which alternative of an anyOf or oneOf an error belongs to: the number behind the keyword in its schema path. */
function branchOf(error: SchemaError, compound: SchemaError): string | undefined {
  const inside = error.schemaPath.startsWith(`${compound.schemaPath}/`);
  return inside ? error.schemaPath.slice(compound.schemaPath.length + 1).split('/')[0] : undefined;
}

/** How far an alternative was met: an error deep inside, and few of them, say that it was the one that was meant. */
function closeness(errors: readonly SchemaError[], at: string): number {
  const wrongKind = errors.some(
    (error) => error.instancePath === at && (error.keyword === 'type' || error.keyword === 'const'),
  );
  const deepest = errors.reduce((depth, error) => Math.max(depth, error.instancePath.length), 0);
  return (wrongKind ? -1000 : 0) - errors.length + deepest / 1000;
}

/** Replaces each anyOf/oneOf and the errors of its alternatives by the errors of the one that was meant. */
function collapseAlternatives(errors: readonly SchemaError[]): SchemaError[] {
  let rest = [...errors];
  const compounds = errors
    .filter((error) => COMPOUND.has(error.keyword))
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  for (const compound of compounds) {
    const branches = new Map<string, SchemaError[]>();
    for (const error of rest) {
      const branch = branchOf(error, compound);
      if (branch !== undefined) branches.set(branch, [...(branches.get(branch) ?? []), error]);
    }
    if (branches.size === 0) continue;
    const [meant] = [...branches.values()].sort(
      (a, b) => closeness(b, compound.instancePath) - closeness(a, compound.instancePath),
    );
    const losers = new Set([...branches.values()].flat().filter((error) => !meant?.includes(error)));
    rest = rest.filter((error) => error !== compound && !losers.has(error));
  }
  return mergeKinds(rest, compounds);
}

/** Two alternatives that differ only in kind ("text or a list") become one error. */
function mergeKinds(errors: readonly SchemaError[], compounds: readonly SchemaError[]): SchemaError[] {
  return errors.filter(
    (error, index) =>
      !(error.keyword === 'type' && compounds.length > 0) ||
      errors.findIndex((other) => other.keyword === 'type' && other.instancePath === error.instancePath) === index,
  );
}

/**
 * Explains what ajv (with `allErrors`) found: one mistake an error, `if` and the noise of alternatives left out, sorted
 * as found.
 *
 * @param known the keys that the schema's top level knows, for "did you mean"
 */
export function explainErrors(
  errors: readonly SchemaError[],
  data: unknown,
  known: readonly string[],
): SchemaMistake[] {
  if (errors.length === 0) return [];
  const told = new Set<string>();
  const mistakes: SchemaMistake[] = [];
  for (const error of collapseAlternatives(errors)) {
    if (error.keyword === 'if' || (error.keyword === 'propertyNames' && error.params['propertyName'] === undefined))
      continue;
    const mistake = inWords(error, data, known);
    const same = `${mistake.pointer}\n${mistake.key ?? ''}\n${mistake.missing ?? ''}\n${mistake.message}`;
    if (told.has(same)) continue;
    told.add(same);
    mistakes.push(mistake);
  }
  return mistakes;
}

/** The missing key that an unknown one was meant to be. */
export function misspeltKey(keys: readonly string[], wanted: string): string | undefined {
  return nearest(wanted, keys);
}
