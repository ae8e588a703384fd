import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { RULES } from '../../rules/registry.ts';
import { builtIn } from '../model/built-in.ts';
import { compiledValidator, type Validate } from '../model/compiled-validator.ts';
import { type Config, configFilesIn, defaultRoots, loadConfig } from '../model/config.ts';
import type { DocumentTypes } from '../model/document-type.ts';
import { DISK, type Files } from '../model/files.ts';
import { loadTypes } from '../model/load-types.ts';
import { loadParser, type MarkdownParser, type ParserName } from '../model/markdown.ts';
import { packageFile } from '../model/package-files.ts';
import { readyTypes } from '../model/ready-types.ts';
import { pathFrom } from '../model/slashes.ts';
import { didYouMean } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { validatorOf } from '../model/validator.ts';
import type { Source } from '../sources/source.ts';
import { workingTree } from '../sources/working-tree.ts';
import type { Onlookers } from './progress.ts';

/** A repository as planproof sees it: where it is, what holds in it, and what to read it with. */
export interface Workspace extends Onlookers {
  /** Absolute path of the top of the repository, or of the root folder outside git. */
  readonly top: string;
  /** The top is that of a git repository. */
  readonly hasGit: boolean;
  readonly config: Config;
  /** The roots, relative to the top; the empty string is the top itself. */
  readonly roots: readonly string[];
  /** There is a config or one of the default root folders: somebody means to keep documents here. */
  readonly isSetUp: boolean;
  readonly types: DocumentTypes;
  /** Judges the JSON of a task board. */
  readonly validateBoard: Validate;
  readonly parser: MarkdownParser;
  readonly source: Source;
}

/** What comes from outside the repository. */
export interface Surroundings extends Onlookers {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes notices for people. */
  notify(notice: string): void;
}

/** The folder and all above it, the nearest first, up to `last`. */
function* upwards(folder: string, last?: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (at === last || dirname(at) === at) return;
  }
}

function gitTop(cwd: string): string | undefined {
  for (const folder of upwards(cwd)) if (existsSync(join(folder, '.git'))) return folder;
  return undefined;
}

/** The folder that the config belongs to, and its config file. */
function findFolder(
  cwd: string,
  top: string | undefined,
  files: Files = DISK,
): { folder: string; file: string | undefined } {
  const signs = defaultRoots();
  for (const folder of upwards(cwd, top)) {
    const [file, second] = configFilesIn(folder, files);
    if (second)
      throw new UserError(
        `Two configs: ${relative(cwd, file as string)} and ${relative(cwd, second)}`,
        'Keep one of them.',
      );
    if (file || signs.some((root) => files.exists(join(folder, root)))) return { folder, file };
  }
  return { folder: top ?? cwd, file: undefined };
}

/** One config a repository: a second one above the folder would be silently without effect. */
function checkNested(folder: string, top: string | undefined, file: string | undefined, files: Files): void {
  if (top === undefined || folder === top || file === undefined) return;
  for (const above of upwards(dirname(folder), top)) {
    const [other] = configFilesIn(above, files);
    if (other)
      throw new UserError(
        `Nested config ${pathFrom(top, file)}: ${pathFrom(top, other)} holds for the whole repository`,
        'Keep one of them; `roots` may name several folders.',
      );
  }
}

/** Rule names in the config are known ones, and the engine's own rules stay on: a pass must never be silent. */
function checkRules(config: Config): void {
  const rules = builtIn()?.rules ?? RULES;
  const where = (id: string): string => config.origins.get(`rules.${id}`) ?? 'config';
  for (const [id, severity] of Object.entries(config.rules)) {
    const rule = rules.find((known) => known.id === id);
    if (!rule) {
      const ids = rules.map((known) => known.id);
      throw new UserError(
        `${where(id)}: Unknown rule \`${id}\`${didYouMean(id, ids)}`,
        'planproof explain lists all rules.',
      );
    }
    if (rule.area === 'engine' && rule.severity === 'error' && severity !== 'error') {
      throw new UserError(
        `${where(id)}: The rule \`${id}\` cannot be set to \`${severity}\`: it keeps a run from passing silently`,
      );
    }
  }
}

/** What holds in a repository, before anything of its documents is read. */
export type Setting = Omit<Workspace, 'source' | keyof Onlookers>;

