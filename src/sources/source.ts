/** A file that is there and cannot be read as text; the message is written for a finding. */
export interface Unreadable {
  readonly unreadable: string;
}

/** Where documents come from. All paths are relative to the top of the repository, with `/`. */
export interface Source {
  /** The files below the folders given, sorted. */
  list(folders: readonly string[]): string[];
  /** The bytes of a file; undefined when there is none. */
  read(path: string): Uint8Array | Unreadable | undefined;
  /** Whether a file or folder exists; nothing exists outside the repository. */
  exists(path: string): boolean;
  /** Whether the repository has a commit; undefined where that cannot be told: outside git, or in a shallow clone. */
  hasCommit(hash: string): boolean | undefined;
}

/** A source that reads files ahead. */
export interface ExpectingSource extends Source {
  /** Says which files will be read, in which order, where it is not all documents of those that were listed last. */
  expect(paths: readonly string[]): void;
}
