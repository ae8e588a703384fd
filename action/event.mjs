import { readFileSync } from 'node:fs';
import { Refusal } from './refusal.mjs';

const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Events that only people with write access cause, for what they let in. */
const OWN = ['push', 'merge_group', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'];

/** What started the run; the payload is undefined when it cannot be read. */
export function readEvent(environment) {
  const name = environment.GITHUB_EVENT_NAME ?? '';
  try {
    const payload = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'));
    return { name, payload: payload ?? undefined };
  } catch {
    return { name, payload: undefined };
  }
}

const isPullRequest = ({ name }) => /^pull_request(?:_|$)/.test(name);

/**
 * What GitHub merged a pull request into, when that merge is what is checked out: the event may name an older commit,
 * and then changes of others would be taken for those of the pull request.
 */
async function mergedInto({ name, payload }, parents) {
  const head = payload?.pull_request?.head?.sha;
  if (name !== 'pull_request' || typeof head !== 'string') return undefined;
  const [base, merged] = await parents();
  return merged === head ? base : undefined;
}

/** The commit on which a proposed change rests. @throws Refusal when the event names none */
function proposedBase({ name, payload }) {
  const hash = name === 'merge_group' ? payload?.merge_group?.base_sha : payload?.pull_request?.base?.sha;
  if (typeof hash === 'string' && HASH.test(hash)) return hash;
  throw new Refusal(`The event ${name} names no base commit`, 'Give one as `base`, or `base: none`.');
}

/**
 * The commit to compare with, from the event: undefined where there is none.
 *
 * @param {{isKnown: (hash: string) => Promise<boolean>, parents: () => Promise<string[]>}} checkout whether it has a
 *   commit, and the parents of the one that is checked out
 * @throws Refusal when the event of a proposed change names none
 */
export async function baseOf(event, { isKnown, parents }) {
  if (isPullRequest(event) || event.name === 'merge_group')
    return (await mergedInto(event, parents)) ?? proposedBase(event);
  const before = event.name === 'push' ? event.payload?.before : undefined;
  // A new branch has zeros; a forced push replaces what may be gone.
  if (typeof before !== 'string' || !HASH.test(before) || /^0+$/.test(before)) return undefined;
  return (await isKnown(before)) ? before : undefined;
}

/** Whether the checkout can only hold what people with write access put there. In doubt it does not. */
export function isOwnCode({ name, payload }) {
  if (payload === undefined) return false;
  if (OWN.includes(name)) return true;
  const { head, base } = payload.pull_request ?? {};
  const [from, to] = [head?.repo?.full_name, base?.repo?.full_name];
  return isPullRequest({ name }) && typeof from === 'string' && from !== '' && from === to;
}
