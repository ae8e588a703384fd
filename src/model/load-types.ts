import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn, type ReadyType } from './built-in.ts';
import { impossible } from './check.ts';
import type { Config } from './config.ts';
import {
  type DocumentType,
  type DocumentTypes,
  documentType,
  type FrontmatterSchema,
  type XDocument,
} from './document-type.ts';

import { DISK, type Files } from './files.ts';

import type { Lifecycle } from './lifecycle.ts';

import type { MarkdownParser } from './markdown.ts';
import { packageFile } from './package-files.ts';
import { presetSource, readyType } from './ready-types.ts';
import { EXTERNAL, PATH } from './relation.ts';
import { didYouMean, oneOf } from './suggest.ts';
import { parseTemplate, TemplateError } from './template.ts';
import { UserError } from './user-error.ts';
import { validatorOf } from './validator.ts';

const ENDING = '.schema.json';

interface Definition {
  readonly name: string;
  readonly source: string;
  readonly schema: { readonly path: string; readonly shown: string };
  readonly template: { readonly path: string; readonly shown: string };
  /** Where both are read. */
  readonly files: Files;
  /** What the build has read already. */
  readonly ready?: ReadyType | undefined;
}

/** The presets that come with the package. */
function presetNames(): string[] {
  return readdirSync(packageFile('schemas'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function presetDefinitions(preset: string): Definition[] {
  const known = presetNames();
  if (!known.includes(preset))
    throw new UserError(`Unknown preset \`${preset}\`${didYouMean(preset, known)}`, `The presets are ${oneOf(known)}.`);
  return readdirSync(packageFile('schemas', preset))
    .filter((file) => file.endsWith(ENDING))
    .sort()
    .map((file) => {
      const name = file.slice(0, -ENDING.length);
      const schema = packageFile('schemas', preset, file);
      const template = packageFile('templates', preset, `${name}.md`);
      return {
        name,
        source: presetSource(preset),
        schema: { path: schema, shown: schema },
        template: { path: template, shown: template },
        files: DISK,
        ready: builtIn()?.presets[preset]?.find((type) => type.name === name),
      };
    });
}

function configDefinitions(config: Config, files: Files): Definition[] {
  return Object.entries(config.types).map(([name, { schema, template }]) => ({
    name,
    source: schema,
    schema: { path: join(config.folder, schema), shown: schema },
    template: { path: join(config.folder, template), shown: template },
    files,
  }));
}

function readText(what: 'schema' | 'template', { name, files, ...definition }: Definition): string {
  const { path, shown } = definition[what];
  const text = files.read(path);
  if (text === undefined) {
    throw new UserError(
      `No such ${what} of the document type \`${name}\`: ${shown}`,
      `Write the file, or mend types.${name} in the config.`,
    );
  }
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

function parseSchema(text: string, shown: string): FrontmatterSchema & { 'x-document': XDocument } {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${shown}: no valid JSON (${(error as Error).message})`);
  }
  if (typeof schema !== 'object' || schema === null || !('x-document' in schema)) {
    throw new UserError(
      `${shown}: missing key \`x-document\``,
      'It says how ids look and where documents lie: see docs/document-types.md.',
    );
  }
  return schema as FrontmatterSchema & { 'x-document': XDocument };
}

const boardTemplateOf = (template: string): string => template.replace(/\.md$/, '.board.json');

async function load(definition: Definition, parser: MarkdownParser): Promise<DocumentType> {
  const { name, source, ready } = definition;
  if (ready) return readyType(ready, source, boardTemplateOf(definition.template.path));
  const schemaText = readText('schema', definition);
  const schema = parseSchema(schemaText, definition.schema.shown);
  const validate = await validatorOf(schemaText, definition.schema.shown);
  const templateText = readText('template', definition);
  try {
    const template = parseTemplate(templateText, parser);
    const type = documentType(name, source, schema, template, validate, boardTemplateOf(definition.template.path));
    for (const { check, line } of template.checks) {
      const never = impossible(check, type);
      if (never !== undefined) throw new TemplateError(`This item can never hold: ${never}`, line);
    }
    return type;
  } catch (error) {
    if (error instanceof TemplateError)
      throw new UserError(`${definition.template.shown}:${error.line}: ${error.message}`);
    throw error;
  }
}

/** Keeps count of who owns a folder or a prefix. */
function claim(owners: Map<string, string>, what: string, value: string, type: DocumentType): void {
  const owner = owners.get(value);
  if (owner !== undefined) {
    throw new UserError(`The document types \`${owner}\` and \`${type.name}\` both claim the ${what} \`${value}\``);
  }
  owners.set(value, type.name);
}

function checkTargets(type: DocumentType, known: readonly string[]): void {
  for (const [field, relation] of type.relations) {
    const unknown = [...relation.to, ...(relation.origin?.anyOf ?? [])].find((target) => !known.includes(target));
    if (unknown === undefined) continue;
    const message = `relation \`${field}\` of \`${type.name}\` names the unknown type \`${unknown}\``;
    throw new UserError(`${type.source}: ${message}${didYouMean(unknown, known)}`);
  }
}

/** A zone that is frozen must exist, and so must the status that freezes it. */
function checkFrozen({ name, source, schema, lifecycle, template }: DocumentType): void {
  const known = {
    status: statusesOf(lifecycle, schema),
    section: template.sections.map((section) => section.name),
    key: Object.keys(schema.properties ?? {}),
  };
  const check = (what: keyof typeof known, names: readonly string[] = []): void => {
    const unknown = names.find((one) => !known[what].includes(one));
    if (unknown === undefined) return;
    const message = `\`lifecycle.frozen\` of \`${name}\` names the unknown ${what} \`${unknown}\``;
    throw new UserError(`${source}: ${message}${didYouMean(unknown, known[what])}`);
  };
  for (const frozen of lifecycle?.frozen ?? []) {
    check('status', frozen.in);
    check('section', frozen.sections);
    check('key', frozen.fields);
  }
}

/** The statuses that a type knows: those its schema lists, and those its lifecycle names. */
function statusesOf(lifecycle: Lifecycle | undefined, { properties }: FrontmatterSchema): string[] {
  const listed = properties?.['status']?.enum ?? [];
  const { initial, finished = [], transitions = {} } = lifecycle ?? {};
  const moves = Object.entries(transitions).flatMap(([from, to]) => [from, ...to]);
  const named = [...(initial === undefined ? [] : [initial]), ...finished, ...moves.filter((status) => status !== '*')];
  return [...new Set([...listed.filter((status) => typeof status === 'string'), ...named])];
}

/** Two types may share neither folder nor prefix, and may name only types that exist. */
function checkTogether(types: DocumentTypes): void {
  const folders = new Map<string, string>();
  const prefixes = new Map<string, string>();
  const known = [...types.keys(), EXTERNAL, PATH];
  for (const type of types.values()) {
    claim(folders, 'folder', type.folder, type);
    for (const prefix of type.id ? [type.id.prefix, ...type.id.aliases] : []) claim(prefixes, 'prefix', prefix, type);
    checkTargets(type, known);
    checkFrozen(type);
  }
}

/**
 * Loads the document types in force: those of the presets, then those of the config, which may replace one.
 *
 * @throws UserError when a file is missing or wrong, or two types collide
 */
export async function loadTypes(config: Config, parser: MarkdownParser, files: Files = DISK): Promise<DocumentTypes> {
  const definitions = new Map<string, Definition>();
  for (const definition of [...config.preset.flatMap(presetDefinitions), ...configDefinitions(config, files)]) {
    definitions.set(definition.name, definition);
  }
  const types = new Map<string, DocumentType>();
  for (const definition of definitions.values()) types.set(definition.name, await load(definition, parser));
  checkTogether(types);
  return types;
}
