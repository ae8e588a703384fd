import type { Location } from '../model/document.ts';
import type { DocumentTypes } from '../model/document-type.ts';
import { remembering } from '../model/remember.ts';
import type { Workspace } from './workspace.ts';

/** Whether a path lies below a folder, or is it; the empty folder is the top. */
export function isBelow(path: string, folder: string): boolean {
  if (folder === '') return !path.startsWith('../');
  return path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/');
}

/** A folder of a type below a root, with what lies in it. */
interface Place {
  readonly folder: string;
  readonly location: Location;
}

const innermostFirst = (a: string, b: string): number => b.length - a.length;

/** All folders in which documents may lie; of nested ones the innermost comes first, and each root behind its own. */
const places = remembering((types: DocumentTypes, roots: readonly string[]): readonly Place[] => {
  const byFolder = [...types.values()].sort((a, b) => innermostFirst(a.folder, b.folder));
  return [...roots].sort(innermostFirst).flatMap((root) => [
    ...byFolder.map((folderType) => ({
      folder: root === '' ? folderType.folder : `${root}/${folderType.folder}`,
      location: { root, folderType },
    })),
    { folder: root, location: { root, folderType: undefined } },
  ]);
});

const NOWHERE: Location = { root: undefined, folderType: undefined };

/** Where a file lies among roots and types' folders; of nested ones the innermost counts. */
export function locate(path: string, { types, roots }: Pick<Workspace, 'roots' | 'types'>): Location {
  return places(types, roots).find(({ folder }) => isBelow(path, folder))?.location ?? NOWHERE;
}

/** The folders of the types; one may lie in another. */
export function typeFolders({ types, roots }: Pick<Workspace, 'roots' | 'types'>): string[] {
  return places(types, roots).flatMap(({ folder, location }) => (location.folderType ? folder : []));
}
