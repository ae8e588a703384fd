import { InvalidArgumentError, Option } from 'commander';
import type { Io } from '../io.ts';

/** What a command does; the exit code comes back. */
export type Action = (io: Io) => Promise<number>;
/** Takes what the chosen command does. */
export type Act = (action: Action) => void;

/** Gathers the values of an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** @throws InvalidArgumentError on anything but digits */
export function wholeNumber(value: string): number {
  if (!/^[0-9]+$/.test(value)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(value);
}

/** @throws InvalidArgumentError on anything but YYYY-MM-DD */
function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new InvalidArgumentError('Expected a day of the form YYYY-MM-DD.');
  return value;
}

/** The closing lines of a command's help. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ planproof ${line}`.trimEnd()).join('\n')}\n`;

/** `--json`, wherever a program may read the output. */
export const jsonOption = (): Option => new Option('--json', 'print JSON, for programs');
/** `--today`, wherever the day matters. */
export const todayOption = (): Option =>
  new Option('--today <day>', 'take this for the day it is (YYYY-MM-DD)').argParser(day);
