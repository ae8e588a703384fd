import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { Report } from '../reporters/report.ts';
import type { Style } from '../reporters/style.ts';

/** The reporters by name; each is loaded when it is asked for. */
const REPORTERS: Readonly<Record<string, () => Promise<(report: Report, style: Style) => string>>> = {
  text: async () => (await import('../reporters/text.ts')).text,
  json: async () => (await import('../reporters/json.ts')).json,
};

/** Where a report goes: a reporter's name, and a file or, without one, standard output. */
export interface Format {
  readonly name: string;
  readonly file: string | undefined;
}

/**
 * Reads `name` or `name=file`.
 *
 * @throws UserError on an unknown name
 */
export function parseFormat(text: string): Format {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const known = Object.keys(REPORTERS);
  if (!known.includes(name))
    throw new UserError(`Unknown format \`${name}\`${didYouMean(name, known)}`, `The formats are ${oneOf(known)}.`);
  if (file === '')
    throw new UserError(
      `Missing file behind \`${text}\``,
      'Write --format json=report.json, or --format json for standard output.',
    );
  return { name, file };
}

/** Renders a report. */
export async function render(report: Report, { name }: Format, style: Style): Promise<string> {
  const reporter = await (REPORTERS[name] as NonNullable<(typeof REPORTERS)[string]>)();
  return reporter(report, style);
}
