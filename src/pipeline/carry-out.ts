import { applyEdits, type Edit } from '../model/edit.ts';
import type { FixPlan, FixStep } from '../model/fix.ts';
import { addToList, removeFromList, setValue } from '../model/frontmatter-edit.ts';
import { changeJson, type JsonChange } from '../model/json-edit.ts';
import { type Relinked, relink } from '../model/relink.ts';
import { SourceText } from '../model/source-text.ts';
import { type Spans, spansAfter } from './spans.ts';
import type { Texts } from './texts.ts';

type Replace = Extract<FixStep, { kind: 'replace' }>;
/** A step that reads the file it changes, and so can follow others. */
export type KeyStep = Extract<FixStep, { kind: 'set-value' | 'add-to-list' | 'remove-from-list' | 'change-board' }>;

/** What has to be done to one file. */
export interface Work {
  /** In bytes of the file as it is. */
  readonly edits: Edit[];
  readonly steps: KeyStep[];
  /** Those of the edits that put in a section: by identity. */
  readonly sections: Set<Edit>;
}

/** A file after its work. */
export interface Worked {
  readonly source: SourceText;
  /** What was written, in bytes of the file after it. */
  readonly written: Spans;
}

/** A plan that cannot be carried out on this text. */
export class Impossible extends Error {}

const isListStep = (step: KeyStep): boolean => step.kind === 'add-to-list';

/** First values, then members that go, from the last, so that the others keep their place, then members that come. */
function rank(step: KeyStep): number {
  if (step.kind === 'set-value') return 0;
  if (step.kind === 'remove-from-list') return 1;
  return step.kind === 'add-to-list' ? 2 : 3;
}

function inOrder(steps: readonly KeyStep[]): KeyStep[] {
  return [...steps].sort((a, b) => {
    const both = a.kind === 'remove-from-list' && b.kind === 'remove-from-list' ? b.at - a.at : 0;
    return rank(a) - rank(b) || both;
  });
}

function editsOf(source: SourceText, step: KeyStep): Edit[] {
  const edits = tryStep(source, step);
  if (!edits) throw new Impossible(`Cannot carry out \`${step.kind}\``);
  return edits;
}

function tryStep(source: SourceText, step: KeyStep): Edit[] | undefined {
  switch (step.kind) {
    case 'set-value':
      return setValue(source, step.key, step.value);
    case 'add-to-list':
      return addToList(source, step.key, step.value);
    case 'remove-from-list':
      return removeFromList(source, step.key, step.at);
    case 'change-board':
      return changeJson(source, [step.change]);
  }
}

/** Boards take all their changes at once: what goes last, from the end, and what comes behind it. */
function boardEdits(source: SourceText, steps: readonly KeyStep[]): Edit[] {
  const changes = steps.flatMap((step) => (step.kind === 'change-board' ? [step.change] : []));
  const rankOf = ({ value, insert }: JsonChange): number => (insert ? 2 : value === undefined ? 1 : 0);
  return changes.length === 0
    ? []
    : changeJson(
        source,
        [...changes].sort((a, b) => rankOf(a) - rankOf(b)),
      );
}

/** The edits of members that are all added at one place, each as if it were the only one. */
function sameInsertions(source: SourceText, steps: readonly KeyStep[]): Edit[] | undefined {
  const all = steps.map((step) => editsOf(source, step));
  const at = all[0]?.[0]?.start;
  const isSame = all.every(([edit, more]) => edit && !more && edit.start === at && edit.end === at);
  return isSame ? all.flat() : undefined;
}

function done({ source, written }: Worked, edits: readonly Edit[], sections: ReadonlySet<Edit> = new Set()): Worked {
  if (edits.length === 0) return { source, written };
  const after = new SourceText(applyEdits(source.bytes, edits));
  return { source: after, written: spansAfter(written, edits, sections) };
}

/** Adds to one list: what comes behind the first is put in at once, where it all stands at one place. */
function addAll(worked: Worked, steps: readonly KeyStep[]): Worked {
  const [first, ...rest] = steps;
  if (!first) return worked;
  const begun = done(worked, editsOf(worked.source, first));
  const together = rest.length > 1 ? sameInsertions(begun.source, rest) : undefined;
  if (together) return done(begun, together);
  return rest.reduce(one, begun);
}

const one = (now: Worked, step: KeyStep): Worked => done(now, editsOf(now.source, step));

/** Takes members out of one list: at once where that can be done, else from the last one. */
function removeAll(worked: Worked, steps: readonly KeyStep[]): Worked {
  const indices = steps.flatMap((step) => (step.kind === 'remove-from-list' ? [step.at] : []));
  const [first] = steps;
  if (first?.kind !== 'remove-from-list' || steps.length === 1) return steps.reduce(one, worked);
  const together = removeFromList(worked.source, first.key, ...indices);
  return together ? done(worked, together) : steps.reduce(one, worked);
}

