import { type Finding, type Fix, fingerprints, type Severity } from '../model/finding.ts';

/** What a reporter tells of a rule. */
export interface RuleSummary {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
}

/** Findings that a baseline keeps silent. */
export interface KnownFindings {
  /** The baseline, relative to the top of the repository. */
  readonly file: string;
  readonly findings: number;
}

/** One of the parts into which a run is divided. */
export interface ShardMark {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** A hash of the version and of the paths that are divided: shards belong together if it is the same. */
  readonly set: string;
}

/** What a run of the linter found, and every reporter is given. */
export interface Report {
  /** Documents judged. */
  readonly documents: number;
  /** Sorted by `compareFindings`. */
  readonly findings: readonly Finding[];
  /** All rules, whether they found something or not. */
  readonly rules: readonly RuleSummary[];
  /** Which part of a run this is; undefined for a whole one. */
  readonly shard?: ShardMark | undefined;
  /** Files that the change under judgement touches; undefined when nobody knows. */
  readonly touched?: ReadonlySet<string> | undefined;
  /** Whether findings are left out that the change under judgement did not cause. */
  readonly isNewOnly?: boolean | undefined;
  /** What the baseline keeps silent; undefined where none was applied. */
  readonly known?: KnownFindings | undefined;
  /** Fingerprints that are known already; made from the findings if absent. */
  readonly prints?: ReadonlyMap<Finding, string> | undefined;
  /** A line, from 1, of a document as it was judged; undefined when it could not be read, or has none. */
  lineOf(path: string, line: number): string | undefined;
  /** What mends a finding, in bytes; null where nothing does. */
  fixOf(finding: Finding): Fix | null;
}

/** The fingerprints of a report's findings. */
export function printsOf({ findings, prints }: Pick<Report, 'findings' | 'prints'>): ReadonlyMap<Finding, string> {
  return prints ?? fingerprints(findings);
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

/** "1 error", "2 errors". */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** "2 errors, 1 warning in 3 documents", or "No findings in 3 documents". */
export function closing(report: Report): string {
  const { errors, warnings, documents } = summarize(report);
  const parts = [errors > 0 ? count(errors, 'error') : [], warnings > 0 ? count(warnings, 'warning') : []].flat();
  const none = report.isNewOnly ? 'No new findings' : 'No findings';
  return `${parts.length === 0 ? none : parts.join(', ')} in ${count(documents, 'document')}`;
}
