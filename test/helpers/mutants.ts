import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Finding } from '../../src/model/finding.ts';
import { discover } from '../../src/pipeline/discover.ts';
import { buildIndex } from '../../src/pipeline/document-set.ts';
import { judgeBoard, judgeDocument } from '../../src/pipeline/judge.ts';
import type { Judgement } from '../../src/pipeline/judgement.ts';
import { lint } from '../../src/pipeline/lint.ts';
import { openWorkspace, type Workspace } from '../../src/pipeline/workspace.ts';
import { commandError } from '../../src/program.ts';
import type { Report } from '../../src/reporters/report.ts';
import type { Source } from '../../src/sources/source.ts';
import { environment, PROJECT, Repository } from './repository.ts';

/**
 * A single defect in the clean repository of test/fixtures/mutants/repository, and where it has to be found.
 *
 * `⟦` and `⟧` enclose the range of each finding. They stand in the text that is put in or, where a finding lies elsewhere,
 * in `at`, a piece of the changed file that occurs there once.
 */
export interface Mutant {
  /** The rule that owns the defect, and the only one that may speak. */
  readonly rule: string;
  /** What is wrong, to tell mutants of a rule apart. */
  readonly what: string;
  readonly file: string;
  readonly change: Change;
  readonly at?: string;
  /** What the same defect makes untrue elsewhere. */
  readonly also?: readonly Consequence[];
  /** Files that the command line names besides the whole repository. */
  readonly named?: readonly string[];
}

/** What is done to the file. */
export type Change =
  | { readonly find: string; readonly replace: string }
  | { readonly write: string | Uint8Array }
  | { readonly moveTo: string }
  | { readonly remove: true };

/** A further finding that follows from the same fact, and why it has to be one. */
export interface Consequence {
  /** The mutant's own rule if absent. */
  readonly rule?: string;
  /** The mutant's own file if absent. */
  readonly file?: string;
  readonly at: string;
  readonly because: string;
}

type Texts = Record<string, string>;

const SOURCE = join(PROJECT, 'test', 'fixtures', 'mutants', 'repository');

/** Kept with plain line ends in git, and written as some editors do. */
const CRLF = [
  'dev_ops/plans/PLAN-002-hold-berths-while-skippers-pay.md',
  'dev_ops/bugs/BUG-005-the-map-is-cut-off-on-small-screens.md',
];
const BOM = [
  'dev_ops/plans/PLAN-008-open-with-three-harbours.md',
  'dev_ops/bugs/BUG-005-the-map-is-cut-off-on-small-screens.md',
];

/** The files of the clean repository, all text. */
export function cleanFiles(): Texts {
  const paths = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(SOURCE.length + 1)
        .replaceAll('\\', '/'),
    );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(SOURCE, path), 'utf8')]));
}

const unmarked = (text: string): string => text.replace(/[⟦⟧]/g, '');

/** The offset of the only place where a text occurs. */
function onlyOffset(text: string, part: string, file: string): number {
  const at = text.indexOf(part);
  if (at < 0 || text.indexOf(part, at + 1) >= 0) throw new Error(`Expected once in ${file}: ${JSON.stringify(part)}`);
  return at;
}

