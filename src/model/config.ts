import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { DISK, type Files } from './files.ts';
import type { Severity } from './finding.ts';
import type { ParserName } from './markdown.ts';
import { packageFile } from './package-files.ts';
import { explainErrors } from './schema-errors.ts';
import { readStructured, type StructuredFile } from './structured-file.ts';
import { UserError } from './user-error.ts';
import { validatorOf } from './validator.ts';

/** The effective configuration of a run; see schemas/config.schema.json. */
export interface Config {
  /** Absolute path of the config file; undefined when there is none. */
  readonly file: string | undefined;
  /** Absolute path of the folder to which the paths in the config are relative. */
  readonly folder: string;
  readonly preset: readonly string[];
  readonly roots: readonly string[];
  readonly types: Readonly<Record<string, { readonly schema: string; readonly template: string }>>;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly ignore: readonly string[];
  readonly parser: ParserName;
  readonly externalPrefixes: readonly string[];
  readonly limits: { readonly documentBytes: number };
  /** By key (`roots`, `rules.placeholder`): `file:line` where the config sets it. */
  readonly origins: ReadonlyMap<string, string>;
}

type Settings = Omit<Config, 'file' | 'folder' | 'origins'>;

/** Where documents lie when no config says so: a folder that has one of these is a root folder. */
export function defaultRoots(): readonly string[] {
  return defaults(readFileSync(packageFile('schemas', 'config.schema.json'), 'utf8')).roots;
}

/** Names of a config file, in the order in which they are looked for. */
export const CONFIG_FILES: readonly string[] = [
  'planproof.config.json',
  'planproof.config.jsonc',
  'planproof.config.yaml',
];

const slashed = (path: string): string => path.split(sep).join('/');

/** The defaults stand in the schema of the config, once. */
function defaults(schemaText: string): Settings {
  const { properties } = JSON.parse(schemaText) as { properties: Record<string, { default?: unknown }> };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, { default: value }]) => (value === undefined ? [] : [[key, value]])),
  ) as unknown as Settings;
}

/** Whether a folder's package.json has the key `planproof`. A package.json that cannot be read has none. */
function hasPackageKey(file: string, files: Files): boolean {
  try {
    return Object.hasOwn(JSON.parse(files.read(file) ?? '{}') as object, 'planproof');
  } catch {
    return false;
  }
}

/** The config files in a folder; more than one is an error of the caller's to report. */
export function configFilesIn(folder: string, files: Files = DISK): string[] {
  const found = CONFIG_FILES.map((name) => join(folder, name)).filter((file) => files.exists(file));
  const manifest = join(folder, 'package.json');
  if (files.exists(manifest) && hasPackageKey(manifest, files)) found.push(manifest);
  return found;
}

function fail(file: string, at: { line: number; column: number }, message: string): never {
  throw new UserError(
    `${file}:${at.line}:${at.column}: ${message}`,
    'The keys of the config are listed in docs/configuration.md and by `planproof config`.',
  );
}

/** Every pointer into the settings that `planproof config` can show the origin of: keys and their members. */
function originsOf(
  data: Record<string, unknown>,
  read: StructuredFile,
  prefix: string,
  shown: string,
): Map<string, string> {
  const origins = new Map<string, string>();
  for (const [key, value] of Object.entries(data)) {
    origins.set(key, `${shown}:${read.keyAt(`${prefix}/${key}`).line}`);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const member of Object.keys(value)) {
      const pointer = `${prefix}/${key}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      origins.set(`${key}.${member}`, `${shown}:${read.keyAt(pointer).line}`);
    }
  }
  return origins;
}

/** Paths in a config stay inside the folder of the config: a fork's pull request must not make planproof read elsewhere. */
function checkInside(folder: string, path: string, complain: (message: string) => never): void {
  const inside = relative(folder, resolve(folder, path));
  if (isAbsolute(path) || inside === '..' || inside.startsWith(`..${sep}`))
    complain(`Unexpected path \`${path}\`, expected one below the config's folder`);
}

/** Settings and origins from the text of a config file. */
async function read(
  file: string,
  shown: string,
  files: Files,
): Promise<{ settings: Partial<Settings>; origins: Map<string, string> }> {
  const structured = readStructured(file, (files.read(file) ?? '').replace(/^\uFEFF/, ''));
  const [error] = structured.errors;
  if (error) fail(shown, error.place, error.message);
  const prefix = file.endsWith('package.json') ? '/planproof' : '';
  const data = (prefix ? (structured.data as Record<string, unknown>)['planproof'] : structured.data) ?? {};
  const schemaText = readFileSync(packageFile('schemas', 'config.schema.json'), 'utf8');
  const errors = (await validatorOf(schemaText, 'config.schema.json'))(data);
  const known = Object.keys((JSON.parse(schemaText) as { properties: object }).properties);
  const [mistake] = explainErrors(errors, data, known);
  if (mistake)
    fail(
      shown,
      structured.keyAt(prefix + mistake.pointer + (mistake.key === undefined ? '' : `/${mistake.key}`)),
      mistake.message,
    );
  const settings = data as Partial<Settings> & { preset?: string | readonly string[] };
  for (const path of [
    ...(settings.roots ?? []),
    ...Object.values(settings.types ?? {}).flatMap((type) => [type.schema, type.template]),
  ]) {
    checkInside(dirname(file), path, (message) => fail(shown, structured.keyAt(prefix), message));
  }
  const preset = typeof settings.preset === 'string' ? { preset: [settings.preset] } : {};
  return {
    settings: { ...settings, ...preset },
    origins: originsOf(data as Record<string, unknown>, structured, prefix, shown),
  };
}

/**
 * The configuration of a folder: its config file over the defaults.
 *
 * @param folder absolute path
 * @param file absolute path of its config file, if it has one
 * @throws UserError with file, line and column when the config is wrong
 */
export async function loadConfig(folder: string, file: string | undefined, files: Files = DISK): Promise<Config> {
  const base = defaults(readFileSync(packageFile('schemas', 'config.schema.json'), 'utf8'));
  if (file === undefined) return { ...base, file, folder, origins: new Map() };
  const { settings, origins } = await read(file, slashed(relative(folder, file)), files);
  const limits = { ...base.limits, ...settings.limits };
  const roots = (settings.roots ?? base.roots)
    .map((root) => slashed(root).replace(/^(?:\.\/)+|\/+$/g, ''))
    .map((root) => root || '.');
  const ignore = [...base.ignore, ...(settings.ignore ?? [])];
  return { ...base, ...settings, roots, limits, ignore, file, folder, origins };
}
