import { type Resting, restingOn } from '../generator/rests-on.ts';
import { editedDocument, rewrite, sourcesOf } from '../generator/rewrite.ts';
import { referencesInField, type Succession, successionOf, supersedeEdits } from '../generator/supersede.ts';
import { EXIT, type Io, notifier } from '../io.ts';
import { type Document, ownId, SUCCESSOR } from '../model/document.ts';
import type { Edit } from '../model/edit.ts';
import type { Finding } from '../model/finding.ts';
import { isGivenUp, isInitial, nextStatuses } from '../model/lifecycle.ts';
import { currentKey } from '../model/reference.ts';
import type { SourceText } from '../model/source-text.ts';
import { oneOf } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { indexDocuments } from '../pipeline/index-documents.ts';
import { judgeDocument } from '../pipeline/judge.ts';
import { type JudgeOptions, judgeOptions } from '../pipeline/judge-options.ts';
import { clean } from '../reporters/clean.ts';
import { type ChangeOptions, carryOut, notifyLeft, working } from './carry-out.ts';
import { knownDocument } from './renumber-target.ts';

/** Options of `planproof supersede`. */
export interface SupersedeOptions extends ChangeOptions {
  readonly today?: string;
}

/** The document that is replaced and the one that takes its place. */
interface Pair {
  readonly old: Document;
  readonly successor: Document;
}

const nameOf = (document: Document): string => ownId(document)?.canonical ?? document.path;

function checkPair({ old, successor }: Pair): void {
  if (old === successor) throw new UserError(`${nameOf(old)} cannot supersede itself`);
  for (const { path, id } of [old, successor])
    if (!id) throw new UserError(`${path} has no id of its type`, 'planproof lint says what is wrong with it.');
  if (old.type !== successor.type)
    throw new UserError(
      `${nameOf(successor)} (${successor.type?.name}) cannot supersede ${nameOf(old)} (${old.type?.name}): expected two documents of one type`,
    );
}

/** Why the statuses do not allow it; undefined when they do. */
function refusal({ old, successor }: Pair, { status }: Succession, set: DocumentSet): string | undefined {
  const other = referencesInField(old, SUCCESSOR, set).find(
    ({ id }) => id && currentKey(id, set.index) !== ownId(successor)?.key,
  );
  if (other) return `${nameOf(old)} is superseded by ${other.id?.canonical ?? other.text} already.`;
  const lifecycle = old.type?.lifecycle;
  const allowed = nextStatuses(lifecycle, old.status);
  if (old.status !== status && !allowed.includes(status)) {
    const hint = allowed.length === 0 ? 'No status follows it.' : `It can become ${oneOf(allowed, '')}.`;
    return `${nameOf(old)} is ${old.status} and cannot become ${status}. ${hint}`;
  }
  if (isInitial(lifecycle, successor.status)) {
    const [next] = nextStatuses(lifecycle, successor.status);
    return `${nameOf(successor)} is ${successor.status} and has not taken the place of anything yet: planproof move ${nameOf(successor)} ${next} comes first.`;
  }
  if (isGivenUp(lifecycle, successor.status))
    return `${nameOf(successor)} is ${successor.status} and cannot take the place of another.`;
  return undefined;
}

function errorsOf(document: Document, set: DocumentSet, options: JudgeOptions): Finding[] {
  return judgeDocument(document, { ...set, options }).filter(({ severity }) => severity === 'error');
}

/** What would be wrong afterwards: anything about the old document, and what is new about the other one. */
function missing(
  { old, successor }: Pair,
  edits: ReadonlyMap<string, readonly Edit[]>,
  set: DocumentSet,
  options: JudgeOptions,
): Finding[] {
  const sourceOf = sourcesOf(set);
  const after = new Map(
    [old, successor].map((document) => [
      document,
      editedDocument(document, edits.get(document.path) ?? [], set, sourceOf(document)),
    ]),
  );
  const documents = set.index.documents.map((document) => after.get(document) ?? document);
  const afterwards = { workspace: set.workspace, index: indexDocuments(documents, set.index.boards) };
  const known = new Set(errorsOf(successor, set, options).map(({ rule, subject }) => `${rule} ${subject}`));
  const found = [
    ...errorsOf(after.get(old) as Document, afterwards, options),
    ...errorsOf(after.get(successor) as Document, afterwards, options).filter(
      ({ rule, subject }) => !known.has(`${rule} ${subject}`),
    ),
  ];
  return found.map((finding) => {
    const { file: path } = finding;
    return { ...finding, line: lineBefore(finding.line, edits.get(path) ?? [], sourceOf({ path })) };
  });
}

const lineEnds = (bytes: Uint8Array): number => Buffer.from(bytes).toString('latin1').split('\n').length - 1;

/** The line where something stands now that stands on a line of the text with the edits made. */
function lineBefore(line: number, edits: readonly Edit[], { bytes }: SourceText): number {
  return [...edits]
    .sort((a, b) => a.start - b.start)
    .reduce((now, { start, end, text }) => {
      const more = lineEnds(Buffer.from(text)) - lineEnds(bytes.subarray(start, end));
      return now > lineEnds(bytes.subarray(0, start)) + 1 ? now - more : now;
    }, line);
}

const restingLine = ({ id, status }: Resting): string => `rests on it: ${id} ${status}`;

function supersede(set: DocumentSet, pair: Pair, options: SupersedeOptions, io: Io): number {
  checkPair(pair);
  const { old, successor } = pair;
  const succession = successionOf(old);
  const refused = refusal(pair, succession, set);
  if (refused !== undefined) {
    notifier(io)(clean(refused));
    return EXIT.findings;
  }
  const edits = supersedeEdits(old, successor, succession, set, sourcesOf(set));
  const wrong = missing(pair, edits, set, judgeOptions(set.workspace, options.today ?? io.today));
  if (wrong.length > 0) {
    const lines = wrong.map(
      ({ message, file, line, column, rule }) => `  ${message}  ${file}:${line}:${column}  ${rule}`,
    );
    io.stdout.write(`${nameOf(old)} stays ${old.status}\n${lines.map((line) => `${clean(line)}\n`).join('')}`);
    return EXIT.findings;
  }
  const { changes, left } = rewrite({ edits, moves: new Map() }, set);
  const resting = restingOn(old, [successor], set);
  const [from, by] = [nameOf(old), nameOf(successor)];
  if (changes.length === 0) notifier(io)(`${from} is superseded by ${by} already.`);
  notifyLeft(left, [], io);
  const lines = changes.length === 0 ? [] : [`${from}  ${old.status} → ${succession.status} by ${by}`];
  const data = { old: from, new: by, from: old.status ?? null, status: succession.status, restingOnIt: resting };
  carryOut({ changes, lines, notes: resting.map(restingLine), data }, options, set, io);
  return EXIT.clean;
}

/** Lets one document take the place of another, on both sides. @returns the exit code */
export function supersedeCommand(old: string, successor: string, options: SupersedeOptions, io: Io): Promise<number> {
  return working(options, io, (set) => {
    const pair = { old: knownDocument(old, set, io.cwd), successor: knownDocument(successor, set, io.cwd) };
    return supersede(set, pair, options, io);
  });
}
