import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { packageFile } from './package-files.ts';

/** What ajv says of one mistake; its own type would pull the whole of ajv into the published types. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Judges JSON data; an empty list means that it fits. */
export type Validate = (data: unknown) => readonly SchemaError[];

/** A function as ajv makes it, at run time or as standalone code. */
export type AjvFunction = ((data: unknown) => boolean) & { errors?: SchemaError[] | null };

const NO_ERRORS: readonly SchemaError[] = [];

/** Judges by a function of ajv's. */
export function validateWith(check: AjvFunction): Validate {
  return (data) => (check(data) ? NO_ERRORS : [...(check.errors ?? [])]);
}

/** What loads the parts of the bundle; the sources are ES modules, which have none. */
declare const require: ((file: string) => unknown) | undefined;

/** The validator that the build made of the schema with a key; undefined when it made none. */
export function compiled(key: string): AjvFunction | undefined {
  const file = packageFile('dist', 'validators', `${key}.cjs`);
  if (!existsSync(file)) return undefined;
  return (typeof require === 'undefined' ? createRequire(file) : require)(file) as AjvFunction;
}

/** The validator that the build made of the schema with a key, loaded when it judges first. */
export function compiledValidator(key: string): Validate {
  let validate: Validate | undefined;
  return (data) => {
    validate ??= validateWith(compiled(key) as AjvFunction);
    return validate(data);
  };
}
