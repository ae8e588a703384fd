import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../rules/registry.ts';
import type { BuiltIn, ReadyType } from '../model/built-in.ts';
import { type Config, defaultsIn } from '../model/config.ts';
import { loadTypes } from '../model/load-types.ts';
import { loadParser } from '../model/markdown.ts';
import { packageFile } from '../model/package-files.ts';
import { schemaKey } from '../model/validator.ts';

const textOf = (...path: string[]): string => readFileSync(packageFile('schemas', ...path), 'utf8');

async function readyTypes(preset: string, defaults: ReturnType<typeof defaultsIn>): Promise<readonly ReadyType[]> {
  const config: Config = { ...defaults, preset: [preset], file: undefined, folder: packageFile(), origins: new Map() };
  const types = await loadTypes(
    config,
    loadParser('remark', () => {}),
  );
  return [...types.values()].map(({ name, schema, template }) => ({
    name,
    schema: schema as ReadyType['schema'],
    template,
    validator: schemaKey(textOf(join(preset, `${name}.schema.json`))),
  }));
}

/** Reads what the build puts beside the bundle, the way users' own types are read. */
export async function makeBuiltIn(): Promise<BuiltIn> {
  const defaults = defaultsIn(textOf('config.schema.json'));
  const folders = readdirSync(packageFile('schemas'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const presets = await Promise.all(folders.map(async ({ name }) => [name, await readyTypes(name, defaults)] as const));
  return {
    defaults: { ...defaults },
    validators: { config: schemaKey(textOf('config.schema.json')), board: schemaKey(textOf('board.schema.json')) },
    presets: Object.fromEntries(presets),
    rules: RULES.map(({ id, area, severity }) => ({ id, area, severity })),
  };
}
