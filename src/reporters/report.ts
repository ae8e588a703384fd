import type { Finding } from '../model/finding.ts';

/** What a run of the linter found, and every reporter is given. */
export interface Report {
  /** Documents judged. */
  readonly documents: number;
  /** Sorted by `compareFindings`. */
  readonly findings: readonly Finding[];
  /** The lines of a document as it was judged; undefined when it could not be read. */
  linesOf(path: string): readonly string[] | undefined;
}

/** How many findings of which severity. */
export interface Summary {
  readonly documents: number;
  readonly findings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly fixable: number;
}

/** Counts the findings of a report. */
export function summarize({ documents, findings }: Pick<Report, 'documents' | 'findings'>): Summary {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const fixable = findings.filter((finding) => finding.fix !== null).length;
  return { documents, findings: findings.length, errors, warnings: findings.length - errors, fixable };
}
