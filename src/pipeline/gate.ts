import { RULES } from '../../rules/registry.ts';
import type { BoardItem } from '../model/board.ts';
import { type Document, describe, readAs } from '../model/document.ts';
import { applyEdits, type Edit } from '../model/edit.ts';
import type { Finding } from '../model/finding.ts';
import { setValue } from '../model/frontmatter-edit.ts';
import { type Obligation, obligationsOf } from '../model/lifecycle.ts';
import { referencesOf, taskReferences } from '../model/reference.ts';
import type { Area } from '../model/rule.ts';
import { criteria, matchedSections } from '../model/sections.ts';
import { SourceText } from '../model/source-text.ts';
import { UserError } from '../model/user-error.ts';
import { type DocumentSet, sourceText } from './document-set.ts';
import { judgeDocument } from './judge.ts';
import type { JudgeOptions } from './judge-options.ts';
import { locate } from './locate.ts';
import { parse } from './parse.ts';

/** What one obligation of a gate comes to. */
export interface ObligationVerdict {
  /** `document` stands for all that holds in every status. */
  readonly obligation: Obligation | 'document';
  readonly met: boolean;
  /** What shows that it is met. */
  readonly evidence: readonly string[];
  /** What is missing, with its place. */
  readonly missing: readonly Finding[];
}

/** The gate of a status, judged for one document. */
export interface GateVerdict {
  readonly status: string | undefined;
  readonly holds: boolean;
  readonly obligations: readonly ObligationVerdict[];
  /** What puts the document into that status. */
  readonly edits: readonly Edit[];
}

/** Areas whose rules all belong to one obligation, whether a gate opens them or not. */
const AREAS: Partial<Record<Area, Obligation>> = { relations: 'relations', 'exit criteria': 'checklists-ticked' };
const BOARD: readonly Obligation[] = ['task-linked', 'task-claimed'];

/** The obligation that a rule's findings speak of, among those asked for. */
function obligationOf(ruleId: string, asked: readonly Obligation[]): Obligation | 'document' {
  const rule = RULES.find(({ id }) => id === ruleId);
  const own = rule?.gate ?? (rule && AREAS[rule.area]);
  const board = rule?.area === 'board' ? BOARD.find((obligation) => asked.includes(obligation)) : undefined;
  const found = own ?? board;
  return found && asked.includes(found) ? found : 'document';
}

/** The set with a document in another status, all else as it is. */
function inStatus(
  document: Document,
  status: string | undefined,
  set: DocumentSet,
): { set: DocumentSet; document: Document; edits: readonly Edit[] } {
  const before = sourceText(document, set);
  const edits = status === undefined ? [] : setValue(before, 'status', status);
  if (edits === undefined)
    throw new UserError(`The frontmatter of ${document.path} cannot be read`, 'planproof lint says where.');
  const { workspace, index } = set;
  const facts = parse(new SourceText(applyEdits(before.bytes, edits)).text, workspace.parser);
  const changed = describe(
    document.path,
    locate(document.path, workspace),
    readAs(facts),
    workspace.types,
    document.type,
  );
  return {
    set: { workspace, index: index.replaced(document.path, changed, index.boards) },
    document: changed,
    edits,
  };
}

const itemWords = (item: BoardItem): string =>
  `${item.id.text} is ${item.status.text}${item.owner ? `, owner ${item.owner}` : ''}`;

function sectionEvidence({ type, facts }: Document): string[] {
  return (type ? matchedSections(facts, type) : []).flatMap(({ section }) =>
    section.filled ? [`${section.heading.text} is filled (line ${section.heading.place.line})`] : [],
  );
}

function relationEvidence(document: Document, { workspace, index }: DocumentSet): string[] {
  return referencesOf(document, workspace.types, workspace.config).map(({ field, text, place, id }) => {
    const status = id && (index.find(id.key)?.status ?? index.findItem(id.key)?.status.text);
    return `${field}: ${id?.canonical ?? text}${status ? ` is ${status}` : ''} (line ${place.line})`;
  });
}

function checklistEvidence({ type, facts }: Document): string[] {
  return (type ? criteria(facts, type) : []).map(({ label, ticked, directives, mark }) => {
    const waiver = directives.find((directive) => directive.kind === 'waived');
    const state = ticked ? 'ticked' : waiver?.kind === 'waived' ? `waived until ${waiver.until}` : 'does not apply';
    return `${label}: ${state} (line ${mark.line})`;
  });
}

function taskEvidence(document: Document, { workspace, index }: DocumentSet): string[] {
  const tasks = taskReferences(document, workspace.types, workspace.config);
  if (tasks.length === 0) return ['no task: nothing to ask for'];
  return tasks.flatMap(({ id }) => {
    const item = id && index.findItem(id.key);
    return item ? [`${itemWords(item)} (${item.board.path}:${item.status.place.line})`] : [];
  });
}

function evidenceOf(obligation: Obligation | 'document', document: Document, set: DocumentSet): string[] {
  switch (obligation) {
    case 'sections-filled':
      return sectionEvidence(document);
    case 'relations':
      return relationEvidence(document, set);
    case 'checklists-ticked':
      return checklistEvidence(document);
    case 'document':
      return ['no other finding'];
    default:
      return taskEvidence(document, set);
  }
}

/**
 * Judges the gate of a status for a document, as if it were in that status.
 *
 * @throws UserError when its frontmatter cannot be read
 */
export function judgeGate(
  original: Document,
  status: string | undefined,
  before: DocumentSet,
  options: JudgeOptions,
): GateVerdict {
  const { set, document, edits } = inStatus(original, status, before);
  const asked = obligationsOf(document.type?.lifecycle, status);
  const findings = judgeDocument(document, { ...set, options }).filter(({ severity }) => severity === 'error');
  const obligations = (['document', ...asked] as const).map((obligation): ObligationVerdict => {
    const missing = findings.filter(({ rule }) => obligationOf(rule, asked) === obligation);
    const evidence = missing.length === 0 ? evidenceOf(obligation, document, set) : [];
    return { obligation, met: missing.length === 0, evidence, missing };
  });
  return { status, holds: obligations.every(({ met }) => met), obligations, edits };
}
