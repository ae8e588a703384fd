import { type Json, jsonText } from './escape.ts';
import { printsOf, type Report } from './report.ts';

/** A Code Quality report of GitLab. Fingerprints hold no line numbers, so that a moved finding is not a new one. */
export function gitlab(report: Report): Json {
  const prints = printsOf(report);
  return jsonText(
    report.findings.map((finding) => ({
      description: finding.message,
      check_name: finding.rule,
      fingerprint: prints.get(finding),
      severity: finding.severity === 'error' ? 'major' : 'minor',
      location: { path: finding.file, lines: { begin: finding.line, end: finding.endLine } },
    })),
  );
}
