import { splitOnce } from '../model/split-once.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { Escaped } from '../reporters/escape.ts';
import type { Report } from '../reporters/report.ts';
import type { Style } from '../reporters/style.ts';

/** The reporters by name; each is loaded when it is asked for. */
const REPORTERS: Readonly<Record<string, () => Promise<(report: Report, style: Style) => Escaped<string>>>> = {
  text: async () => (await import('../reporters/text.ts')).text,
  json: async () => (await import('../reporters/json.ts')).json,
  github: async () => (await import('../reporters/github.ts')).github,
  sarif: async () => (await import('../reporters/sarif.ts')).sarif,
  junit: async () => (await import('../reporters/junit.ts')).junit,
  gitlab: async () => (await import('../reporters/gitlab.ts')).gitlab,
  rdjson: async () => (await import('../reporters/rdjson.ts')).rdjson,
  markdown: async () => {
    const { markdownSummary } = await import('../reporters/markdown.ts');
    return (report) => markdownSummary(report);
  },
};

/** The formats by name. */
const FORMATS: readonly string[] = Object.keys(REPORTERS);

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
  const [name, file] = splitOnce(text, '=');
  if (!FORMATS.includes(name))
    throw new UserError(`Unknown format \`${name}\`${didYouMean(name, FORMATS)}`, `The formats are ${oneOf(FORMATS)}.`);
  if (file === '')
    throw new UserError(
      `Missing file behind \`${text}\``,
      'Write --format json=report.json, or --format json for standard output.',
    );
  return { name, file };
}

/**
 * The formats that a run on a CI service wants when nobody says otherwise: annotations in GitHub Actions, a Code Quality
 * report in GitLab, under the name that its documentation uses; text for everybody else.
 */
export function standardFormats(environment: NodeJS.ProcessEnv): readonly string[] {
  if (environment['GITHUB_ACTIONS'] === 'true') return ['github'];
  if (environment['GITLAB_CI'] === 'true') return ['text', 'gitlab=gl-code-quality-report.json'];
  return ['text'];
}

/** Renders a report. */
export async function render(report: Report, { name }: Format, style: Style): Promise<Escaped<string>> {
  const reporter = await (REPORTERS[name] as NonNullable<(typeof REPORTERS)[string]>)();
  return reporter(report, style);
}
