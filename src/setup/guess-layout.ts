import type { DocumentType } from '../model/document-type.ts';
import type { SeenDocument } from './guess-documents.ts';
import { folderOf } from './text-file.ts';

/** Where documents lie, as far as their places tell. */
export interface Layout {
  /** Relative to the folder of the config, `.` for itself; the one with most documents first. Empty when nothing tells. */
  readonly roots: readonly string[];
  /** Types whose documents lie in another folder of the root than the preset's. */
  readonly moved: readonly { readonly type: DocumentType; readonly folder: string }[];
  /** Documents that lie in no folder that could be told. */
  readonly stray: readonly string[];
}

/** The root of a document that lies in the folder of its type; undefined when it does not. */
function rootOf({ path, type }: SeenDocument): string | undefined {
  const at = `/${path}`.lastIndexOf(`/${type.folder}/`);
  return at === -1 ? undefined : path.slice(0, Math.max(0, at - 1)) || '.';
}

function byCount(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value]) => value);
}

/** A path below a root, seen from it; undefined elsewhere. */
function within(root: string, path: string): string | undefined {
  if (root === '.') return path;
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}

/** The one folder that all documents of a type lie in, if there is one and it can be a type's folder. */
function onlyFolder(documents: readonly SeenDocument[]): string | undefined {
  const [folder, other] = [...new Set(documents.map(({ path }) => folderOf(path)))];
  return other === undefined && folder !== '' ? folder : undefined;
}

/** Guesses roots and folders from the places of documents. */
export function guessLayout(documents: readonly SeenDocument[]): Layout {
  const inPlace = documents.flatMap((document) => rootOf(document) ?? []);
  const elsewhere = documents.filter((document) => rootOf(document) === undefined);
  const settled = new Set(documents.filter((document) => rootOf(document) !== undefined).map(({ type }) => type));
  const candidates = [...new Set(elsewhere.map(({ type }) => type))].flatMap((type) => {
    const folder = settled.has(type) ? undefined : onlyFolder(elsewhere.filter((one) => one.type === type));
    return folder === undefined ? [] : [{ type, folder }];
  });
  const found = byCount(inPlace);
  const roots = found.length > 0 ? found : byCount(candidates.map(({ folder }) => folderOf(folder) || '.')).slice(0, 1);
  // New documents go below the first root: only there a folder of another name is of use.
  const moved = candidates.flatMap(({ type, folder }) => {
    const inside = roots[0] === undefined ? undefined : within(roots[0], folder);
    return inside === undefined ? [] : [{ type, folder: inside }];
  });
  const known = new Set([...settled, ...moved.map(({ type }) => type)]);
  const stray = elsewhere.filter(({ type, path }) => {
    const folder = moved.find((one) => one.type === type)?.folder;
    return (
      !known.has(type) || folder === undefined || within(roots[0] as string, path)?.startsWith(`${folder}/`) !== true
    );
  });
  return { roots, moved, stray: stray.map(({ path }) => path) };
}
