import type { Finding } from '../model/finding.ts';
import { rulePage } from '../model/rule-page.ts';
import { join, type Markdown, markdown, markdownCode, markdownLink, markdownText } from './escape.ts';
import { closing, count, type Report } from './report.ts';

/** A comment on GitHub takes 65,536 characters; more would be refused as a whole. */
const COMMENT = 60_000;

function row(finding: Finding): Markdown {
  const { file, line, rule, severity, message, help, cause } = finding;
  const mark = severity === 'error' ? markdown`❌` : markdown`⚠️`;
  const more = help === undefined ? markdown`` : markdown`<br>${markdownText(help)}`;
  const because = cause
    ? markdown`<br>caused by ${markdownCode(cause.file)}: ${markdownText(cause.change)}`
    : markdown``;
  return markdown`| ${mark} | ${markdownCode(`${file}:${line}`)} | ${markdownText(message)}${more}${because} | ${markdownLink(markdownCode(rule), rulePage(rule))} |`;
}

/** As many rows as the limit has room for, in their order. */
function fitting(rows: readonly Markdown[], limit: number): Markdown[] {
  let room = limit;
  const fit: Markdown[] = [];
  for (const one of rows) {
    room -= Buffer.byteLength(one) + 1;
    if (room < 0) break;
    fit.push(one);
  }
  return fit;
}

/**
 * A summary in GitHub's Markdown, for a comment or a job summary: errors first.
 *
 * @param limit greatest length in bytes; what does not fit is counted
 */
export function markdownSummary(report: Report, limit: number = COMMENT): Markdown {
  const { findings } = report;
  const title = markdown`**planproof**: ${markdownText(closing(report))}`;
  if (findings.length === 0) return markdown`${title}\n`;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity !== 'error');
  const rows = [...errors, ...warnings].map(row);
  const fit = fitting(rows, limit - Buffer.byteLength(title) - 300);
  const rest = rows.length - fit.length;
  const more = rest === 0 ? [] : [markdown``, markdown`${markdownText(`and ${count(rest, 'more finding')}.`)}`];
  return markdown`${join([title, markdown``, markdown`| | Place | Finding | Rule |`, markdown`| --- | --- | --- | --- |`, ...fit, ...more])}\n`;
}
