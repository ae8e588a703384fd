import { RULES } from '../../rules/registry.ts';
import { type Finding, fingerprints } from '../model/finding.ts';
import type { History } from '../model/history.ts';
import { UserError } from '../model/user-error.ts';
import type { Report } from '../reporters/report.ts';
import { causesOf } from './cause.ts';
import { type Change, type ChangeRequest, readChange } from './change.ts';
import { fromTop, NoSuchPath } from './discover.ts';
import { historiesOf } from './history.ts';
import { type Judgement, judgeOptions } from './judge.ts';
import { sift } from './judge-baseline.ts';
import { judgeSome, type LintRequest, present } from './lint.ts';
import { isBelow, type Surroundings } from './workspace.ts';

/** The key under which findings of a document or board are known: see `fingerprints`. */
const keyOf = ({ id, file }: Pick<Finding, 'id' | 'file'>): string => id ?? file;

/** The fingerprints before the change; of a merge, those of all its parents. Renumbered documents go by their new ids. */
async function knownBefore(change: Change, keys: ReadonlySet<string>, request: LintRequest): Promise<Set<string>> {
  const known = new Set<string>();
  const idNow = new Map(
    change.after.index.documents.flatMap(({ id, formerIds }) =>
      formerIds.map((former) => [former.canonical as string, id?.canonical] as const),
    ),
  );
  for (const { index, workspace } of change.before) {
    const judgement = { index, workspace, options: judgeOptions(workspace, request.today, request.commandError) };
    const findings = await judgeSome(judgement, (file) => {
      const document = index.at(file);
      const id = (document?.id ?? document?.fileId)?.canonical ?? null;
      return keys.has((id && idNow.get(id)) ?? keyOf({ id, file }));
    });
    const renumbered = findings.map((one) => ({ ...one, id: (one.id && idNow.get(one.id)) ?? one.id }));
    for (const print of fingerprints(renumbered).values()) known.add(print);
  }
  return known;
}

const HISTORY_RULES = new Set(RULES.flatMap(({ id, area }) => (area === 'history' ? [id] : [])));

/** In a merge only what breaks with all parents is broken by it: the others' findings are theirs. */
async function inEveryHistory(
  findings: readonly Finding[],
  judgement: Judgement,
  histories: readonly History[],
): Promise<readonly Finding[]> {
  const files = new Set(findings.flatMap(({ rule, file }) => (HISTORY_RULES.has(rule) ? [file] : [])));
  if (files.size === 0) return findings;
  let left = findings;
  for (const history of histories) {
    const options = { ...judgement.options, history };
    const other = await judgeSome({ ...judgement, options }, (file) => files.has(file));
    const prints = new Set(fingerprints(other).values());
    const own = fingerprints(left);
    left = left.filter((one) => !HISTORY_RULES.has(one.rule) || prints.has(own.get(one) as string));
  }
  return left;
}

/** Files chosen on the command line choose causes: what they broke may show anywhere. */
function chosenCauses(request: LintRequest, change: Change, { cwd }: Surroundings): (cause: string) => boolean {
  if (request.paths.length === 0) return () => true;
  const { workspace } = change.after;
  const chosen = request.paths.map((argument) => {
    const path = fromTop(argument, cwd, workspace.top);
    const sets = [change.after, ...change.before];
    if (!sets.some((set) => set.workspace.source.exists(path === '' ? '.' : path))) throw new NoSuchPath(argument);
    return path;
  });
  return (cause) => chosen.some((path) => isBelow(cause, path));
}

/** No document any more, where there were some: nobody could tell this from a folder that was not found. */
function checkNotEmptied({ after, before, since }: Change, notify: Surroundings['notify']): void {
  const count = before[0]?.index.documents.length ?? 0;
  if (after.index.documents.length > 0) return;
  if (count === 0) {
    notify('No planning documents here yet.');
    return;
  }
  throw new UserError(
    `No document is left of the ${count} in ${since}`,
    'Check `roots` in the config. If they are to go, leave planproof out of this one: git commit --no-verify.',
  );
}

/**
 * Judges a change: the findings that it causes, in whatever document they show, each with its cause.
 *
 * @throws UserError when there is nothing to compare with
 */
export async function lintChange(
  request: LintRequest & { readonly change: ChangeRequest; readonly all?: boolean | undefined },
  surroundings: Surroundings,
): Promise<Report> {
  const change = await readChange(request.change, surroundings);
  checkNotEmptied(change, surroundings.notify);
  const { workspace, index } = change.after;
  const [history, ...others] = historiesOf(change);
  const options = judgeOptions(workspace, request.today, request.commandError);
  const judgement: Judgement = { index, workspace, options: { ...options, history } };
  const all = await inEveryHistory(await judgeSome(judgement), judgement, others);
  const prints = fingerprints(all);
  const before = all.length === 0 ? new Set() : await knownBefore(change, new Set(all.map(keyOf)), request);
  const caused = new Set(all.filter((finding) => !before.has(prints.get(finding) as string)));
  const causes = causesOf([...caused], prints, change, judgement);
  const { findings, known } = await sift(all, judgement, {
    // What the change does not concern is not its business: entries that nothing needs any more are left to `lint`.
    isWhole: false,
    apply: request.baseline ?? true,
    base: change.before.length === 0 ? undefined : change.since,
    environment: surroundings.environment,
  });
  const ofSet = new Set(all);
  const isOld = (finding: Finding): boolean => ofSet.has(finding) && !caused.has(finding);
  const isChosen = chosenCauses(request, change, surroundings);
  const shown = findings
    // What the baseline itself did is told whatever was chosen.
    .filter((finding) => !ofSet.has(finding) || isChosen(causes.get(finding)?.file ?? finding.file))
    .filter((finding) => request.all || !isOld(finding))
    .map((finding) => ({ ...finding, cause: causes.get(finding) ?? null }));
  return {
    ...present({ workspace, given: undefined }, judgement, { findings: shown, known }, index.documents.length),
    touched: new Set(change.changed),
    older: request.all ? undefined : findings.filter(isOld).length,
  };
}
