import { EXIT, type Io, notifier } from '../io.ts';
import { nextStatuses } from '../model/lifecycle.ts';
import { oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import { type DocumentSet, sourceText } from '../pipeline/document-set.ts';
import { judgeGate } from '../pipeline/gate.ts';
import { judgeOptions } from '../pipeline/judge-options.ts';
import { styleFor } from '../reporters/style.ts';
import { edited } from '../writing/change.ts';
import { writeChanges } from '../writing/write-changes.ts';
import { knownStatus, printVerdict, verdictJson } from './check.ts';
import { changing, findDocument } from './find.ts';

/** Options of `planproof move`. */
export interface MoveOptions {
  readonly today?: string;
  readonly json?: boolean;
}

/** Sets a document's status, if the transition is legal and its gate holds. @returns the exit code */
export function moveCommand(id: string, wanted: string, options: MoveOptions, io: Io): Promise<number> {
  return changing(io, (set) => moveDocument(set, id, wanted, options, io));
}

function moveDocument(set: DocumentSet, id: string, wanted: string, options: MoveOptions, io: Io): number {
  const document = findDocument(id, set, io.cwd);
  if (document.type?.board !== undefined) {
    throw new UserError(
      `The board decides the status of \`${id}\``,
      'Use planproof task claim or planproof task done.',
    );
  }
  const status = knownStatus(wanted, document);
  const name = document.id?.canonical ?? document.path;
  if (status === document.status) throw new UserError(`${name} is ${status} already`);
  const allowed = nextStatuses(document.type?.lifecycle, document.status);
  if (!allowed.includes(status)) {
    const hint = allowed.length === 0 ? 'No status follows it.' : `It can become ${oneOf(allowed, '')}.`;
    notifier(io)(`${name} is ${document.status} and cannot become ${status}. ${hint}`);
    return EXIT.findings;
  }
  const verdict = judgeGate(document, status, set, judgeOptions(set.workspace, options.today ?? io.today));
  if (verdict.holds) writeChanges(set.workspace.top, [edited(document.path, sourceText(document, set), verdict.edits)]);
  if (options.json)
    io.stdout.write(`${JSON.stringify({ ...verdictJson(document, verdict), moved: verdict.holds }, null, 2)}\n`);
  else if (verdict.holds) io.stdout.write(`${name}  ${document.status} → ${status}\n`);
  else {
    const missing = { ...verdict, obligations: verdict.obligations.filter(({ met }) => !met) };
    io.stdout.write(
      `${name} stays ${document.status}: the gate of ${status} does not hold\n${printVerdict(missing, styleFor(io.stdout.isTerminal, io.environment))}`,
    );
  }
  return verdict.holds ? EXIT.clean : EXIT.findings;
}
