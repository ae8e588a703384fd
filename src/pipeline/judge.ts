import { RULE_IDS, RULES } from '../../rules/registry.ts';
import { type Control, silentSpans } from '../model/control.ts';
import type { Document, DocumentIndex } from '../model/document.ts';
import { compareFindings, type Finding, type Severity, type Violation } from '../model/finding.ts';
import { asksFor } from '../model/lifecycle.ts';
import { FILE_START } from '../model/place.ts';
import type { Rule, RuleContext } from '../model/rule.ts';
import type { Workspace } from './workspace.ts';

const INTERNAL_ERROR = 'internal-error';
const UNUSED_DIRECTIVE = 'unused-directive';

/** What judging needs besides the documents. */
export interface JudgeOptions {
  readonly today: string;
  exists(path: string): boolean;
}

function severityOf(rule: Rule, workspace: Workspace): Severity | 'off' {
  return workspace.config.rules[rule.id] ?? rule.severity;
}

/** Whether a rule has anything to say of a document: its type may be exempt, its status may ask for less. */
function applies(rule: Rule, document: Document): boolean {
  const { type, status, facts } = document;
  if (facts.problem) return rule.area === 'engine';
  if (!type) return rule.area === 'engine' || rule.id === 'frontmatter-syntax';
  if (type.exempt.has(rule.id)) return false;
  return rule.gate === undefined || asksFor(type.lifecycle, status, rule.gate);
}

/** One rule on one document. A rule that throws is a finding of its own. */
function run(rule: Rule, context: RuleContext): { readonly rule: string; readonly violation: Violation }[] {
  try {
    return Array.from(rule.check?.(context.document.facts, context) ?? [], (violation) => ({
      rule: rule.id,
      violation,
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const violation = {
      message: `The rule \`${rule.id}\` failed on this document: ${reason}`,
      place: FILE_START,
      subject: rule.id,
      help: 'This is a defect of planproof, not of the document. Run it with --debug and report what it prints.',
    };
    return [{ rule: INTERNAL_ERROR, violation }];
  }
}

interface Applied {
  readonly kept: Finding[];
  /** Controls, with the rules in them that kept nothing silent. */
  readonly unused: { readonly control: Control; readonly rules: string[] }[];
}

/** Takes out the findings that inline control silences. */
function applyControls(findings: readonly Finding[], controls: readonly Control[]): Applied {
  const spans = silentSpans(controls);
  const used = new Set<(typeof spans)[number]>();
  const kept = findings.filter((finding) => {
    const silencing = spans.find(
      (span) => span.rule === finding.rule && finding.line >= span.from && finding.line <= span.to,
    );
    if (silencing) used.add(silencing);
    return !silencing;
  });
  const idle = spans.filter((span) => !used.has(span) && RULE_IDS.includes(span.rule));
  const unused = [...new Set(idle.map((span) => span.control))].map((control) => ({
    control,
    rules: idle.filter((span) => span.control === control).map((span) => span.rule),
  }));
  return { kept, unused };
}

function unusedFinding(control: Control, rules: readonly string[]): Violation {
  const names = rules.map((rule) => `\`${rule}\``).join(', ');
  return {
    message: `Unused \`planproof-${control.kind}\`: no finding of ${names} to keep silent here`,
    place: control.place,
    subject: rules.join(', '),
  };
}

/** Judges one document by all rules: its findings, sorted, after inline control. */
export function judgeDocument(
  document: Document,
  index: DocumentIndex,
  workspace: Workspace,
  options: JudgeOptions,
): Finding[] {
  const { config, types } = workspace;
  const context: RuleContext = {
    document,
    index,
    types,
    config,
    ruleIds: RULE_IDS,
    today: options.today,
    exists: options.exists,
  };
  const severities = new Map(RULES.map((rule) => [rule.id, severityOf(rule, workspace)]));
  const id = (document.id ?? document.fileId)?.canonical ?? null;
  const finding = (rule: string, violation: Violation): Finding[] => {
    const severity = severities.get(rule) ?? 'error';
    if (severity === 'off') return [];
    const { message, place, subject, help } = violation;
    return [{ ...place, file: document.path, rule, severity, message, help, id, subject, fix: null, cause: null }];
  };
  const found = RULES.filter((rule) => severities.get(rule.id) !== 'off' && applies(rule, document))
    .flatMap((rule) => run(rule, context))
    .flatMap(({ rule, violation }) => finding(rule, violation));
  const { kept, unused } = applyControls(found, document.facts.controls);
  const idle = unused.flatMap(({ control, rules }) => finding(UNUSED_DIRECTIVE, unusedFinding(control, rules)));
  return [...kept, ...idle].sort(compareFindings);
}
