import type { Finding } from '../model/finding.ts';
import { rulePage } from '../model/rule-page.ts';
import { type Json, jsonText } from './escape.ts';
import type { Report } from './report.ts';

/** Columns of reviewdog count bytes of UTF-8, from 1. */
function position(
  file: string,
  line: number,
  column: number,
  { lineOf }: Pick<Report, 'lineOf'>,
): { line: number; column: number } {
  const before = lineOf(file, line)?.slice(0, column - 1);
  return { line, column: before === undefined ? column : Buffer.byteLength(before, 'utf8') + 1 };
}

function diagnostic(finding: Finding, report: Report): Record<string, unknown> {
  const { file, line, column, endLine, endColumn, rule, severity, message, help } = finding;
  return {
    message: help === undefined ? message : `${message}\n${help}`,
    location: {
      path: file,
      range: { start: position(file, line, column, report), end: position(file, endLine, endColumn, report) },
    },
    severity: severity === 'error' ? 'ERROR' : 'WARNING',
    code: { value: rule, url: rulePage(rule) },
  };
}

/** The Reviewdog Diagnostic Format, as one JSON value. */
export function rdjson(report: Report): Json {
  return jsonText({
    source: { name: 'planproof', url: 'https://www.npmjs.com/package/planproof' },
    diagnostics: report.findings.map((finding) => diagnostic(finding, report)),
  });
}
