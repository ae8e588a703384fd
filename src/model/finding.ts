import { getBuiltinModule } from 'node:process';
import type { Edit } from './edit.ts';
import type { FixPlan } from './fix.ts';
import type { Place } from './place.ts';

/** How grave a finding is. Errors make a run fail. */
export type Severity = 'error' | 'warning';

/** How a finding can be mended without asking, in bytes of the files as they were linted. */
export interface Fix {
  readonly safe: boolean;
  readonly edits: readonly (Edit & { readonly file: string })[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/** What a rule says: one fact, where it stands, and what to do about it. */
export interface Violation {
  readonly message: string;
  readonly place: Place;
  /** What it is about (a reference, a section, a key), so that the same finding is known again on another line. */
  readonly subject: string;
  /** A line on what to do, where the message cannot hold it. */
  readonly help?: string;
  /** How to mend it, where that can be done without asking. */
  readonly fix?: FixPlan;
}

/** A violation of a rule in a file: what reporters show. */
export interface Finding extends Place {
  /** Relative to the top of the repository, with `/`. */
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string | undefined;
  /** Id of the document, canonical; null without one. */
  readonly id: string | null;
  readonly subject: string;
  /** How to mend it, in the terms of the rule. */
  readonly plan?: FixPlan | undefined;
  /** The plan in bytes; null until somebody asks for it, and where there is none. */
  readonly fix: Fix | null;
  readonly cause: { readonly file: string; readonly change: string } | null;
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order of every report: file, line, column, rule; then message, so that it is total. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    text(a.file, b.file) || a.line - b.line || a.column - b.column || text(a.rule, b.rule) || text(a.message, b.message)
  );
}

/**
 * What a finding is, whatever line it stands on: (document id, else path; rule; subject; ordinal). Neither a line number nor
 * a file name that a rename changes is part of it, so it stays the same when the text around the finding moves.
 *
 * @param findings sorted by `compareFindings`
 */
export function identities(findings: readonly Finding[]): Map<Finding, string> {
  const seen = new Map<string, number>();
  const result = new Map<Finding, string>();
  for (const finding of findings) {
    const what = JSON.stringify([finding.id ?? finding.file, finding.rule, finding.subject]);
    const ordinal = seen.get(what) ?? 0;
    seen.set(what, ordinal + 1);
    result.set(finding, `${what}#${ordinal}`);
  }
  return result;
}

/**
 * Fingerprints, by finding: hashes of their identities.
 *
 * @param findings sorted by `compareFindings`
 */
export function fingerprints(findings: readonly Finding[]): Map<Finding, string> {
  // Loaded when a report shows them: the hook's does not.
  const { createHash } = getBuiltinModule('node:crypto');
  const hash = (identity: string): string => createHash('sha256').update(identity).digest('hex').slice(0, 32);
  return new Map([...identities(findings)].map(([finding, identity]) => [finding, hash(identity)]));
}
