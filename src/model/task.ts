import { type BoardItem, isClaimed, isDone, requiredConfirmations } from './board.ts';
import type { DocumentIndex } from './document.ts';
import { parseIdText } from './id.ts';
import { isFinished } from './lifecycle.ts';

/** The prerequisites of an item that are not met, each as a sentence. */
export function missingPrerequisites(item: BoardItem, index: DocumentIndex): string[] {
  const { tasks, artifacts, approvals } = item.prerequisites;
  const openTasks = tasks.flatMap(({ text, id }) => {
    const other = id && index.findItem(id.key);
    if (!other) return [`task ${text} is on no board`];
    return isDone(other) ? [] : [`task ${text} is ${other.status.text}`];
  });
  const absent = artifacts
    .filter(({ id }) => id && !index.find(id.key) && !index.findFormer(id.key))
    .map(({ text }) => `document ${text} does not exist`);
  const unconfirmed = approvals
    .filter(({ text }) => !item.confirmed.has(text))
    .map(({ text }) => `approval ${text} is not confirmed (planproof task confirm ${item.id.text} "${text}")`);
  return [...openTasks, ...absent, ...unconfirmed];
}

/** A document that an item produces and that is not finished, as a sentence. */
function unfinished(text: string, index: DocumentIndex, key: Parameters<DocumentIndex['find']>[0]): string[] {
  const document = index.find(key) ?? index.findFormer(key);
  if (!document) return [`document ${text} does not exist`];
  const finished = document.type?.lifecycle?.finished ?? [];
  if (finished.length === 0 || isFinished(document.type?.lifecycle, document.status)) return [];
  return [`document ${text} is ${document.status}, expected ${finished.join(' or ')}`];
}

/** What keeps an item from being done, each as a sentence. */
export function missingCriteria(item: BoardItem, index: DocumentIndex): string[] {
  const produced = new Map(
    [...item.criteria.artifacts, ...item.outputs].flatMap(({ id }) => (id ? [[id.key, id.canonical]] : [])),
  );
  const documents = [...produced].flatMap(([key, text]) => unfinished(text, index, key));
  const unconfirmed = requiredConfirmations(item)
    .filter((what) => !item.confirmed.has(what))
    .map((what) => `${what} not confirmed (planproof task confirm ${item.id.text} ${what})`);
  return [...documents, ...unconfirmed];
}

/** What may be confirmed for an item. */
export function confirmable(item: BoardItem): string[] {
  return [...new Set([...requiredConfirmations(item), ...item.prerequisites.approvals.map(({ text }) => text)])];
}

/**
 * The items that somebody could take now, the best first: by priority, then the one longest untouched, then the lowest
 * number.
 *
 * @param priorities the most urgent first
 */
export function takeable(
  items: readonly BoardItem[],
  index: DocumentIndex,
  priorities: readonly string[],
): BoardItem[] {
  const rank = ({ priority }: BoardItem): number => {
    const at = priorities.indexOf(priority ?? '');
    return at < 0 ? priorities.length : at;
  };
  const number = ({ id }: BoardItem): bigint => BigInt(parseIdText(id.text)?.number ?? 0);
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return items
    .filter((item) => !isClaimed(item) && missingPrerequisites(item, index).length === 0)
    .sort((a, b) => rank(a) - rank(b) || text(a.updatedAt ?? '', b.updatedAt ?? '') || Number(number(a) - number(b)));
}
