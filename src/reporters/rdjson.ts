import type { Finding } from '../model/finding.ts';
import { rulePage } from '../model/rule-page.ts';
import { type Json, jsonText } from './escape.ts';
import type { Report } from './report.ts';

/** Columns of reviewdog count bytes of UTF-8, from 1. */
function position(
  line: number,
  column: number,
  lines: readonly string[] | undefined,
): { line: number; column: number } {
  const before = lines?.[line - 1]?.slice(0, column - 1);
  return { line, column: before === undefined ? column : Buffer.byteLength(before, 'utf8') + 1 };
}

function diagnostic(finding: Finding, lines: readonly string[] | undefined): Record<string, unknown> {
  const { file, line, column, endLine, endColumn, rule, severity, message, help } = finding;
  return {
    message: help === undefined ? message : `${message}\n${help}`,
    location: {
      path: file,
      range: { start: position(line, column, lines), end: position(endLine, endColumn, lines) },
    },
    severity: severity === 'error' ? 'ERROR' : 'WARNING',
    code: { value: rule, url: rulePage(rule) },
  };
}

/** The Reviewdog Diagnostic Format, as one JSON value. */
export function rdjson({ findings, linesOf }: Report): Json {
  const linesByFile = new Map([...new Set(findings.map(({ file }) => file))].map((file) => [file, linesOf(file)]));
  return jsonText({
    source: { name: 'planproof', url: 'https://www.npmjs.com/package/planproof' },
    diagnostics: findings.map((finding) => diagnostic(finding, linesByFile.get(finding.file))),
  });
}
