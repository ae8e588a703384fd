import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { type AjvFunction, compiled, type Validate, validateWith } from './compiled-validator.ts';
import { packageFile } from './package-files.ts';
import { UserError } from './user-error.ts';

/** The key under which the build files the validator of a schema: a hash of the schema file's bytes. */
export function schemaKey(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

let instance: Promise<Ajv2020> | undefined;

/** What ajv needs of a regular expression; it takes two with the same text for one and the same. */
interface LinearRegExp {
  test(text: string): boolean;
  toString(): string;
}

/** A linear-time stand-in for RegExp: patterns of a linted repository must not be able to hang a run. */
async function linearRegExp(): Promise<{ (pattern: string, flags: string): LinearRegExp; code: string }> {
  const { RE2JS } = await import('re2js');
  const make = (pattern: string, flags: string): LinearRegExp => {
    const regExp = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return { test: (text) => regExp.matcher(text).find(), toString: () => `/${pattern}/${flags}` };
  };
  return Object.assign(make, { code: 'undefined' });
}

async function createAjv(): Promise<Ajv2020> {
  const [{ Ajv2020 }, formats, regExp] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
    linearRegExp(),
  ]);
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { regExp: regExp as never } });
  formats.default.default(ajv);
  ajv.addKeyword({
    keyword: 'x-document',
    metaSchema: JSON.parse(readFileSync(packageFile('schemas', 'x-document.schema.json'), 'utf8')),
  });
  return ajv;
}

/** What the build's validators and those made at run time have in common. */
export const AJV_OPTIONS = {
  allErrors: true,
  ownProperties: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
} as const;

/**
 * The validator of a schema: the one the build made if the text is that of a built-in schema, else compiled now.
 *
 * @param name the file, for messages
 * @throws UserError when the text is no valid JSON Schema 2020-12 or its x-document breaks the meta-schema
 */
export async function validatorOf(text: string, name: string): Promise<Validate> {
  const known = compiled(schemaKey(text));
  if (known) return validateWith(known);
  instance ??= createAjv();
  const ajv = await instance;
  try {
    return validateWith(ajv.compile(JSON.parse(text) as object) as AjvFunction);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${name}: ${reason}`,
      'A document type is a JSON Schema 2020-12 with the key x-document: see docs/document-types.md.',
    );
  }
}
