/** What a gate can ask for. Rules name the obligation they judge; gates name the statuses in which it holds. */
export type Obligation = 'sections-filled' | 'relations' | 'checklists-ticked' | 'task-claimed' | 'task-linked';

/** `x-document.lifecycle` of a document type. */
export interface Lifecycle {
  readonly initial?: string;
  readonly finished?: readonly string[];
  readonly transitions?: Readonly<Record<string, readonly string[]>>;
  readonly gates?: Readonly<Record<string, readonly Obligation[]>>;
}

/** The key of gates and transitions that stands for every status, and for none. */
const ANY = '*';

/** Whether a document in a status has to meet an obligation. */
export function asksFor(lifecycle: Lifecycle | undefined, status: string | undefined, obligation: Obligation): boolean {
  const gates = lifecycle?.gates ?? {};
  const named = status !== undefined && Object.hasOwn(gates, status) ? gates[status] : undefined;
  return (named ?? gates[ANY] ?? []).includes(obligation);
}
