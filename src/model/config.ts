import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { builtIn } from './built-in.ts';
import { compiledValidator } from './compiled-validator.ts';
import { DISK, type Files } from './files.ts';
import type { Severity } from './finding.ts';
import type { ParserName } from './markdown.ts';
import { packageFile } from './package-files.ts';
import { explainErrors } from './schema-errors.ts';
import { pathFrom, slashed } from './slashes.ts';
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

export type Settings = Omit<Config, 'file' | 'folder' | 'origins'>;

/** Where documents lie when no config says so: a folder that has one of these is a root folder. */
export function defaultRoots(): readonly string[] {
  return defaults().roots;
}

/** Names of a config file, in the order in which they are looked for. */
export const CONFIG_FILES: readonly string[] = [
  'planproof.config.json',
  'planproof.config.jsonc',
  'planproof.config.yaml',
];

/** The defaults that the schema of the config names. */
export function defaultsIn(schemaText: string): Settings {
  const { properties } = JSON.parse(schemaText) as { properties: Record<string, { default?: unknown }> };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, { default: value }]) => (value === undefined ? [] : [[key, value]])),
  ) as unknown as Settings;
}

const schemaText = (): string => readFileSync(packageFile('schemas', 'config.schema.json'), 'utf8');

/** The defaults stand in the schema of the config, once. */
function defaults(): Settings {
  return (builtIn()?.defaults as Settings | undefined) ?? defaultsIn(schemaText());
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

/** What a config file sets; its text is read again for places when somebody asks where something stands. */
interface ConfigText {
  readonly data: Record<string, unknown>;
  readonly structured: () => StructuredFile;
}

/** The key of package.json below which a config stands; none in a file of its own. */
const prefixIn = (file: string): string => (file.endsWith('package.json') ? '/planproof' : '');

/** What JSON says, where it is beyond doubt; undefined where it takes a reader that knows places. */
function plainJson(file: string, text: string): unknown {
  // A key of this name is one for the reader, and a prototype for others.
  if (!file.endsWith('.json') || text.includes('__proto__')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readText(file: string, shown: string, files: Files): ConfigText {
  const text = (files.read(file) ?? '').replace(/^\uFEFF/, '');
  let known: StructuredFile | undefined;
  const structured = (): StructuredFile => {
    known ??= readStructured(file, text);
    return known;
  };
  const plain = plainJson(file, text);
  const [error] = plain === undefined ? structured().errors : [];
  if (error) fail(shown, error.place, error.message);
  const whole = plain ?? structured().data;
  const data = (prefixIn(file) ? (whole as Record<string, unknown>)['planproof'] : whole) ?? {};
  return { data: data as Record<string, unknown>, structured };
}

/** @throws UserError with file, line and column when the data breaks the schema of the config */
async function checkSettings({ data, structured }: ConfigText, prefix: string, shown: string): Promise<void> {
  const key = builtIn()?.validators.config;
  const validate = key === undefined ? await validatorOf(schemaText(), 'config.schema.json') : compiledValidator(key);
  const errors = validate(data);
  if (errors.length === 0) return;
  const known = Object.keys((JSON.parse(schemaText()) as { properties: object }).properties);
  const [mistake] = explainErrors(errors, data, known);
  if (!mistake) return;
  const pointer = prefix + mistake.pointer + (mistake.key === undefined ? '' : `/${mistake.key}`);
  fail(shown, structured().keyAt(pointer), mistake.message);
}

/** Settings and origins from the text of a config file. */
async function read(
  file: string,
  shown: string,
  files: Files,
): Promise<{ settings: Partial<Settings>; origins: () => Map<string, string> }> {
  const text = readText(file, shown, files);
  const prefix = prefixIn(file);
  await checkSettings(text, prefix, shown);
  const settings = text.data as Partial<Settings> & { preset?: string | readonly string[] };
  for (const path of [
    ...(settings.roots ?? []),
    ...Object.values(settings.types ?? {}).flatMap((type) => [type.schema, type.template]),
  ]) {
    checkInside(dirname(file), path, (message) => fail(shown, text.structured().keyAt(prefix), message));
  }
  const preset = typeof settings.preset === 'string' ? { preset: [settings.preset] } : {};
  return {
    settings: { ...settings, ...preset },
    origins: () => originsOf(text.data, text.structured(), prefix, shown),
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
  const base = defaults();
  if (file === undefined) return { ...base, file, folder, origins: new Map() };
  const { settings, origins } = await read(file, pathFrom(folder, file), files);
  const limits = { ...base.limits, ...settings.limits };
  const roots = (settings.roots ?? base.roots)
    .map((root) => slashed(root).replace(/^(?:\.\/)+|\/+$/g, ''))
    .map((root) => root || '.');
  const ignore = [...base.ignore, ...(settings.ignore ?? [])];
  let known: Map<string, string> | undefined;
  return {
    ...base,
    ...settings,
    roots,
    limits,
    ignore,
    file,
    folder,
    // Few runs ask, and to know it the text has to be read once more.
    get origins() {
      known ??= origins();
      return known;
    },
  };
}
