import { type DocumentIndex, ownId } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { keyOfCanonical } from '../model/id.ts';
import type { Change } from './change.ts';
import { Foresight } from './foresight.ts';
import { historyOf } from './history.ts';
import { identitiesNow, type JudgedChange, keyOf } from './judge-change.ts';
import { type JudgeOptions, judgeOptions } from './judge-options.ts';
import type { Judgement } from './judgement.ts';
import { judgeThese, type LintRequest } from './lint.ts';
import { namesNow } from './names-now.ts';
import type { SearchableChange } from './open-search.ts';
import { reachOf } from './reach.ts';
import { SearchFinder } from './search-finder.ts';
import { SearchSets } from './search-sets.ts';
import { NotSearchable } from './searched-documents.ts';
import type { Workspace } from './workspace.ts';

/** The findings in some documents and boards, sorted. */
function findingsIn(paths: ReadonlySet<string>, judgement: Judgement): Promise<Finding[]> {
  const { index } = judgement;
  const documents = [...paths].sort().flatMap((path) => index.at(path) ?? []);
  return judgeThese(
    judgement,
    documents,
    index.boards.filter(({ path }) => paths.has(path)),
  );
}

async function judged(
  searchable: SearchableChange,
  request: LintRequest,
  environment: NodeJS.ProcessEnv,
  least: number,
): Promise<JudgedChange> {
  const { workspace, changed, since, tip } = searchable;
  workspace.expectDocuments?.(changed.length);
  const optionsOf = (own: Workspace): JudgeOptions => judgeOptions(own, request.today, request.commandError);
  const sets = new SearchSets(searchable, environment, least);
  const { searched, after } = sets;
  const before = sets.with(changed, { ...workspace, source: searchable.before });
  const tipOf = ({ source, changed: others }: NonNullable<typeof tip>): DocumentIndex =>
    sets.with([...new Set([...changed, ...others])].sort(), { ...workspace, source }).index;
  const change: Change = {
    since,
    before: [before],
    after,
    tip: tip && tipOf(tip),
    changed,
    newRules: false,
  };
  const foresight = new Foresight(workspace);
  const finder = new SearchFinder({
    workspace,
    searched,
    foresight,
    changed,
    beside: sets.beside,
    before: before.index,
    after: after.index,
  });
  const reached = reachOf(change, foresight, () => finder) as ReadonlySet<string>;
  const gone = changed.flatMap((path) => before.index.at(path) ?? []);
  const history = historyOf(before, after, { since, tip: change.tip, candidates: gone });
  const judgement: Judgement = { ...after, options: { ...optionsOf(workspace), history } };
  const findings = await findingsIn(reached, judgement);
  return {
    change,
    judgement,
    mayCause: findings.length > 0,
    findings: () => findings,
    documents: after.count,
    documentsBefore: before.count,
    knownBefore: async (keys) => {
      const nameNow = namesNow(before.index, change, history);
      // What has not changed goes by the name that it had.
      const owners = [...keys].flatMap((key) => searched.named('id', keyOfCanonical(key)));
      const isWanted = (path: string): boolean => {
        const id = ownId(before.index.at(path))?.canonical ?? null;
        return keys.has(keyOf(nameNow({ id, file: path })));
      };
      const wanted = new Set([...reached, ...changed, ...owners].filter(isWanted));
      return identitiesNow(await findingsIn(wanted, { ...before, options: optionsOf(before.workspace) }), nameNow);
    },
  };
}

/**
 * Judges a change without reading the documents that it does not concern: git looks for them in the working tree.
 *
 * @param least so many documents there have to be: fewer are read as fast
 * @returns undefined where all have to be read
 */
export async function judgeSearched(
  searchable: SearchableChange,
  request: LintRequest,
  environment: NodeJS.ProcessEnv,
  least = 0,
): Promise<JudgedChange | undefined> {
  try {
    return await judged(searchable, request, environment, least);
  } catch (error) {
    if (error instanceof NotSearchable) return undefined;
    throw error;
  }
}
