import { RULES } from '../../rules/registry.ts';
import { ownId } from '../model/document.ts';
import { type Finding, identities } from '../model/finding.ts';
import type { History } from '../model/history.ts';
import { type Change, type ChangeRequest, type NeedsAll, readChange } from './change.ts';
import { historiesOf } from './history.ts';
import { judgeOptions } from './judge-options.ts';
import type { Judgement } from './judgement.ts';
import { judgeSome, type LintRequest } from './lint.ts';
import { type NamesNow, namesNow } from './names-now.ts';
import { reachOf } from './reach.ts';
import type { Surroundings } from './workspace.ts';

/** A change, and the findings after it. */
export interface JudgedChange {
  readonly change: Change;
  readonly judgement: Judgement;
  /** False where no finding is in a document or board whose verdict can be another one than before the change. */
  readonly mayCause: boolean;
  /** The findings, sorted: all if all were asked for, else at least those in documents and boards that the change reaches. */
  findings(): readonly Finding[];
  /** How many documents there are. */
  readonly documents: number;
  /** How many there were. */
  readonly documentsBefore: number;
  /**
   * The identities of findings before the change, of a merge those of all its parents. Documents go by their names after
   * it.
   *
   * @param keys of which documents and boards: see `keyOf`
   */
  knownBefore(keys: ReadonlySet<string>): Promise<ReadonlySet<string>>;
}

/** The key under which findings of a document or board are known: see `identities`. */
export const keyOf = ({ id, file }: Pick<Finding, 'id' | 'file'>): string => id ?? file;

/** The identities of findings as they would be under today's names. */
export function identitiesNow(findings: readonly Finding[], nameNow: NamesNow): Set<string> {
  return new Set(identities(findings.map((one) => ({ ...one, ...nameNow(one) }))).values());
}

async function knownBefore(
  change: Change,
  histories: readonly History[],
  keys: ReadonlySet<string>,
  request: LintRequest,
): Promise<Set<string>> {
  const known = new Set<string>();
  for (const [nth, { index, workspace }] of change.before.entries()) {
    const nameNow = namesNow(index, change, histories[nth] as History);
    const judgement = { index, workspace, options: judgeOptions(workspace, request.today, request.commandError) };
    const findings = await judgeSome(judgement, (file) => {
      const id = ownId(index.at(file))?.canonical ?? null;
      return keys.has(keyOf(nameNow({ id, file })));
    });
    for (const print of identitiesNow(findings, nameNow)) known.add(print);
  }
  return known;
}

const historyRules = (): Set<string> => new Set(RULES.flatMap(({ id, area }) => (area === 'history' ? [id] : [])));

/** In a merge only what breaks with all parents is broken by it: the others' findings are theirs. */
async function inEveryHistory(
  findings: readonly Finding[],
  judgement: Judgement,
  histories: readonly History[],
): Promise<readonly Finding[]> {
  const ofHistory = historyRules();
  const files = new Set(findings.flatMap(({ rule, file }) => (ofHistory.has(rule) ? [file] : [])));
  if (files.size === 0) return findings;
  let left = findings;
  for (const history of histories) {
    const options = { ...judgement.options, history };
    const other = await judgeSome({ ...judgement, options }, (file) => files.has(file));
    const prints = new Set(identities(other).values());
    const own = identities(left);
    left = left.filter((one) => !ofHistory.has(one.rule) || prints.has(own.get(one) as string));
  }
  return left;
}

/**
 * Reads all documents before and after a change, and judges those that it reaches.
 *
 * @param needsAll whether all are to be judged
 */
export async function judgeChange(
  request: ChangeRequest,
  lint: LintRequest,
  needsAll: NeedsAll,
  surroundings: Surroundings,
): Promise<JudgedChange> {
  const { change, foresight } = await readChange(request, needsAll, surroundings);
  const { workspace, index } = change.after;
  const histories = historiesOf(change);
  const [history, ...others] = histories;
  const options = judgeOptions(workspace, lint.today, lint.commandError);
  const judgement: Judgement = { index, workspace, options: { ...options, history } };
  const reached = foresight && reachOf(change, foresight);
  const judged = await judgeSome(judgement, (path) => reached?.has(path) ?? true);
  const findings = await inEveryHistory(judged, judgement, others);
  return {
    change,
    judgement,
    mayCause: true,
    findings: () => findings,
    documents: index.documents.length,
    documentsBefore: change.before[0]?.index.documents.length ?? 0,
    knownBefore: (keys) => knownBefore(change, histories, keys, lint),
  };
}
