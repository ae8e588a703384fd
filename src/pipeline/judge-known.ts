import { Inquiry } from '../cache/inquiry.ts';
import type { Ledger } from '../cache/ledger.ts';
import type { Unit, UnitRecord, Verdict } from '../cache/unit.ts';
import type { Document, DocumentIndex } from '../model/document.ts';
import { compareFindings, type Finding } from '../model/finding.ts';
import { frozenBy, keepsSomething } from '../model/frozen.ts';
import { readLink } from '../model/link.ts';
import { judgeBoard, judgeDocument } from './judge.ts';
import type { JudgeOptions } from './judge-options.ts';
import type { Judgement } from './judgement.ts';
import { trackedInTurns } from './progress.ts';
import { rejudged } from './remembered.ts';
import { linesToRemember } from './source-lines.ts';
import { anchorList, type Stock } from './take-stock.ts';
import type { Workspace } from './workspace.ts';

/** Options whose answers are listened to. */
function listening(options: JudgeOptions, inquiry: Inquiry): JudgeOptions {
  return {
    history: options.history,
    exists: inquiry.exists(options.exists),
    hasCommit: (hash) => {
      inquiry.ask('commit');
      return options.hasCommit(hash);
    },
    commandError: options.commandError,
    get today() {
      inquiry.ask('today');
      return options.today;
    },
  };
}

/** What judging has shown, to be remembered. */
export interface Judged {
  readonly units: readonly Unit[];
  /** Paths that verdicts rest on and of which only the disk tells whether they exist, and whether they do. */
  readonly paths: ReadonlyMap<string, boolean>;
  /** The anchors that verdicts rest on. */
  readonly anchors: ReadonlyMap<string, readonly string[] | null>;
}

/** A document or board that is to be judged. */
export interface Subject {
  readonly path: string;
  readonly hash: string;
  /** What is remembered of it, but for the verdict. */
  readonly record: UnitRecord;
}

/** A text that must stay as it is means what its links lead to, which the rules of history ask for, later. */
function askForFrozenLinks(document: Document, inquiry: Inquiry): void {
  if (!keepsSomething(document)) return;
  for (const { url } of document.facts.links) {
    const target = readLink(url, document.path);
    if (target.kind === 'path') inquiry.ask('document', target.path);
  }
}

function judgeOne(path: string, judgement: Judgement, index: DocumentIndex, inquiry: Inquiry): Finding[] {
  const document = index.at(path);
  if (document) askForFrozenLinks(document, inquiry);
  if (document) return judgeDocument(document, judgement);
  const board = index.boards.find((one) => one.path === path);
  return board ? judgeBoard(board, judgement) : [];
}

/** Findings without the fixes that a status rules out, which is asked once, as long as the facts are at hand. */
function settled(findings: readonly Finding[], index: DocumentIndex): Finding[] {
  return findings.map((one) =>
    one.plan && frozenBy(one.plan, one.file, index) !== undefined ? { ...one, plan: undefined } : one,
  );
}

/**
 * Judges documents and boards, and notes what each verdict rests on.
 *
 * @param isDisksAlone whether the disk alone tells if a path exists
 */
export async function judgeListening(
  subjects: readonly Subject[],
  index: DocumentIndex,
  workspace: Workspace,
  options: JudgeOptions,
  isDisksAlone: (path: string) => boolean,
): Promise<Judged> {
  const inquiry = new Inquiry(isDisksAlone);
  const judgement = { workspace, index: inquiry.index(index), options: listening(options, inquiry) };
  const units = await trackedInTurns(workspace, 'judged', subjects, ({ path, hash, record }): Unit[] => {
    const { value, asked } = inquiry.during(() => settled(judgeOne(path, judgement, index, inquiry), judgement.index));
    const verdict = { findings: value, lines: linesToRemember(path, value, workspace) };
    return [{ path, hash, record: rejudged(record, verdict), asked }];
  });
  const anchors = [...inquiry.anchors].map((path) => [path, anchorList(index.anchorsOf(path))] as const);
  return { units, paths: inquiry.paths, anchors: new Map(anchors) };
}

/** Judges some of the documents and boards of a stock. */
export function judgeAmong(
  paths: ReadonlySet<string>,
  { records, index, workspace }: Stock,
  ledger: Ledger,
  hashOf: (path: string) => string,
  options: JudgeOptions,
  isDisksAlone: (path: string) => boolean,
): Promise<Judged> {
  const subjects = [...paths].sort().flatMap((path): Subject[] => {
    const record = records.has(path) ? records.get(path) : ledger.record(path);
    return record ? [{ path, hash: hashOf(path), record }] : [];
  });
  return judgeListening(subjects, index, workspace, options, isDisksAlone);
}

/** How many documents of a state are not judged yet. */
export function countOpen(ledger: Ledger, { records }: Pick<Stock, 'records'>, { units }: Judged): number {
  const settled = new Set([...records.keys(), ...units.map(({ path }) => path)]);
  return ledger.openCount - [...settled].filter((path) => ledger.record(path)?.open).length;
}

/** Whether a document or board of a state has findings, without a look at them. */
export function hasFindings(
  ledger: Ledger,
  { records }: Pick<Stock, 'records'>,
  { units }: Judged,
): (path: string) => boolean {
  const anew = new Map(units.map(({ path, record }) => [path, record]));
  return (path) => {
    const record = anew.get(path) ?? (records.has(path) ? undefined : ledger.record(path));
    return (record?.found ?? 0) > 0;
  };
}

/** The verdicts with findings on a state, by path: on what was judged anew, and all others as the ledger has them. */
export function verdictsAfter(
  ledger: Ledger,
  { records }: Pick<Stock, 'records'>,
  { units }: Judged,
): Map<string, Verdict> {
  const judged = new Set(units.map(({ path }) => path));
  const old = ledger.verdicts().filter(([path]) => !judged.has(path) && !records.has(path));
  const fresh = units.flatMap(({ path, record: { verdict } }): [string, Verdict][] =>
    verdict ? [[path, verdict]] : [],
  );
  return new Map([...old, ...fresh]);
}

/** The findings of verdicts, sorted. */
export function findingsIn(verdicts: ReadonlyMap<string, Verdict>): Finding[] {
  return [...verdicts.values()].flatMap(({ findings }) => findings).sort(compareFindings);
}
