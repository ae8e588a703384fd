import type { Finding } from '../model/finding.ts';
import { Impossible, undertake } from './carry-out.ts';
import type { Candidate, Refusal } from './choose-fixes.ts';
import { afterUndertaking, type FixState, type Ground } from './fix-state.ts';
import { raisedErrors } from './raised-errors.ts';
import type { Spans } from './spans.ts';

/** How often a run may still judge a set to find out which fixes raise errors. */
export interface Patience {
  left: number;
}

/** A state that raised nothing. */
export interface Success {
  readonly kept: readonly Candidate[];
  readonly state: FixState;
  /** By path after the moves. */
  readonly written: ReadonlyMap<string, Spans>;
  /** From → to. */
  readonly moves: ReadonlyMap<string, string>;
}

interface Failure {
  /** The errors that were not there before; none where the fixes could not be carried out at all. */
  readonly raised: readonly Finding[];
}

function because(error: Finding | undefined): string {
  if (!error) return 'the text there cannot be changed as it would have to be';
  const { rule, message, file, line } = error;
  return `it would raise ${rule} at ${file}:${line}: ${message}`;
}

/** The files that a fix writes. */
function filesOf({ file, plan }: Candidate): string[] {
  return plan.steps.map((step) => {
    if (step.kind === 'move') return step.to;
    return ('path' in step ? step.path : undefined) ?? file;
  });
}

const touches = (candidate: Candidate, files: ReadonlySet<string>): boolean =>
  files.has(candidate.file) || filesOf(candidate).some((file) => files.has(file));

/** Those that are each alone in writing a file in which errors are raised. */
function culprits(open: readonly Candidate[], raised: readonly Finding[]): Refusal[] {
  const writers = new Map<string, Candidate[]>();
  for (const candidate of open)
    for (const file of new Set(filesOf(candidate)))
      writers.set(file, [...(writers.get(file) ?? []).slice(0, 1), candidate]);
  const found = new Map<Candidate, Refusal>();
  for (const error of raised) {
    const [writer, another] = writers.get(error.file) ?? [];
    if (writer && !another && !found.has(writer)) found.set(writer, { candidate: writer, reason: because(error) });
  }
  return [...found.values()];
}

const byFile = (candidates: readonly Candidate[]): Candidate[][] => {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.file);
    if (group) group.push(candidate);
    else groups.set(candidate.file, [candidate]);
  }
  return [...groups.values()];
};

/**
 * Two parts to try one after the other. Of each file in which errors are raised one half goes into the first, so that a
 * thousand files take no longer than one; what has nothing to do with these files goes with it.
 */
function split(open: readonly Candidate[], raised: readonly Finding[]): [Candidate[], Candidate[]] {
  const files = new Set(raised.map(({ file }) => file));
  const others = open.filter((candidate) => !touches(candidate, files));
  const groups = byFile(open.filter((candidate) => touches(candidate, files)));
  const first = [...others, ...groups.flatMap((group) => group.slice(0, group.length >> 1))];
  if (first.length > 0 && first.length < open.length) {
    return [first, groups.flatMap((group) => group.slice(group.length >> 1))];
  }
  const half = open.length >> 1;
  return [open.slice(0, half), open.slice(half)];
}

/** One pass: tries fixes together, and finds those that must not be carried out by halves. */
export class Pass {
  /** What cannot be carried out. */
  readonly refused: Refusal[] = [];
  /** What most probably cannot be: together with the others it raises errors where nothing else writes. */
  readonly suspected: Refusal[] = [];
  readonly #state: FixState;
  readonly #ground: Ground;
  #best: Success | undefined;
  readonly #patience: Patience;

  constructor(state: FixState, ground: Ground, patience: Patience) {
    this.#state = state;
    this.#ground = ground;
    this.#patience = patience;
  }

  #attempt(kept: readonly Candidate[]): Success | Failure {
    const { texts, findings } = this.#state;
    try {
      const undertaking = undertake(kept, texts);
      const { moves } = undertaking;
      const { state, written } = afterUndertaking(this.#state, undertaking, this.#ground);
      const raised = raisedErrors({ before: findings, after: state.findings, moves, written, texts: state.texts });
      if (raised.length === 0) return { kept, state, written, moves };
      return { raised };
    } catch (error) {
      if (!(error instanceof Impossible || error instanceof RangeError)) throw error;
      return { raised: [] };
    }
  }

  /** Those of the open fixes that can be carried out together with the sure ones; none where patience has run out. */
  #settle(sure: readonly Candidate[], open: readonly Candidate[]): readonly Candidate[] {
    if (open.length === 0 || this.#patience.left === 0) return [];
    this.#patience.left -= 1;
    const result = this.#attempt([...sure, ...open]);
    if ('kept' in result) {
      this.#best = result;
      return open;
    }
    if (open.length === 1) {
      this.refused.push({ candidate: open[0] as Candidate, reason: because(result.raised[0]) });
      return [];
    }
    const found = culprits(open, result.raised);
    if (found.length > 1) {
      this.suspected.push(...found);
      const names = new Set(found.map(({ candidate }) => candidate));
      return this.#settle(
        sure,
        open.filter((candidate) => !names.has(candidate)),
      );
    }
    const [first, second] = split(open, result.raised);
    const fine = this.#settle(sure, first);
    return [...fine, ...this.#settle([...sure, ...fine], second)];
  }

  /** Carries out what raises nothing; undefined where that is nothing at all. */
  run(candidates: readonly Candidate[]): Success | undefined {
    this.#settle([], candidates);
    return this.#best;
  }
}
