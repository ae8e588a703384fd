import type { Finding } from '../model/finding.ts';
import type { FileState } from '../sources/file-state.ts';
import type { BaseNotes } from './base-file.ts';
import type { UnitRecord } from './unit.ts';

/** A document or board that was judged anew since the base. */
export interface ChangedUnit {
  readonly hash: string;
  readonly record: UnitRecord;
  readonly asked: readonly number[];
}

/** The commit that a state was compared with, and what differs from it. */
export interface KnownCommit {
  readonly commit: string;
  /** Files that the commit has otherwise, as it has them. */
  readonly files: readonly (readonly [path: string, state: FileState])[];
}

/** How the last state differs from a base. It is small, and written anew with each run that learns something. */
export interface Changes {
  /** The stamp of the base. */
  readonly base: string;
  readonly today: string;
  /** How many documents there are. */
  readonly documents: number;
  /** How many of them are not judged yet. */
  readonly open: number;
  /** Files that differ from the base, as they are. */
  readonly files: readonly (readonly [path: string, state: FileState])[];
  readonly units: readonly (readonly [path: string, unit: ChangedUnit])[];
  readonly paths: readonly (readonly [path: string, exists: boolean])[];
  readonly anchors: readonly (readonly [path: string, anchors: readonly string[] | null])[];
  /** The tree that the git index makes, where git has noted it. */
  readonly tree?: string | undefined;
  readonly head?: KnownCommit | undefined;
  /** Findings, with those of the rules of history, of documents of which those say something. */
  readonly touched?: readonly (readonly [path: string, findings: readonly Finding[]])[] | undefined;
  /** Heads of documents of that commit, by the hash of their bytes. */
  readonly heads?: readonly (readonly [hash: string, record: UnitRecord])[] | undefined;
}

/** The changes of a base to which nothing has changed yet. */
export function noChanges({ stamp: base, today, documents, open }: BaseNotes): Changes {
  return { base, today, documents, open, files: [], units: [], paths: [], anchors: [] };
}
