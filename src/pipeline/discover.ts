import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { CONFIG_FILES } from '../model/config.ts';
import { baseName } from '../model/document.ts';
import { pathFrom } from '../model/slashes.ts';
import { UserError } from '../model/user-error.ts';
import { isFolder } from '../sources/working-tree.ts';
import { ignorer } from './ignorer.ts';
import { isBelow, locate } from './locate.ts';
import type { Workspace } from './workspace.ts';

/**
 * The paths of all documents: every `.md` below a type's folder that is not ignored, sorted.
 *
 * @throws UserError when a second config lies below a root
 */
export function discover(workspace: Workspace): string[] {
  const files = workspace.source.list(workspace.roots);
  const isOwn = (path: string): boolean => join(workspace.top, path) === workspace.config.file;
  const nested = files.find((path) => CONFIG_FILES.includes(baseName(path)) && !isOwn(path));
  if (nested)
    throw new UserError(
      `Nested config ${nested}: one config holds for the whole repository`,
      'Remove it, or move its settings to the top one.',
    );
  return documentsAmong(files, workspace);
}

/** The files that are documents by their name and place. */
export function documentsAmong(files: readonly string[], workspace: Workspace): string[] {
  const isIgnored = ignorer(workspace);
  return files.filter(
    (path) => path.endsWith('.md') && locate(path, workspace).folderType !== undefined && !isIgnored(path),
  );
}

/** A path on the command line that names nothing. */
export class NoSuchPath extends UserError {
  readonly path: string;

  constructor(path: string, help?: string) {
    super(`No such file or folder: \`${path}\``, help);
    this.path = path;
  }
}

/** What file arguments choose. */
export interface Selection {
  /** Documents whose findings are shown. */
  readonly shown: ReadonlySet<string>;
  /** Files named explicitly that are no documents by their place. */
  readonly extra: readonly string[];
}

/** The path of an argument relative to the top, through links in the folders above it. */
export function fromTop(argument: string, cwd: string, top: string): string {
  const absolute = resolve(cwd, argument);
  const inside = pathFrom(top, absolute);
  if (!inside.startsWith('../') && !isAbsolute(inside)) return inside;
  try {
    const real = pathFrom(realpathSync(top), join(realpathSync(dirname(absolute)), basename(absolute)));
    return real.startsWith('../') ? inside : real;
  } catch {
    return inside;
  }
}

/**
 * Chooses among the documents by the command line's paths; none means all.
 *
 * @param documents as `discover` gives them
 * @param notify is told of files that are named and ignored
 * @throws UserError when an argument matches nothing
 */
export function select(
  args: readonly string[],
  documents: readonly string[],
  workspace: Workspace,
  cwd: string,
  notify: (notice: string) => void,
): Selection {
  if (args.length === 0) return { shown: new Set(documents), extra: [] };
  const isIgnored = ignorer(workspace);
  const shown = new Set<string>();
  const extra = new Set<string>();
  const known = new Set(documents);
  for (const argument of args) {
    const path = fromTop(argument, cwd, workspace.top);
    // A hook may name thousands of files: only a folder is looked for among all documents.
    const below = known.has(path) ? [path] : documents.filter((document) => isBelow(document, path));
    for (const document of below) shown.add(document);
    if (below.length > 0) continue;
    if (isFolder(join(workspace.top, path)))
      throw new UserError(
        `No document below the folder \`${argument}\``,
        'Documents lie in the folders of their types: planproof config shows them.',
      );
    if (!existsSync(join(workspace.top, path))) throw new NoSuchPath(argument);
    if (isIgnored(path)) notify(`Ignored: ${argument} is no document (\`ignore\` in the config).`);
    else {
      shown.add(path);
      extra.add(path);
    }
  }
  return { shown, extra: [...extra] };
}
