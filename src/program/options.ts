import { InvalidArgumentError, Option } from 'commander';
import type { Io } from '../io.ts';
import { type LintOption, TODAY, type ValueForm, WHOLE_NUMBER } from './lint-options.ts';

/** What a command does; the exit code comes back. */
export type Action = (io: Io) => Promise<number>;
/** Takes what the chosen command does. */
export type Act = (action: Action) => void;

/** Gathers the values of an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Reads a value; what has another form is said by commander. */
const reader =
  (form: ValueForm) =>
  (value: string): unknown => {
    if (!form.fits(value)) throw new InvalidArgumentError(form.expected);
    return form.read(value);
  };

/** @throws InvalidArgumentError on anything but digits */
export const wholeNumber: (value: string) => unknown = reader(WHOLE_NUMBER);

/** An option that is described as data. */
export function optionOf({ flags, description, form, isList }: LintOption): Option {
  const option = new Option(flags, description);
  if (form) return option.argParser(reader(form));
  return isList ? option.argParser(collect) : option;
}

/** The closing lines of a command's help. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ planproof ${line}`.trimEnd()).join('\n')}\n`;

/** `--json`, wherever a program may read the output. */
export const jsonOption = (): Option => new Option('--json', 'print JSON, for programs');
/** `--today`, wherever the day matters. */
export const todayOption = (): Option => optionOf(TODAY);
