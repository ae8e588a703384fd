import { firstSections } from '../model/sections.ts';
import type { Report } from '../reporters/report.ts';
import { remembering } from '../sources/overlay.ts';
import type { FileChange } from '../writing/change.ts';
import { type Candidate, choose, type Refusal } from './choose-fixes.ts';
import { Pass, type Patience, type Success } from './fix-pass.ts';
import { changesOf, type FixState, type Ground, judgeState } from './fix-state.ts';
import { improvementsOf } from './judge.ts';
import { sift } from './judge-baseline.ts';
import { type LintRequest, openScope, reportOn, type Scope } from './lint.ts';
import type { Surroundings } from './workspace.ts';

/** More passes than any fix waits for; rules that undo each other would never end. */
const MAX_PASSES = 10;
/** So often a set is judged in a run at most, should very many fixes turn out to raise errors. */
const MAX_JUDGEMENTS = 400;

/** How many fixes went into a file. */
export interface FixCount {
  readonly path: string;
  readonly count: number;
}

/** A section that was put in and has to be filled. */
export interface NewSection {
  readonly path: string;
  readonly name: string;
}

/** What fixing comes to; nothing is written yet. */
export interface FixResult {
  readonly changes: readonly FileChange[];
  readonly counts: readonly FixCount[];
  readonly refused: readonly Refusal[];
  readonly newSections: readonly NewSection[];
  /** Fixes were still to be carried out when the passes were used up. */
  readonly isUnfinished: boolean;
  /** What is left. */
  readonly report: Report;
}

/** What was asked for. */
interface Order {
  readonly request: LintRequest;
  readonly environment: NodeJS.ProcessEnv;
  readonly withUnsafe: boolean;
}

/** What the state offers to be fixed: the findings that are shown, in their order, then what is an improvement only. */
async function candidatesOf(
  { scope, judgement, findings }: FixState,
  { request, environment, withUnsafe }: Order,
): Promise<Candidate[]> {
  const shown = findings.filter(({ file }) => scope.shown.has(file));
  const apply = request.baseline ?? true;
  const { findings: kept } = await sift(shown, judgement, { isWhole: false, apply, base: undefined, environment });
  const mending = kept.flatMap(({ rule, file, line, plan }) => (plan ? [{ rule, file, line, plan }] : []));
  const documents = judgement.index.documents.filter(({ path }) => scope.shown.has(path));
  const improving = documents.flatMap((document) =>
    improvementsOf(document, judgement).map(({ rule, plan }) => {
      const step = plan.steps.find((one) => one.kind === 'replace');
      return { rule, file: document.path, line: step?.place.line ?? 1, plan };
    }),
  );
  return [...mending, ...improving].filter(({ plan }) => plan.safe || withUnsafe);
}

const keyOf = ({ rule, file, plan }: Candidate): string => JSON.stringify([rule, file, plan]);

/** The sections that a pass has put in and that hold nothing yet. */
function emptySections({ written, state }: Success): NewSection[] {
  return [...written].flatMap(([path, spans]) => {
    const document = state.judgement.index.at(path);
    const source = state.texts.textOf(path);
    const put = spans.filter((span) => span.isSection);
    if (!document?.type || !source || put.length === 0) return [];
    return firstSections(document.facts, document.type).flatMap(({ section, required }) => {
      const { start } = source.edit(section.heading.place, '');
      const isNew = put.some((span) => span.start <= start && start < span.end);
      return isNew && !section.filled && !required.mayBeEmpty ? [{ path, name: required.name }] : [];
    });
  });
}

/** Fixes a set, pass after pass, until there is nothing left to fix. */
class Run {
  #state: FixState;
  readonly #ground: Ground;
  readonly #order: Order;
  #counts = new Map<string, number>();
  #sections: NewSection[] = [];
  #frozen: readonly Refusal[] = [];
  /** What cannot be carried out, and in which state that was seen. */
  readonly #patience: Patience = { left: MAX_JUDGEMENTS };
  readonly #failed = new Map<string, { readonly refusal: Refusal; readonly state: FixState }>();

