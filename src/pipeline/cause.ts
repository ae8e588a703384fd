import { describe } from '../model/document.ts';
import { type Finding, identities } from '../model/finding.ts';
import type { Change } from './change.ts';
import { changeWords } from './change-words.ts';
import { judgeBoard, judgeDocument } from './judge.ts';
import type { Judgement } from './judgement.ts';
import { isBelow, locate } from './locate.ts';

/** So many single changes are taken back in a run; what is left then gets the likeliest cause. */
const MAX_TRIALS = 200;
/** So many of them for one file with findings. */
const MAX_CANDIDATES = 20;

type Cause = NonNullable<Finding['cause']>;

/** Puts one file back to what it was before the change, all others as they are after it. */
function takeBack(path: string, { before: [before], after }: Change, judgement: Judgement): Judgement {
  const { index, workspace } = after;
  const old = before?.index.at(path);
  const restored = old && describe(path, locate(path, workspace), old, workspace.types);
  const oldBoard = before?.index.boards.find((board) => board.path === path);
  const existed = before?.workspace.source.exists(path) ?? false;
  const exists = (asked: string): boolean =>
    asked === path ? existed : (existed && isBelow(path, asked)) || judgement.options.exists(asked);
  return {
    workspace,
    options: { ...judgement.options, exists },
    index: index.replaced(path, restored, [
      ...index.boards.filter((board) => board.path !== path),
      ...(oldBoard ? [oldBoard] : []),
    ]),
  };
}

function judgeFile(file: string, judgement: Judgement): Finding[] {
  const document = judgement.index.at(file);
  const board = judgement.index.boards.find(({ path }) => path === file);
  if (document) return judgeDocument(document, judgement);
  return board ? judgeBoard(board, judgement) : [];
}

const textOf = ({ message, subject }: Finding): string => `${subject} ${message}`;

/** How likely a changed file is behind the findings of another one: their text names it, or it is the file itself. */
function likelihood(path: string, file: string, about: string, { before: [before], after }: Change): number {
  if (path === file) return 3;
  const ids = [before, after].flatMap((set) => set?.index.at(path)?.id?.canonical ?? []);
  if (about.includes(path) || ids.some((id) => about.includes(id))) return 2;
  return [before, after].some((set) => set?.index.boards.some((board) => board.path === path)) ? 1 : 0;
}

/** Tries the single changes of one set: which of them, taken back, takes a finding with it. */
class Trials {
  readonly #change: Change;
  readonly #judgement: Judgement;
  readonly #takenBack = new Map<string, Judgement>();

  constructor(change: Change, judgement: Judgement) {
    this.#change = change;
    this.#judgement = judgement;
  }

  #without(path: string): Judgement | undefined {
    const known = this.#takenBack.get(path);
    if (known || this.#takenBack.size >= MAX_TRIALS || this.#change.newRules) return known;
    const judgement = takeBack(path, this.#change, this.#judgement);
    this.#takenBack.set(path, judgement);
    return judgement;
  }

  /** The identities in a file without one change; undefined when that cannot be told. */
  left(file: string, path: string): ReadonlySet<string> | undefined {
    const judgement = this.#without(path);
    return judgement && new Set(identities(judgeFile(file, judgement)).values());
  }
}

function candidatesFor(file: string, findings: readonly Finding[], change: Change): string[] {
  const about = findings.map(textOf).join('\n');
  const scored = change.changed.map((path) => ({ path, score: likelihood(path, file, about, change) }));
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_CANDIDATES)
    .map(({ path }) => path);
}

/** The path behind each finding of a file; the likeliest where no single one is. */
function explain(
  findings: readonly Finding[],
  candidates: readonly string[],
  prints: ReadonlyMap<Finding, string>,
  trials: Trials,
): Map<Finding, string> {
  const causes = new Map<Finding, string>();
  for (const path of candidates) {
    const open = findings.filter((finding) => !causes.has(finding));
    const left = open[0] && trials.left(open[0].file, path);
    if (!left) continue;
    for (const finding of open) if (!left.has(prints.get(finding) as string)) causes.set(finding, path);
  }
  const [likeliest] = candidates;
  for (const finding of findings) if (!causes.has(finding) && likeliest !== undefined) causes.set(finding, likeliest);
  return causes;
}

/**
 * Says of each finding which single change caused it: the one without which it would not be there. Changes are taken back one
 * by one, the likeliest first.
 *
 * @param findings those that the change brought in
 * @param prints identities of all findings after the change
 */
export function causesOf(
  findings: readonly Finding[],
  prints: ReadonlyMap<Finding, string>,
  change: Change,
  judgement: Judgement,
): Map<Finding, Cause> {
  const trials = new Trials(change, judgement);
  const causes = new Map<Finding, Cause>();
  for (const file of new Set(findings.map((finding) => finding.file))) {
    const own = findings.filter((finding) => finding.file === file);
    for (const [finding, path] of explain(own, candidatesFor(file, own, change), prints, trials))
      causes.set(finding, { file: path, change: changeWords(path, change, textOf(finding)) });
  }
  return causes;
}
