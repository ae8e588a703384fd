import { rulePage } from '../model/rule-page.ts';
import { type Json, jsonText } from './escape.ts';
import { printsOf, type Report, summarize } from './report.ts';

/** Version of the report's form: fields may be added to it, none removed. */
const VERSION = 1;

/** The stable JSON report, see schemas/report.schema.json. */
export function json(report: Report): Json {
  const prints = printsOf(report);
  const fixes = new Map(report.findings.map((finding) => [finding, report.fixOf(finding)]));
  const { safe: _safe, ...summary } = summarize(report);
  const fixable = [...fixes.values()].filter((fix) => fix !== null).length;
  const findings = report.findings.map((finding) => ({
    file: finding.file,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    help: finding.help ?? null,
    id: finding.id,
    fingerprint: prints.get(finding),
    url: rulePage(finding.rule),
    fix: fixes.get(finding),
    cause: finding.cause,
  }));
  return jsonText({
    version: VERSION,
    ...(report.shard ? { shard: report.shard } : {}),
    summary: { ...summary, fixable },
    findings,
  });
}
