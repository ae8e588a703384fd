import { matchesOf } from './matches.ts';

const COMMAND = /^[ \t>]*(?:\$[ \t]+)?(?:npx[ \t]+(?:-\S+[ \t]+)*)?(planproof(?:[ \t]+\S.*)?)$/gm;
/** What an id of some type looks like, with a number or with `XXX` for one. */
const ID_PATTERN = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z][A-Za-z0-9]*)*-(?:X+|[0-9]+)$/;
/** Words joined by slashes, with a file ending or a slash at the end: `src/a.ts`, `docs/`. */
const PATH_PATTERN = /^(?:\.{1,2}\/)*[\w@.-]+(?:\/[\w@.-]+)*(?:\/|\/[\w@.-]*\.[A-Za-z0-9]{1,8})$/;

/** Whether code in a line of text looks like an id, or the pattern of one, or like a path. */
export function isName(code: string): boolean {
  return ID_PATTERN.test(code) || PATH_PATTERN.test(code);
}

/** A command line of planproof, without prompt and `npx`. */
interface WrittenCommand {
  readonly text: string;
  /** Where it begins in the code, in UTF-16 units. */
  readonly from: number;
}

const NO_COMMANDS: readonly WrittenCommand[] = [];

/**
 * The command lines of planproof in code.
 *
 * @param source the code as written, with its fence or back-ticks
 */
export function commandsIn(source: string, isInline: boolean): readonly WrittenCommand[] {
  if (!source.includes('planproof')) return NO_COMMANDS;
  const text = isInline ? source.replaceAll('`', ' ') : source;
  return matchesOf(COMMAND, text).map((match) => ({
    text: (match[1] as string).trimEnd(),
    from: match.index + match[0].indexOf('planproof'),
  }));
}
