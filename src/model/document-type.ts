import type { Validate } from './compiled-validator.ts';
import type { IdFormat } from './id.ts';
import { type Lifecycle, wholeLifecycle } from './lifecycle.ts';
import { type RelationSpec, wholeRelation } from './relation.ts';
import { remembering } from './remember.ts';
import type { Template } from './template.ts';

/** The `properties` of a frontmatter schema, as far as planproof looks into them. */
export interface PropertySchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly description?: string;
  readonly $ref?: string;
}

/** The JSON Schema of a type's frontmatter. */
export interface FrontmatterSchema {
  readonly title?: string;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly $defs?: Readonly<Record<string, PropertySchema>>;
}

/** `x-document` as a schema file has it. */
export interface XDocument {
  readonly id?: { readonly prefix: string; readonly aliases?: readonly string[]; readonly digits?: number };
  readonly marker?: string;
  readonly folder: string;
  readonly board?: string;
  readonly lifecycle?: Lifecycle;
  readonly relations?: Readonly<Record<string, RelationSpec>>;
  readonly exempt?: readonly string[];
}

/** A document type: everything planproof knows of one, all of it from a schema and a template. */
export interface DocumentType {
  /** The file name of its schema without `.schema.json`, and the value of `type` in its documents. */
  readonly name: string;
  /** Where it is defined, for messages: a preset or the path of its schema. */
  readonly source: string;
  readonly schema: FrontmatterSchema;
  readonly id: IdFormat | undefined;
  /** Key by which a document of a type without ids is known. */
  readonly marker: string | undefined;
  readonly folder: string;
  readonly board: string | undefined;
  /** Absolute path of the board that a new one is copied from; there may be none. */
  readonly boardTemplate: string | undefined;
  readonly lifecycle: Lifecycle | undefined;
  readonly relations: ReadonlyMap<string, RelationSpec>;
  readonly exempt: ReadonlySet<string>;
  readonly template: Template;
  readonly validate: Validate;
}

/** The types in force, by name. */
export type DocumentTypes = ReadonlyMap<string, DocumentType>;

const DEFAULT_DIGITS = 3;

/** A document type from its parts; the schema has been validated. */
export function documentType(
  name: string,
  source: string,
  schema: FrontmatterSchema & { readonly 'x-document': XDocument },
  template: Template,
  validate: Validate,
  boardTemplate?: string,
): DocumentType {
  const about = schema['x-document'];
  const { id } = about;
  return {
    name,
    source,
    schema,
    id: id && { prefix: id.prefix, aliases: id.aliases ?? [], digits: id.digits ?? DEFAULT_DIGITS },
    marker: about.marker,
    folder: about.folder,
    board: about.board,
    boardTemplate,
    lifecycle: about.lifecycle && wholeLifecycle(about.lifecycle),
    relations: new Map(Object.entries(about.relations ?? {}).map(([field, spec]) => [field, wholeRelation(spec)])),
    exempt: new Set(about.exempt),
    template,
    validate,
  };
}

/** By prefix, the canonical ones and those that mean the same. */
const typesByPrefix = remembering((types: DocumentTypes): ReadonlyMap<string, DocumentType> => {
  const byPrefix = new Map<string, DocumentType>();
  for (const type of types.values())
    for (const prefix of type.id ? [type.id.prefix, ...type.id.aliases] : [])
      if (!byPrefix.has(prefix)) byPrefix.set(prefix, type);
  return byPrefix;
});

/** The type that owns a prefix of ids, canonically or as an alias; of several the first. */
export function typeOfPrefix(prefix: string, types: DocumentTypes): DocumentType | undefined {
  return typesByPrefix(types).get(prefix);
}

/** The schema asks for a key that is not there: frontmatter-schema says so, and what the key would hold is unknown. */
export function lacksKey(type: DocumentType, data: Readonly<Record<string, unknown>>, key: string): boolean {
  return (type.schema.required ?? []).includes(key) && !Object.hasOwn(data, key);
}

/** The schema of a key, through a `$ref` into `$defs`. */
export function propertySchema(type: DocumentType, key: string): PropertySchema | undefined {
  const property = type.schema.properties?.[key];
  const referred = property?.$ref?.replace('#/$defs/', '');
  return (referred !== undefined && type.schema.$defs?.[referred]) || property;
}

/** The keys of a type in the order in which they are written. */
export function keysOf(type: DocumentType): string[] {
  return Object.keys(type.schema.properties ?? {});
}
