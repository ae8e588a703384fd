import { RULES } from '../../rules/registry.ts';
import { BASELINE_FILE } from '../model/baseline.ts';
import { compareFindings, type Finding, type Fix } from '../model/finding.ts';
import { didYouMean } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { Report } from '../reporters/report.ts';
import type { Part } from './read-reports.ts';

/** The JSON report, as far as a merge reads it. */
interface JsonReport {
  readonly summary: {
    readonly documents: number;
    readonly findings: number;
    readonly errors: number;
    readonly warnings: number;
    readonly known?: number;
  };
  readonly findings: readonly (Omit<Finding, 'help' | 'subject' | 'plan'> & {
    readonly help: string | null;
    readonly fingerprint: string;
  })[];
}

const listed = (numbers: readonly number[]): string => numbers.join(', ');

/** Each shard once, and all of one division. */
function checkShards(parts: readonly Part[]): void {
  const [first] = parts as [Part, ...Part[]];
  const seen = new Map<number, string>();
  for (const { name, shard } of parts) {
    if (!shard) {
      throw new UserError(
        `${name}: Unexpected report of a whole run, expected that of a shard`,
        'Only the reports of planproof lint --shard can be merged.',
      );
    }
    const { index, count, set } = shard;
    if (index > count) throw new UserError(`${name}: Unexpected shard ${index}/${count}`);
    if (count !== first.shard?.count || set !== first.shard.set)
      throw new UserError(
        `${name}: Unexpected shard ${index}/${count}: it is of another run than ${first.name}`,
        'Shards belong together if planproof, --shard, paths and documents are the same: check out one commit for all.',
      );
    const other = seen.get(index);
    if (other !== undefined)
      throw new UserError(`${name}: Unexpected second report of shard ${index}: ${other} is one`);
    seen.set(index, name);
  }
  const count = first.shard?.count ?? 0;
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !seen.has(index));
  if (missing.length > 0)
    throw new UserError(
      `Missing ${missing.length === 1 ? 'shard' : 'shards'} ${listed(missing)} of ${count}`,
      'Its job has failed, or its report was not handed over: what it judges is not known.',
    );
}

/**
 * Whether reports belong together: one of a whole run, or all shards of one.
 *
 * @throws UserError when they do not
 */
export function checkParts(parts: readonly Part[]): void {
  const [first] = parts as [Part, ...Part[]];
  const other = parts.find(({ kind }) => kind !== first.kind);
  if (other)
    throw new UserError(
      `Both JSON reports and SARIF logs: ${first.name} and ${other.name}`,
      'Merge those of one kind at a time.',
    );
  if (parts.length > 1 || first.shard) checkShards(parts);
}

/** A report whose summary does not fit its findings was changed since. */
function checkSums({ summary, findings }: JsonReport, name: string): void {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const sums: [string, number, number][] = [
    ['findings', summary.findings, findings.length],
    ['errors', summary.errors, errors],
    ['warnings', summary.warnings, findings.length - errors],
  ];
  const wrong = sums.find(([, told, counted]) => told !== counted);
  if (wrong)
    throw new UserError(
      `${name}: Unexpected summary: it tells of ${wrong[1]} ${wrong[0]}, and the report has ${wrong[2]}`,
      'Somebody changed the report.',
    );
  const unknown = findings.find(({ rule }) => !RULES.some(({ id }) => id === rule));
  if (unknown) {
    const ids = RULES.map(({ id }) => id);
    throw new UserError(`${name}: Unknown rule \`${unknown.rule}\`${didYouMean(unknown.rule, ids)}`);
  }
}

const planOf = (fix: Fix | null): Finding['plan'] => (fix ? { safe: fix.safe, steps: [] } : undefined);

/**
 * Joins JSON reports into one, as a run without shards gives it but for the lines of the documents.
 *
 * @param parts JSON reports that belong together
 * @throws UserError when one of them was changed
 */
export function mergeReports(parts: readonly Part[]): Report {
  const reports = parts.map(({ name, data }) => {
    checkSums(data as JsonReport, name);
    return data as JsonReport;
  });
  const read = reports
    .flatMap(({ findings }) => findings)
    .map(({ fingerprint, help, ...finding }) => ({
      fingerprint,
      finding: { ...finding, help: help ?? undefined, subject: '', plan: planOf(finding.fix) },
    }))
    .sort((a, b) => compareFindings(a.finding, b.finding));
  const sum = (key: 'documents' | 'known'): number =>
    reports.reduce((total, { summary }) => total + (summary[key] ?? 0), 0);
  return {
    documents: sum('documents'),
    findings: read.map(({ finding }) => finding),
    rules: RULES,
    known: { file: BASELINE_FILE, findings: sum('known') },
    prints: new Map(read.map(({ finding, fingerprint }) => [finding, fingerprint])),
    lineOf: () => undefined,
    fixOf: ({ fix }) => fix,
  };
}
