import type { Finding, Severity } from '../model/finding.ts';
import { commandMessage, commandProperty, join, type WorkflowCommand, workflowCommand } from './escape.ts';
import { closing, count, type Report } from './report.ts';

/** GitHub shows so many annotations of a level and step, and drops the others without a word. */
const SHOWN = 10;

function annotation(level: WorkflowCommand, finding: Finding): WorkflowCommand {
  const { file, line, column, endLine, endColumn, rule, message, help, cause } = finding;
  // Columns over several lines are refused.
  const columns =
    line === endLine ? workflowCommand`,col=${column},endColumn=${Math.max(column, endColumn - 1)}` : workflowCommand``;
  const because = cause ? `Caused by ${cause.file}: ${cause.change}` : '';
  const text = [message, help ?? '', because].filter((part) => part !== '').join('\n');
  return workflowCommand`::${level} file=${commandProperty(file)},line=${line},endLine=${endLine}${columns},title=${commandProperty(`planproof: ${rule}`)}::${commandMessage(text)}`;
}

/** Those in files that the change touches come first: GitHub shows them beside the lines. */
function shownFirst(findings: readonly Finding[], touched: ReadonlySet<string> | undefined): readonly Finding[] {
  if (!touched) return findings;
  return [...findings].sort((a, b) => Number(touched.has(b.file)) - Number(touched.has(a.file)));
}

function ofLevel(severity: Severity, { findings, touched }: Report): WorkflowCommand[] {
  const level = severity === 'error' ? workflowCommand`error` : workflowCommand`warning`;
  const all = shownFirst(
    findings.filter((finding) => finding.severity === severity),
    touched,
  );
  if (all.length <= SHOWN) return all.map((finding) => annotation(level, finding));
  const shown = all.slice(0, SHOWN - 1).map((finding) => annotation(level, finding));
  const rest = `${count(all.length - shown.length, `more ${severity}`)}: the job summary lists all.`;
  return [...shown, workflowCommand`::${level} title=planproof::${commandMessage(rest)}`];
}

/** Annotations for GitHub Actions: workflow commands, errors first, and a closing line for the log. */
export function github(report: Report): WorkflowCommand {
  const last = workflowCommand`${commandMessage(closing(report))}.\n`;
  return join([...ofLevel('error', report), ...ofLevel('warning', report), last]);
}
