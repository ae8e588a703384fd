/** What the value of an option has to look like, and what becomes of it. */
export interface ValueForm {
  /** What is said of a value of another form. */
  readonly expected: string;
  fits(value: string): boolean;
  read(value: string): unknown;
}

/** A number without sign or fraction. */
export const WHOLE_NUMBER: ValueForm = {
  expected: 'Expected a whole number.',
  fits: (value) => /^[0-9]+$/.test(value),
  read: Number,
};

/** A day of the calendar. */
const DAY: ValueForm = {
  expected: 'Expected a day of the form YYYY-MM-DD.',
  fits: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  read: (value) => value,
};

/** An option of `planproof lint` as data: its help, commander's grammar and the short way past commander are made of it. */
export interface LintOption {
  /** As commander takes it: a long name, and the value that it needs in angle brackets. */
  readonly flags: `--${string}`;
  readonly description: string;
  /** Any text if absent. */
  readonly form?: ValueForm;
  /** It may be given several times. */
  readonly isList?: boolean;
}

/** `--today`, wherever the day matters. */
export const TODAY: LintOption = {
  flags: '--today <day>',
  description: 'take this for the day it is (YYYY-MM-DD)',
  form: DAY,
};

/** The options of `planproof lint`, in the order of its help. */
export const LINT_OPTIONS: readonly LintOption[] = [
  { flags: '--staged', description: 'judge what will be committed: the git index against HEAD' },
  { flags: '--base <ref>', description: 'judge what changed since this branch was left' },
  { flags: '--all', description: 'with --staged or --base: show older findings too' },
  {
    flags: '--format <name[=file]>',
    description: 'text, json, github, sarif, junit, gitlab, rdjson or markdown; may be given several times',
    isList: true,
  },
  { flags: '--max-warnings <count>', description: 'fail when there are more warnings', form: WHOLE_NUMBER },
  { flags: '--quiet', description: 'show errors only' },
  { flags: '--type <type>', description: 'document type of the paths, where neither folder nor frontmatter tell' },
  { flags: '--fix', description: 'mend what can be mended without asking, then report what is left' },
  { flags: '--fix-unsafe', description: 'also what may change the meaning, or what others may depend on' },
  { flags: '--fix-dry-run', description: 'write nothing: print what --fix would change as a diff' },
  { flags: '--no-baseline', description: 'show the findings that .planproof-baseline.json keeps silent, too' },
  { flags: '--no-cache', description: 'judge anew, and remember nothing' },
  {
    flags: '--shard <index/count>',
    description: 'lint one of so many shares of the documents, against all of them',
  },
  { flags: '--stdin', description: 'read one document from standard input' },
  { flags: '--stdin-filename <path>', description: 'where the document from standard input belongs' },
  TODAY,
];
