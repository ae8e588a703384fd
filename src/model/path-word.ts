/** Signs that stand for themselves wherever a path is written; all others part words. */
export const WORD_SIGN: RegExp = /[\w.@+~-]/;
const WORDS = new RegExp(`${WORD_SIGN.source}+`, 'g');

/**
 * The word by which a text that names a path is found: of the last part of the path, the one with a full stop, or all of it.
 * In small letters: some disks do not tell them from capitals.
 *
 * @returns undefined where there is no such word
 */
export function wordOfPath(path: string): string | undefined {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const words = last.match(WORDS) ?? [];
  const word = words.find((one) => one.includes('.')) ?? (words[0] === last ? last : undefined);
  return word?.toLowerCase();
}
