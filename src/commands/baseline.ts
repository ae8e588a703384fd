import { EXIT, type Io, notifier } from '../io.ts';
import { type BaselineEntry, baselineText, countOf, entriesOf } from '../model/baseline.ts';
import type { Finding } from '../model/finding.ts';
import { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import { type BaselineFile, baselinePath, holdable, ownBaseline } from '../pipeline/baseline.ts';
import type { DocumentSet } from '../pipeline/document-set.ts';
import { judgeAll } from '../pipeline/judge.ts';
import { stillNeeded } from '../pipeline/judge-baseline.ts';
import { judgeOptions } from '../pipeline/judge-options.ts';
import { clean } from '../reporters/clean.ts';
import { created, edited, type FileChange } from '../writing/change.ts';
import { writeChanges } from '../writing/write-changes.ts';
import { changing } from './find.ts';

/** Options of `planproof baseline`. */
export interface BaselineOptions {
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  readonly today?: string;
  readonly json?: boolean;
}

/** What becomes of a baseline, and what to say of it. */
interface Outcome {
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
  /** Findings that go, where it is pruned. */
  readonly removed: number;
  /** Undefined where nothing is written. */
  readonly change: FileChange | undefined;
  readonly message: string;
}

const count = (number: number, word: string, words = `${word}s`): string => `${number} ${number === 1 ? word : words}`;

function held(entries: readonly BaselineEntry[]): string {
  return `${count(countOf(entries), 'finding')} in ${count(entries.length, 'entry', 'entries')}`;
}

/** The first baseline: all findings that there are. */
function adopt(findings: readonly Finding[], path: string): Outcome {
  const entries = entriesOf(holdable(findings).held);
  if (entries.length === 0) {
    return { path, entries, removed: 0, change: undefined, message: 'No findings, so no baseline is needed.' };
  }
  const message = `${path}: ${held(entries)}`;
  return { path, entries, removed: 0, change: created(path, baselineText(entries)), message };
}

/** The baseline without what no longer occurs; line ends and byte order mark stay. */
function prune(findings: readonly Finding[], own: BaselineFile, set: DocumentSet): Outcome {
  const { path } = own;
  const { entries, removed } = stillNeeded(findings, own, set);
  if (removed === 0) {
    const message = `${path}: nothing to take out, ${held(entries)} still occur`;
    return { path, entries, removed, change: undefined, message };
  }
  const source = new SourceText(own.bytes);
  const text = baselineText(entries, own.schema).replaceAll('\n', source.lineEndAt(0));
  const left = entries.length === 0 ? 'nothing is left: it may be deleted' : `${held(entries)} left`;
  const message = `${path}: ${count(removed, 'finding')} taken out, ${left}`;
  return { path, entries, removed, change: edited(path, source, source.editsTo(text)), message };
}

async function outcomeOf(set: DocumentSet, findings: readonly Finding[], isPrune: boolean): Promise<Outcome> {
  const path = baselinePath(set.workspace);
  const own = await ownBaseline(set.workspace);
  if (isPrune && !own) throw new UserError(`There is no ${path}`, 'planproof baseline writes one.');
  if (!isPrune && own)
    throw new UserError(
      `${path} exists already, and a baseline only shrinks`,
      'planproof baseline --prune takes out what no longer occurs.',
    );
  return own ? prune(findings, own, set) : adopt(findings, path);
}

function print({ path, entries, removed, change, message }: Outcome, options: BaselineOptions, io: Io): void {
  const written = change !== undefined && !options.dryRun;
  if (options.json) {
    const report = { file: path, written, entries: entries.length, findings: countOf(entries), removed };
    io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else io.stdout.write(`${clean(message)}${change && options.dryRun ? ' (dry run: nothing written)' : ''}\n`);
}

/** Writes the baseline of a repository, or prunes it. @returns the exit code */
export function baselineCommand(
  options: BaselineOptions,
  io: Io,
  commandError: (command: string) => string | undefined,
): Promise<number> {
  return changing(io, async (set) => {
    const { workspace, index } = set;
    const judgement = judgeOptions(workspace, options.today ?? io.today, commandError);
    const findings = judgeAll({ index, workspace, options: judgement });
    const outcome = await outcomeOf(set, findings, options.prune === true);
    if (outcome.change && !options.dryRun) writeChanges(workspace.top, [outcome.change]);
    print(outcome, options, io);
    const { others } = holdable(findings);
    if (others > 0)
      notifier(io)(`${count(others, 'finding')} cannot be in a baseline: planproof lint shows what was not judged.`);
    return EXIT.clean;
  });
}