  constructor(state: FixState, ground: Ground, order: Order) {
    this.#state = state;
    this.#ground = ground;
    this.#order = order;
  }

  /** What comes next; what has failed in an earlier state is tried again once nothing else is left. */
  async #next(): Promise<readonly Candidate[]> {
    const all = await candidatesOf(this.#state, this.#order);
    const fresh = all.filter((candidate) => !this.#failed.has(keyOf(candidate)));
    const { chosen, refused } = choose(fresh, this.#state.texts);
    this.#frozen = refused;
    const stale = [...this.#failed].filter(([, { state }]) => state !== this.#state);
    if (chosen.length > 0 || stale.length === 0) return chosen;
    for (const [key] of stale) this.#failed.delete(key);
    return this.#next();
  }

  #accept(success: Success): void {
    const now = (path: string): string => success.moves.get(path) ?? path;
    this.#counts = new Map([...this.#counts].map(([path, count]) => [now(path), count]));
    for (const { file } of success.kept) this.#counts.set(now(file), (this.#counts.get(now(file)) ?? 0) + 1);
    const before = this.#sections.map(({ path, name }) => ({ path: now(path), name }));
    this.#sections = [...before, ...emptySections(success)];
    this.#state = success.state;
  }

  async run(): Promise<FixResult> {
    let passes = 0;
    let chosen = await this.#next();
    while (chosen.length > 0 && passes < MAX_PASSES && this.#patience.left > 0) {
      const pass = new Pass(this.#state, this.#ground, this.#patience);
      const success = pass.run(chosen);
      for (const refusal of pass.refused)
        this.#failed.set(keyOf(refusal.candidate), { refusal, state: success?.state ?? this.#state });
      if (success) {
        passes += 1;
        this.#accept(success);
      }
      chosen = await this.#next();
    }
    return this.#result(chosen.length > 0);
  }

  async #result(isUnfinished: boolean): Promise<FixResult> {
    const state = this.#state;
    const { scope, judgement } = state;
    const offered = new Set((await candidatesOf(state, this.#order)).map(keyOf));
    const failed = [...this.#failed].flatMap(([key, { refusal }]) => (offered.has(key) ? [refusal] : []));
    // What could be carried out has been: what still has a plan has been refused.
    const left = state.findings
      .filter(({ file }) => scope.shown.has(file))
      .map((finding) =>
        !isUnfinished && finding.plan && (finding.plan.safe || this.#order.withUnsafe)
          ? { ...finding, plan: undefined }
          : finding,
      );
    return {
      changes: changesOf(state, this.#ground),
      counts: [...this.#counts].sort().map(([path, count]) => ({ path, count })),
      refused: [...this.#frozen, ...failed],
      newSections: this.#sections,
      isUnfinished,
      report: await reportOn(scope, judgement, left, this.#order.request, this.#order),
    };
  }
}

/** Fixes what can be fixed in a scope that is open already, as `fix` does. */
export function fixScope(scope: Scope, order: Order): Promise<FixResult> {
  const source = remembering(scope.workspace.source);
  const ground = { request: order.request, source, known: new WeakMap() };
  const opened = { ...scope, workspace: { ...scope.workspace, source } };
  const state = judgeState(opened, ground, { contents: new Map(), origins: new Map() });
  return new Run(state, ground, order).run();
}

/**
 * Fixes what can be fixed, pass after pass, without writing anything. A pass carries out all that does not touch each
 * other; what would raise an error that was not there before is left out.
 *
 * @throws UserError as `lint` does
 */
export async function fix(request: LintRequest, surroundings: Surroundings, withUnsafe: boolean): Promise<FixResult> {
  const scope = await openScope(request, surroundings);
  return fixScope(scope, { request, environment: surroundings.environment, withUnsafe });
}
