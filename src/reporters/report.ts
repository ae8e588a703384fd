import type { Finding, Fix } from '../model/finding.ts';

/** Findings that a baseline keeps silent. */
export interface KnownFindings {
  /** The baseline, relative to the top of the repository. */
  readonly file: string;
  readonly findings: number;
}

/** What a run of the linter found, and every reporter is given. */
export interface Report {
  /** Documents judged. */
  readonly documents: number;
  /** Sorted by `compareFindings`. */
  readonly findings: readonly Finding[];
  /** What the baseline keeps silent; undefined where none was applied. */
  readonly known?: KnownFindings | undefined;
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
  /** Findings that the baseline keeps silent: they count nowhere else. */
  readonly known: number;
}

/** Counts the findings of a report. */
export function summarize({ documents, findings, known }: Pick<Report, 'documents' | 'findings' | 'known'>): Summary {
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
    known: known?.findings ?? 0,
  };
}
