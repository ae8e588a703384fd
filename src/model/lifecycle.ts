import type { Whole } from './whole.ts';

/** What a gate can ask for. Rules name the obligation they judge; gates name the statuses in which it holds. */
export type Obligation = 'sections-filled' | 'relations' | 'checklists-ticked' | 'task-claimed' | 'task-linked';

/** What documents in some statuses keep as it is. */
export interface Frozen {
  readonly in: readonly string[];
  /** Names of the template's sections. */
  readonly sections?: readonly string[];
  /** Keys of the frontmatter. */
  readonly fields?: readonly string[];
}

/** `x-document.lifecycle` of a document type. */
export interface Lifecycle {
  readonly initial?: string | undefined;
  readonly finished?: readonly string[] | undefined;
  readonly transitions?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly gates?: Readonly<Record<string, readonly Obligation[]>> | undefined;
  readonly frozen?: readonly Frozen[] | undefined;
}

/** A lifecycle with all its keys. */
export function wholeLifecycle({ initial, finished, transitions, gates, frozen }: Lifecycle): Whole<Lifecycle> {
  return { initial, finished, transitions, gates, frozen };
}

/** The key of gates and transitions that stands for every status, and for none. */
const ANY = '*';

/** Whether a status is the one that new documents begin with. */
export function isInitial(lifecycle: Lifecycle | undefined, status: string | undefined): boolean {
  return status !== undefined && lifecycle?.initial === status;
}

/** Whether a status says that the work is done. */
export function isFinished(lifecycle: Lifecycle | undefined, status: string | undefined): boolean {
  return status !== undefined && (lifecycle?.finished ?? []).includes(status);
}

/** The statuses that a document in a status may move to, the listed ones first, then those open to every status. */
export function nextStatuses(lifecycle: Lifecycle | undefined, status: string | undefined): string[] {
  const transitions = lifecycle?.transitions ?? {};
  const own = status !== undefined && Object.hasOwn(transitions, status) ? (transitions[status] ?? []) : [];
  return [...new Set([...own, ...(transitions[ANY] ?? [])])].filter((next) => next !== status);
}

/** Whether a document in a status can come to another one, over whatever statuses between. */
export function canReach(lifecycle: Lifecycle | undefined, from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const status of reached) for (const next of nextStatuses(lifecycle, status)) reached.add(next);
  return reached.has(to);
}

/** Whether a status leads nowhere and says that the work was given up, such as Rejected or Superseded. */
export function isGivenUp(lifecycle: Lifecycle | undefined, status: string | undefined): boolean {
  if (!lifecycle?.transitions || status === undefined || isFinished(lifecycle, status)) return false;
  return nextStatuses(lifecycle, status).length === 0;
}

/** What the gate of a status asks for. */
export function obligationsOf(lifecycle: Lifecycle | undefined, status: string | undefined): readonly Obligation[] {
  const gates = lifecycle?.gates ?? {};
  const named = status !== undefined && Object.hasOwn(gates, status) ? gates[status] : undefined;
  return named ?? gates[ANY] ?? [];
}

/** Whether a document in a status has to meet an obligation. */
export function asksFor(lifecycle: Lifecycle | undefined, status: string | undefined, obligation: Obligation): boolean {
  return obligationsOf(lifecycle, status).includes(obligation);
}
