import { EXIT, type Io } from '../io.ts';
import type { Document } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { nextStatuses } from '../model/lifecycle.ts';
import { didYouMean, oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { type GateVerdict, judgeGate } from '../pipeline/gate.ts';
import { judgeOptions } from '../pipeline/judge-options.ts';
import { clean } from '../reporters/clean.ts';
import { type Style, styleFor } from '../reporters/style.ts';
import { findDocument, readSet } from './find.ts';

/** Options of `planproof check`. */
export interface CheckOptions {
  readonly for?: string;
  readonly today?: string;
  readonly json?: boolean;
}

/** The statuses that a document's type knows. */
export function statusesOf({ type }: Document): string[] {
  return (type?.schema.properties?.['status']?.enum ?? []).map(String);
}

/**
 * A status that the document's type knows.
 *
 * @throws UserError on any other
 */
export function knownStatus(status: string, document: Document): string {
  const known = statusesOf(document);
  if (known.includes(status)) return status;
  throw new UserError(
    `Unknown status \`${status}\`${didYouMean(status, known)}`,
    known.length === 0 ? `The type \`${document.type?.name}\` has no status.` : `The statuses are ${oneOf(known)}.`,
  );
}

const placeOf = ({ file, line, column }: Finding): string => `${file}:${line}:${column}`;

/** The verdict for people: a line an obligation, and below it what shows it or what is missing. */
export function printVerdict({ obligations }: GateVerdict, style: Style): string {
  return obligations
    .map(({ obligation, met, evidence, missing }) => {
      const head = `${met ? style.good('met    ') : style.error('missing')}  ${style.strong(obligation)}\n`;
      const lines = met
        ? evidence
        : missing.map((finding) => `${finding.message}  ${placeOf(finding)}  ${finding.rule}`);
      return head + lines.map((line) => `           ${clean(line)}\n`).join('');
    })
    .join('');
}

/** The verdict for programs. */
export function verdictJson(document: Document, { status, holds, obligations }: GateVerdict): Record<string, unknown> {
  return {
    id: document.id?.canonical ?? null,
    path: document.path,
    from: document.status ?? null,
    status: status ?? null,
    holds,
    obligations: obligations.map(({ obligation, met, evidence, missing }) => ({
      obligation,
      met,
      evidence,
      missing: missing.map(({ file, line, column, rule, message, help }) => ({
        file,
        line,
        column,
        rule,
        message,
        help: help ?? null,
      })),
    })),
  };
}

/** Prints every obligation of a gate, met or not. @returns the exit code */
export async function checkCommand(id: string, options: CheckOptions, io: Io): Promise<number> {
  const set = await readSet(io);
  const document = findDocument(id, set, io.cwd);
  const status =
    options.for === undefined
      ? (nextStatuses(document.type?.lifecycle, document.status)[0] ?? document.status)
      : knownStatus(options.for, document);
  const verdict = judgeGate(document, status, set, judgeOptions(set.workspace, options.today ?? io.today));
  if (options.json) io.stdout.write(`${JSON.stringify(verdictJson(document, verdict), null, 2)}\n`);
  else {
    const name = document.id?.canonical ?? document.path;
    const way =
      status === document.status ? `${status ?? 'no status'}` : `${document.status ?? 'no status'} → ${status}`;
    io.stdout.write(`${name}  ${way}\n${printVerdict(verdict, styleFor(io.stdout.isTerminal, io.environment))}`);
  }
  return verdict.holds ? EXIT.clean : EXIT.findings;
}