/** `line:column` of an offset. */
function point(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) as string).length + 1}`;
}

/** `line:column-endLine:endColumn` of each marked range, in a text that holds the marked one at an offset. */
function ranges(marked: string, text: string, start: number): string[] {
  const found = [...marked.matchAll(/⟦([^⟦⟧]*)⟧/g)].map((match) => {
    const from = start + unmarked(marked.slice(0, match.index)).length;
    return `${point(text, from)}-${point(text, from + (match[1] as string).length)}`;
  });
  if (found.length === 0) throw new Error(`Expected a marked range: ${JSON.stringify(marked)}`);
  return found;
}

/** A repository with one defect, and the findings it must have: all of them. */
export interface MutatedRepository {
  readonly files: Record<string, string | Uint8Array>;
  /** `path:line:column-endLine:endColumn rule`, sorted. */
  readonly findings: readonly string[];
  readonly named: readonly string[];
}

function changed(clean: Texts, { file, change }: Mutant): Record<string, string | Uint8Array> {
  const { [file]: text, ...others } = clean;
  if ('write' in change) {
    return { ...others, [file]: typeof change.write === 'string' ? unmarked(change.write) : change.write };
  }
  if (text === undefined) throw new Error(`No such file: ${file}`);
  if ('remove' in change) return others;
  if ('moveTo' in change) return { ...others, [change.moveTo]: text };
  const at = onlyOffset(text, change.find, file);
  return { ...others, [file]: text.slice(0, at) + unmarked(change.replace) + text.slice(at + change.find.length) };
}

/** The text in which the findings in the changed file are marked; undefined when there are none. */
function ownMarks({ change, at, also = [] }: Mutant): string | undefined {
  if (at !== undefined) return at;
  if ('replace' in change) return change.replace.includes('⟦') || also.length === 0 ? change.replace : undefined;
  if ('write' in change) return typeof change.write === 'string' ? change.write : '';
  return undefined;
}

/** Applies a mutant to the clean files. */
export function mutate(clean: Texts, mutant: Mutant): MutatedRepository {
  const files = changed(clean, mutant);
  const path = 'moveTo' in mutant.change ? mutant.change.moveTo : mutant.file;
  const findingsAt = (file: string, rule: string, marked: string, start?: number): string[] => {
    const text = files[file];
    if (text === undefined) throw new Error(`No such file: ${file}`);
    // What is no text is found at its start.
    if (typeof text !== 'string') return [`${file}:1:1-1:1 ${rule}`];
    const offset = start ?? onlyOffset(text, unmarked(marked), file);
    return ranges(marked, text, offset).map((range) => `${file}:${range} ${rule}`);
  };
  const marks = ownMarks(mutant);
  const start =
    mutant.at === undefined && 'find' in mutant.change ? clean[mutant.file]?.indexOf(mutant.change.find) : undefined;
  const own = marks === undefined ? [] : findingsAt(path, mutant.rule, marks, start);
  const further = (mutant.also ?? []).flatMap(({ file = path, rule = mutant.rule, at }) => findingsAt(file, rule, at));
  return { files, findings: [...own, ...further].sort(), named: mutant.named ?? [] };
}

/** The bytes as they lie in the repository: some files have other line ends, or a byte order mark. */
function written(path: string, content: string | Uint8Array): string | Uint8Array {
  if (typeof content !== 'string') return content;
  const text = CRLF.includes(path) ? content.replaceAll('\n', '\r\n') : content;
  return BOM.includes(path) ? `\uFEFF${text}` : text;
}

type Written = Readonly<Record<string, string | Uint8Array>>;

/** The files as they lie in the repository. */
export const asWritten = (files: Written): Written =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [path, written(path, content)]));

const TODAY = '2026-06-30';

/** Lints a repository of these files on the disk, as the command does. */
export async function lintFiles(files: Written): Promise<Report> {
  const repository = new Repository(asWritten(files));
  const surroundings = { cwd: repository.folder, environment: environment(), notify: () => {} };
  return lint({ paths: [], today: TODAY, commandError }, surroundings);
}

/** Files in memory: a thousand of them are read before a disk has found the first. */
export function inMemory(files: Written): Source {
  const paths = Object.keys(files).sort();
  return {
    list: (folders) => paths.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`))),
    read: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    hasCommit: () => undefined,
    exists: (path) => {
      const inside = posix.normalize(path).replace(/\/$/, '');
      return paths.some((one) => one === inside || one.startsWith(`${inside}/`));
    },
  };
}

let opened: Promise<Workspace> | undefined;

/** The settings and types that hold without a config; no rule looks for the folder itself. */
export function workspace(): Promise<Workspace> {
  opened ??= openWorkspace({
    cwd: new Repository({ 'dev_ops/.gitkeep': '' }).folder,
    environment: environment(),
    notify: () => {},
  });
  return opened;
}

/** What a mutated repository is judged with, without a disk. */
export async function judgementOf({ files, named }: MutatedRepository): Promise<Judgement> {
  const here = { ...(await workspace()), source: inMemory(asWritten(files)) };
  const index = buildIndex([...discover(here), ...named], here);
  const options = { today: TODAY, exists: here.source.exists, hasCommit: () => undefined, commandError };
  return { index, workspace: here, options };
}

/** The findings of a mutated repository, by the same steps as `lint`. */
export async function judge(repository: MutatedRepository): Promise<Finding[]> {
  const judgement = await judgementOf(repository);
  const { index } = judgement;
  return [
    ...index.documents.flatMap((document) => judgeDocument(document, judgement)),
    ...index.boards.flatMap((board) => judgeBoard(board, judgement)),
  ];
}