function byKey(steps: readonly KeyStep[]): KeyStep[][] {
  const groups = new Map<string, KeyStep[]>();
  for (const step of steps) {
    const key = 'key' in step ? step.key : '';
    const group = groups.get(key);
    if (group) group.push(step);
    else groups.set(key, [step]);
  }
  return [...groups.values()];
}

/**
 * Does to a text what has to be done: first what names places, then one step after another, each on what the last one left.
 *
 * @throws Impossible when a step cannot be carried out
 * @throws RangeError when edits overlap
 */
export function work(source: SourceText, { edits, steps, sections }: Work): Worked {
  const replaced = done({ source, written: [] }, edits, sections);
  const ordered = inOrder(steps);
  const others = ordered.filter((step) => !isListStep(step) && step.kind !== 'change-board');
  const set = others.filter(({ kind }) => kind === 'set-value').reduce(one, replaced);
  const stepped = byKey(others.filter(({ kind }) => kind === 'remove-from-list')).reduce(removeAll, set);
  const added = byKey(ordered.filter(isListStep)).reduce(addAll, stepped);
  return done(added, boardEdits(added.source, ordered));
}

/**
 * The edits that come to the same as the work, in bytes of the file as it is; the very ones where that can be told.
 *
 * @throws as `work` does
 */
export function editsOfWork(source: SourceText, todo: Work): Edit[] {
  const [step, ...more] = todo.steps;
  if (!step) {
    if (todo.edits.length > 1) applyEdits(source.bytes, todo.edits);
    return todo.edits;
  }
  if (more.length === 0 && todo.edits.length === 0) return editsOf(source, step);
  return source.editsTo(work(source, todo).source.text);
}

/** Text that begins with a heading, where there was nothing but white space. */
function isNewSection(source: SourceText, { place, text }: Replace): boolean {
  const [first = ''] = [text].flat();
  return typeof first === 'string' && /^\s*#{1,6} /.test(first) && source.at(place).trim() === '';
}

/** What plans, each of a file, come to: by file, before any moves. */
export interface Undertaking {
  readonly works: ReadonlyMap<string, Work>;
  /** From → to. */
  readonly moves: ReadonlyMap<string, string>;
  readonly relinked: Relinked;
}

const NOTHING: Relinked = { replacements: new Map(), left: [] };

/** The links that follow documents which move. */
export function relinkFor(moves: ReadonlyMap<string, string>, texts: Texts): Relinked {
  if (moves.size === 0) return NOTHING;
  const concerned = new Set(
    [...moves.keys()].flatMap((path) => [...texts.linkingTo(path), texts.index.at(path) ?? []].flat()),
  );
  return relink([...concerned], moves, ({ path }) => textAt(path, texts));
}

function textAt(path: string, texts: Texts): SourceText {
  const source = texts.textOf(path);
  if (!source) throw new Impossible(`Cannot read ${path}`);
  return source;
}

type WorkOn = (path: string) => Work;

/** Puts a step where it is carried out; moves are not part of any file's work. */
function assign(step: Exclude<FixStep, { kind: 'move' }>, file: string, texts: Texts, workOn: WorkOn): void {
  if (step.kind !== 'replace') {
    workOn(step.kind === 'remove-from-list' ? file : (step.path ?? file)).steps.push(step);
    return;
  }
  const source = textAt(file, texts);
  const edit = source.edit(step.place, step.text);
  const { edits, sections } = workOn(file);
  edits.push(edit);
  if (isNewSection(source, step)) sections.add(edit);
}

/** @throws Impossible when a file that a plan names cannot be read */
export function undertake(
  plans: readonly { readonly file: string; readonly plan: FixPlan }[],
  texts: Texts,
): Undertaking {
  const works = new Map<string, Work>();
  const workOn = (path: string): Work => {
    const known = works.get(path) ?? { edits: [], steps: [], sections: new Set() };
    works.set(path, known);
    return known;
  };
  const moves = new Map<string, string>();
  for (const { file, plan } of plans) {
    for (const step of plan.steps) {
      if (step.kind === 'move') moves.set(file, step.to);
      else assign(step, file, texts, workOn);
    }
  }
  const relinked = relinkFor(moves, texts);
  for (const [path, replacements] of relinked.replacements) {
    const source = textAt(path, texts);
    for (const { place, text } of replacements) workOn(path).edits.push(source.edit(place, text));
  }
  for (const path of works.keys()) textAt(path, texts);
  return { works, moves, relinked };
}
