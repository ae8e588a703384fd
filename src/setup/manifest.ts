import type { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import type { Source } from '../sources/source.ts';
import { below, folderOf, readTextFile } from './text-file.ts';

/** A package.json. */
export interface Manifest {
  /** Relative to the top of the repository. */
  readonly path: string;
  /** Its folder, relative to the top; the empty string is the top itself. */
  readonly folder: string;
  readonly source: SourceText;
  readonly data: Readonly<Record<string, unknown>>;
  readonly scripts: Readonly<Record<string, string>>;
  /** Names of all that it depends on, in whatever way. */
  readonly dependencies: ReadonlySet<string>;
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

function parse(path: string, text: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path}: no valid JSON (${(error as Error).message})`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new UserError(`${path}: Unexpected value, expected an object`);
  return data as Record<string, unknown>;
}

/**
 * The package.json in a folder; undefined when there is none.
 *
 * @throws UserError when it cannot be read
 */
function manifestIn(source: Source, folder: string): Manifest | undefined {
  const path = below(folder, 'package.json');
  const text = readTextFile(source, path);
  if (!text) return undefined;
  const data = parse(path, text.text);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  const dependencies = new Set(kinds.flatMap((kind) => Object.keys(asObject(data[kind]))));
  const scripts = Object.fromEntries(
    Object.entries(asObject(data['scripts'])).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  return { path, folder, source: text, data, scripts, dependencies };
}

/** Whether other packages of the repository belong to this one, so that tools are installed here. */
export function isWorkspaceRoot(source: Source, { folder, data }: Manifest): boolean {
  return data['workspaces'] !== undefined || source.exists(below(folder, 'pnpm-workspace.yaml'));
}

/** The one package.json anywhere that names planproof; undefined where none or several do. */
function manifestNaming(source: Source): Manifest | undefined {
  const paths = source
    .list([''])
    .filter((path) => /(?:^|\/)package\.json$/.test(path) && !path.includes('node_modules/'));
  const naming = paths.filter((path) => readTextFile(source, path)?.text.includes('"planproof"'));
  const [manifest, other] = naming.flatMap((path) => manifestIn(source, folderOf(path)) ?? []);
  return other === undefined && manifest?.dependencies.has('planproof') ? manifest : undefined;
}

/**
 * The package.json of the package that tools are installed in: the nearest one upwards, but where one above it is the
 * root of a workspace, that; without any, the only one below that names planproof.
 *
 * @param from folder to start in, relative to the top
 * @throws UserError when one cannot be read
 */
export function findManifest(source: Source, from: string): Manifest | undefined {
  const found: Manifest[] = [];
  for (let folder = from; ; folder = folderOf(folder)) {
    const manifest = manifestIn(source, folder);
    if (manifest) found.push(manifest);
    if (folder === '') break;
  }
  return found.find((manifest) => isWorkspaceRoot(source, manifest)) ?? found[0] ?? manifestNaming(source);
}
