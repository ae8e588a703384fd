/** The hook that git asks before a commit. */
export const COMMIT = 'pre-commit';
/** The one that it asks instead where a merge has no conflicts. */
export const MERGE = 'pre-merge-commit';

/** The same hook file for merges. */
export function mergeFile(file: string): string {
  return file.replace(/[^/\\]+$/, MERGE);
}

/** Why a hook is written. */
export const WHY: Readonly<Record<string, string>> = {
  [COMMIT]: 'every commit is judged, those that only delete files too',
  [MERGE]: 'merges are judged: git does not ask pre-commit for those without conflicts',
};

/** Lets git start pre-commit for both. */
export const PRE_COMMIT_INSTALL: string = `pre-commit install --hook-type ${COMMIT} --hook-type ${MERGE}`;
