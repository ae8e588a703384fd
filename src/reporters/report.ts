import type { Finding, Fix } from '../model/finding.ts';

/** What a run of the linter found, and every reporter is given. */
export interface Report {
  /** Documents judged. */
  readonly documents: number;
  /** Sorted by `compareFindings`. */
  readonly findings: readonly Finding[];
  /** The lines of a document as it was judged; undefined when it could not be read. */
  linesOf(path: string): readonly string[] | undefined;
  /** What mends a finding, in bytes; null where nothing does. */
  fixOf(finding: Finding): Fix | null;
}

/** How many findings of which severity. */
export interface Summary {
  readonly documents: number;
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  /** How many `--fix` and `--fix-unsafe` mend together. */
  readonly fixable: number;
  /** How many of them `--fix` mends. */
  readonly safe: number;
}

/** Counts the findings of a report. */
export function summarize({ documents, findings }: Pick<Report, 'documents' | 'findings'>): Summary {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const plans = findings.flatMap((finding) => finding.plan ?? []);
  const safe = plans.filter((plan) => plan.safe).length;
  return {
    documents,
    findings: findings.length,
    errors,
    warnings: findings.length - errors,
    fixable: plans.length,
    safe,
  };
}
