import type { FixPlan } from '../model/fix.ts';
import { frozenAt, frozenBy } from '../model/frozen.ts';
import { relinkFor } from './carry-out.ts';
import { Claims } from './claims.ts';
import type { Texts } from './texts.ts';

/** A fix that may be carried out. */
export interface Candidate {
  readonly rule: string;
  /** The document or board whose finding it mends. */
  readonly file: string;
  readonly line: number;
  readonly plan: FixPlan;
}

/** A fix that is not carried out, and why. */
export interface Refusal {
  readonly candidate: Candidate;
  readonly reason: string;
}

/** What is carried out together; what is in neither list waits for its turn. */
export interface Choice {
  readonly chosen: readonly Candidate[];
  readonly refused: readonly Refusal[];
}

const movesOf = (candidates: readonly Candidate[]): Map<string, string> =>
  new Map(
    candidates.flatMap(({ file, plan }) =>
      plan.steps.flatMap((step) => (step.kind === 'move' ? [[file, step.to]] : [])),
    ),
  );

const isMove = ({ plan }: Candidate): boolean => plan.steps.some((step) => step.kind === 'move');

/** Why a document stays where it is: a link that leads to it could not follow. */
function stuckLink(candidate: Candidate, texts: Texts): string | undefined {
  const moves = movesOf([candidate]);
  for (const to of moves.values()) if (texts.exists(to)) return `there is a file ${to} already`;
  const { replacements, left } = relinkFor(moves, texts);
  const [stuck] = left;
  if (stuck) return `the link at ${stuck.path}:${stuck.place.line} cannot follow`;
  for (const [path, all] of replacements) {
    const document = texts.index.at(path);
    const reason = all.flatMap(({ place, text }) => (document && frozenAt(document, place, text)) ?? [])[0];
    if (reason !== undefined) return `a link in ${reason}`;
  }
  return undefined;
}

function reasonAgainst(candidate: Candidate, texts: Texts): string | undefined {
  const frozen = frozenBy(candidate.plan, candidate.file, texts.index);
  if (frozen !== undefined) return frozen;
  return isMove(candidate) ? stuckLink(candidate, texts) : undefined;
}

/** Moves come first: the links that follow them take their places. */
function claimAll(candidates: readonly Candidate[], texts: Texts): Candidate[] {
  const claims = new Claims(texts);
  const take = ({ plan, file }: Candidate): boolean => claims.take(plan, file);
  const moving = candidates.filter(isMove).filter(take);
  const follows = [...relinkFor(movesOf(moving), texts).replacements].flatMap(([path, all]) =>
    all.map(({ place }) => ({ path, place })),
  );
  const isFree = follows.every(({ path, place }) => claims.takePlace(path, place));
  // One that moves and writes over a link has to go alone.
  if (!isFree) return moving.slice(0, 1);
  const others = candidates.filter((candidate) => !isMove(candidate)).filter(take);
  return [...moving, ...others];
}

/**
 * Chooses what to carry out together: nothing that changes what is frozen, nothing that touches what was chosen before it.
 */
export function choose(candidates: readonly Candidate[], texts: Texts): Choice {
  const refused: Refusal[] = [];
  const able = candidates.filter((candidate) => {
    const reason = reasonAgainst(candidate, texts);
    if (reason !== undefined) refused.push({ candidate, reason });
    return reason === undefined;
  });
  return { chosen: claimAll(able, texts), refused };
}