/** Where somebody works: the repository around the folder, if there is one. */
interface Around {
  readonly cwd: string;
  readonly top: string | undefined;
}

const around = (folder: string): Around => {
  const cwd = resolve(folder);
  return { cwd, top: gitTop(cwd) };
};

/** A parser that is loaded, or fails to, when it gets its first text. */
function lateParser(name: ParserName, notify: (notice: string) => void): MarkdownParser {
  let parser: MarkdownParser | undefined;
  return (text) => {
    parser ??= loadParser(name, notify);
    return parser(text);
  };
}

async function boardValidator(): Promise<Validate> {
  const key = builtIn()?.validators.board;
  if (key !== undefined) return compiledValidator(key);
  return validatorOf(readFileSync(packageFile('schemas', 'board.schema.json'), 'utf8'), 'board.schema.json');
}

async function settingOf(
  { cwd, top }: Around,
  { notify }: Pick<Surroundings, 'notify'>,
  files: Files,
  parserName?: ParserName,
): Promise<Setting> {
  const { folder, file } = findFolder(cwd, top, files);
  checkNested(folder, top, file, files);
  const config = await loadConfig(folder, file, files);
  checkRules(config);
  const parser = lateParser(parserName ?? config.parser, notify);
  const base = pathFrom(top ?? folder, folder);
  return {
    top: top ?? folder,
    hasGit: top !== undefined,
    config,
    roots: config.roots.map((root) => [base, root].filter((part) => part !== '' && part !== '.').join('/')),
    isSetUp: file !== undefined || config.roots.some((root) => files.exists(join(folder, root))),
    types: readyTypes(config) ?? (await loadTypes(config, parser, files)),
    validateBoard: await boardValidator(),
    parser,
  };
}

/**
 * What holds in the repository around a folder: no document, no parser, no git process.
 *
 * @throws UserError when the config, a schema or a template is wrong
 */
export function openSetting({ cwd, notify }: Pick<Surroundings, 'cwd' | 'notify'>): Promise<Setting> {
  return settingOf(around(cwd), { notify }, DISK);
}

/**
 * Opens the repository around a folder.
 *
 * @param parserName overrides the config
 * @param sourceAt gives the source of the documents, where that is not the working tree
 * @param configFrom whether config, schemas and templates come from that source too
 * @throws UserError when the config, a schema or a template is wrong
 */
export async function openWorkspace(
  { cwd: folder, environment, notify, progress, expectDocuments }: Surroundings,
  parserName?: ParserName,
  sourceAt?: (top: string) => Source,
  configFrom: 'disk' | 'source' = 'disk',
): Promise<Workspace> {
  const { cwd, top } = around(folder);
  const given = top === undefined ? undefined : sourceAt?.(top);
  if (sourceAt && !given) throw new UserError(`No git repository at ${cwd}`);
  const files = given && configFrom === 'source' ? filesOf(given, top as string) : DISK;
  const setting = await settingOf({ cwd, top }, { notify }, files, parserName);
  const source = given ?? (await workingTree(setting.top, setting.hasGit, environment));
  return { ...setting, source, progress, expectDocuments };
}

/** The files of a source as if they lay on disk; what lies outside the repository does not exist. */
function filesOf(source: Source, top: string): Files {
  const inside = (path: string): string | undefined => {
    const own = pathFrom(top, path);
    return own === '..' || own.startsWith('../') || isAbsolute(own) ? undefined : own;
  };
  const bytesOf = (path: string): Uint8Array | undefined => {
    const own = inside(path);
    const bytes = own === undefined || own === '' ? undefined : source.read(own);
    if (bytes && 'unreadable' in bytes) throw new UserError(`Cannot read ${own}: ${bytes.unreadable}`);
    return bytes;
  };
  return {
    exists: (path) => {
      const own = inside(path);
      return own !== undefined && source.exists(own === '' ? '.' : own);
    },
    read: (path) => {
      const bytes = bytesOf(path);
      return bytes && Buffer.from(bytes).toString('utf8');
    },
  };
}

/** The top of the repository around a folder; the folder itself outside git. */
export function topOf(cwd: string): string {
  const folder = resolve(cwd);
  return gitTop(folder) ?? findFolder(folder, undefined).folder;
}
