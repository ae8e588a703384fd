import { splitOnce } from '../model/split-once.ts';
import { LINT_OPTIONS, type LintOption } from './lint-options.ts';

/** What `planproof lint` is given, as commander gives it. */
export interface LintArguments {
  readonly paths: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

const nameOf = ({ flags }: LintOption): string => flags.split(' ', 1)[0] as string;
const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
/** The key under which commander keeps an option's value. */
function keyOf(name: string): string {
  const [first = '', ...others] = name.slice(name.startsWith('--no-') ? '--no-'.length : '--'.length).split('-');
  return [first, ...others.map(capitalized)].join('');
}
/** What can be turned off is on. */
const DEFAULTS: Readonly<Record<string, boolean>> = Object.fromEntries(
  LINT_OPTIONS.map(nameOf).flatMap((name) => (name.startsWith('--no-') ? [[keyOf(name), true]] : [])),
);
/** Might be the name of a command, or be meant as one. */
const looksLikeCommand = (word: string): boolean => /^[a-z][a-z-]*$/.test(word);

/** The value that an option gets; undefined when commander has to say what is wrong with it. */
function givenValue({ form, isList }: LintOption, text: string | undefined, before: unknown): unknown {
  if (text === undefined || text === '' || text.startsWith('-')) return undefined;
  if (before !== undefined && !isList) return undefined;
  if (form) return form.fits(text) ? form.read(text) : undefined;
  return isList ? [...((before as readonly string[] | undefined) ?? []), text] : text;
}

/** The value of an option that has none: whether it is there. */
function flagValue(name: string, joined: string | undefined, before: unknown): boolean | undefined {
  return joined === undefined && before === undefined ? !name.startsWith('--no-') : undefined;
}

/** Takes an option, and its value, from the words. @returns false in doubt */
function takeOption(word: string, rest: string[], options: Record<string, unknown>): boolean {
  const [name, joined] = splitOnce(word, '=');
  const option = LINT_OPTIONS.find((one) => nameOf(one) === name);
  if (!option) return false;
  const key = keyOf(name);
  const value =
    option.flags === name
      ? flagValue(name, joined, options[key])
      : givenValue(option, joined ?? rest.shift(), options[key]);
  options[key] = value;
  return value !== undefined;
}

/**
 * Reads the plain forms of `planproof lint` without commander, which takes as long to load as all else on the way to the first
 * document. Whatever is in doubt is left to commander: it alone knows the other commands, help and what to say of mistakes.
 *
 * @returns undefined in doubt
 */
export function plainLint(argv: readonly string[]): LintArguments | undefined {
  const isNamed = argv[0] === 'lint';
  const rest = isNamed ? argv.slice(1) : [...argv];
  const paths: string[] = [];
  const options: Record<string, unknown> = {};
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('-')) {
      if (!takeOption(word, rest, options)) return undefined;
    } else if (isNamed || !looksLikeCommand(word)) paths.push(word);
    else return undefined;
  }
  return { paths, options: { ...DEFAULTS, ...options } };
}
