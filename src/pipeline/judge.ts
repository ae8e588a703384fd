import { RULES } from '../../rules/registry.ts';
import type { Board } from '../model/board.ts';
import { silenceOf } from '../model/control.ts';
import { type Document, ownId } from '../model/document.ts';
import { compareFindings, type Finding } from '../model/finding.ts';
import type { FixPlan } from '../model/fix.ts';
import {
  checkBoard,
  concerns,
  gateAsks,
  Hearing,
  type Raised,
  rulesFor,
  setContext,
  severityOf,
  speakersOn,
} from './hearing.ts';
import { applyControls, canSilence, unusedViolation } from './inline-control.ts';
import type { Judgement } from './judgement.ts';
import { tracked } from './progress.ts';
import type { Workspace } from './workspace.ts';

const UNUSED_DIRECTIVE = 'unused-directive';

/** What a rule would improve in a document where nothing is wrong. */
export interface Improvement {
  readonly rule: string;
  readonly plan: FixPlan;
}

/** What the rules would improve in a document; not where inline control keeps them silent. */
export function improvementsOf(document: Document, judgement: Judgement): Improvement[] {
  const context = new Hearing(document, judgement);
  const { spans } = silenceOf(document.facts.controls, canSilence);
  const isSilenced = (rule: string, { steps }: FixPlan): boolean =>
    steps.some((step) => {
      const line = step.kind === 'replace' ? step.place.line : 0;
      return spans.some((span) => span.rule === rule && line >= span.from && line <= span.to);
    });
  const speaking = speakersOn(judgement.workspace.config).filter(
    ({ rule }) => concerns(rule, document) && gateAsks(rule, document),
  );
  return speaking.flatMap(({ rule }) =>
    [...(rule.improve?.(document.facts, context) ?? [])].flatMap((plan) =>
      isSilenced(rule.id, plan) ? [] : [{ rule: rule.id, plan }],
    ),
  );
}

/** Turns violations into findings of a file, at the severity that the config gives their rules. */
export function toFindings(raised: Raised, file: string, id: string | null, workspace: Workspace): Finding[] {
  return raised.flatMap(({ rule, violation }) => {
    const known = RULES.find((one) => one.id === rule);
    const severity = known ? severityOf(known, workspace.config) : 'error';
    if (severity === 'off') return [];
    const { message, place, subject, help, fix: plan } = violation;
    return [{ file, rule, severity, message, help, id, subject, plan, fix: null, cause: null, ...place }];
  });
}

/** Judges one document by all rules: its findings, sorted, after inline control. */
export function judgeDocument(document: Document, judgement: Judgement): Finding[] {
  const { workspace } = judgement;
  const hearing = new Hearing(document, judgement);
  const id = ownId(document)?.canonical ?? null;
  const raised: Raised[number][] = [];
  for (const speaker of rulesFor(document, judgement)) {
    const heard = hearing.hear(speaker);
    // Lists are of many kinds to the engine, most of them empty: not to go through those spares it from optimising for each.
    if (heard.length > 0) raised.push(...heard);
  }
  if (raised.length === 0 && document.facts.controls.length === 0) return [];
  const { kept, unused } = applyControls(toFindings(raised, document.path, id, workspace), document.facts.controls);
  const idle = unused.map(({ control, rules }) => ({
    rule: UNUSED_DIRECTIVE,
    violation: unusedViolation(control, rules),
  }));
  return [...kept, ...toFindings(idle, document.path, id, workspace)].sort(compareFindings);
}

/** Whether the rules of history say anything of a document: if not, it is judged with a history as without. */
export function isHistoryBroken(document: Document, judgement: Judgement): boolean {
  const hearing = new Hearing(document, judgement);
  return rulesFor(document, judgement).some(
    (speaker) => speaker.rule.area === 'history' && hearing.hear(speaker).length > 0,
  );
}

/** Judges one board: its findings, sorted. */
export function judgeBoard(board: Board, judgement: Judgement): Finding[] {
  const { workspace } = judgement;
  const context = setContext(judgement);
  const raised = speakersOn(workspace.config).flatMap(({ rule }) => checkBoard(rule, board, context));
  return toFindings(raised, board.path, null, workspace).sort(compareFindings);
}

/** Judges all documents and boards: their findings, sorted. */
export function judgeAll(judgement: Judgement): Finding[] {
  const { documents, boards } = judgement.index;
  return [
    ...tracked(judgement.workspace, 'judged', documents, (document) => judgeDocument(document, judgement)),
    ...boards.flatMap((board) => judgeBoard(board, judgement)),
  ].sort(compareFindings);
}
