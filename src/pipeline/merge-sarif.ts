import { UserError } from '../model/user-error.ts';
import { type Json, jsonText } from '../reporters/escape.ts';
import type { Part } from './read-reports.ts';

/** A result of a log, as far as a merge reads it. */
interface Result {
  readonly ruleId: string;
  readonly level: 'error' | 'warning';
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number; readonly startColumn: number };
      };
    },
  ];
}

interface Run {
  readonly tool: { readonly driver: { readonly semanticVersion: string } };
  readonly properties?: { readonly shard?: unknown };
  readonly results: readonly Result[];
}

interface Log {
  readonly runs: readonly [Run];
}

/** A log, and how many errors and warnings it has. */
export interface MergedLog {
  readonly log: Json;
  readonly errors: number;
  readonly warnings: number;
}

/** What a result is sorted by. */
interface Ranked {
  readonly result: Result;
  readonly file: string;
}

function ranked(result: Result, name: string): Ranked {
  const { uri } = result.locations[0].physicalLocation.artifactLocation;
  try {
    return { result, file: decodeURIComponent(uri) };
  } catch {
    throw new UserError(`${name}: Unexpected address \`${uri}\`, expected a path`);
  }
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of every report; what stands in one place by one rule is of one shard, which has sorted it. */
function compare(a: Ranked, b: Ranked): number {
  const [one, other] = [a, b].map(({ result }) => result.locations[0].physicalLocation.region) as [
    Result['locations'][0]['physicalLocation']['region'],
    Result['locations'][0]['physicalLocation']['region'],
  ];
  return (
    text(a.file, b.file) ||
    one.startLine - other.startLine ||
    one.startColumn - other.startColumn ||
    text(a.result.ruleId, b.result.ruleId)
  );
}

/** The run without its mark, as a whole one has none. */
function unmarked({ properties, ...run }: Run): Omit<Run, 'properties'> & { properties?: unknown } {
  const { shard: _shard, ...others } = properties ?? {};
  return Object.keys(others).length === 0 ? run : { ...run, properties: others };
}

/**
 * Joins SARIF logs into one, as a run without shards gives it.
 *
 * @param parts logs that belong together
 * @throws UserError when they are of several versions of planproof
 */
export function mergeSarif(parts: readonly Part[]): MergedLog {
  const logs = parts.map(({ name, data }) => ({ name, log: data as Log }));
  const [first] = logs as [(typeof logs)[number]];
  const versionOf = ({ runs: [run] }: Log): string => run.tool.driver.semanticVersion;
  const other = logs.find(({ log }) => versionOf(log) !== versionOf(first.log));
  if (other)
    throw new UserError(
      `${other.name}: Unexpected version ${versionOf(other.log)} of planproof, expected ${versionOf(first.log)} as in ${first.name}`,
    );
  const results = logs
    .flatMap(({ name, log }) => log.runs[0].results.map((result) => ranked(result, name)))
    .sort(compare)
    .map(({ result }) => result);
  const errors = results.filter(({ level }) => level === 'error').length;
  const runs = [{ ...unmarked(first.log.runs[0]), results }];
  return { log: jsonText({ ...first.log, runs }), errors, warnings: results.length - errors };
}
