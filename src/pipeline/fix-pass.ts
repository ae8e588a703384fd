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
  readonly because: string;
  /** Files in which errors are raised. */
  readonly suspects: ReadonlySet<string>;
}

const wouldRaise = ({ rule, message, file, line }: Finding): string =>
  `it would raise ${rule} at ${file}:${line}: ${message}`;

/** Those that have nothing to do with the files in which errors are raised, and the others; by halves where all have. */
function split(open: readonly Candidate[], suspects: ReadonlySet<string>): [Candidate[], Candidate[]] {
  const touches = ({ file, plan }: Candidate): boolean =>
    suspects.has(file) ||
    plan.steps.some(
      (step) => ('path' in step && suspects.has(step.path ?? '')) || ('to' in step && suspects.has(step.to)),
    );
  const others = open.filter((candidate) => !touches(candidate));
  if (others.length > 0 && others.length < open.length) return [others, open.filter(touches)];
  const half = open.length >> 1;
  return [open.slice(0, half), open.slice(half)];
}

/** One pass: tries fixes together, and finds those that must not be carried out by halves. */
export class Pass {
  readonly refused: Refusal[] = [];
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
      return { because: wouldRaise(raised[0] as Finding), suspects: new Set(raised.map(({ file }) => file)) };
    } catch (error) {
      if (!(error instanceof Impossible || error instanceof RangeError)) throw error;
      return { because: 'the text there cannot be changed as it would have to be', suspects: new Set() };
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
    const [only, ...more] = open;
    if (only && more.length === 0) {
      this.refused.push({ candidate: only, reason: result.because });
      return [];
    }
    const [first, second] = split(open, result.suspects);
    const fine = this.#settle(sure, first);
    return [...fine, ...this.#settle([...sure, ...fine], second)];
  }

  /** Carries out what raises nothing; undefined where that is nothing at all. */
  run(candidates: readonly Candidate[]): Success | undefined {
    this.#settle([], candidates);
    return this.#best;
  }
}
