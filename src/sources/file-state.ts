/** A file of a state: its mode and hash; null where it is gone. */
export type FileState = readonly [mode: string, hash: string] | null;

/** Whether two states have the same contents; a file of which git has noted no mode is a regular one. */
export function isSameState(a: FileState, b: FileState): boolean {
  if (a === null || b === null) return a === b;
  const isRegular = (mode: string): boolean => mode === '' || mode.startsWith('100');
  return a[1] === b[1] && (a[0] === b[0] || (isRegular(a[0]) && isRegular(b[0])));
}
