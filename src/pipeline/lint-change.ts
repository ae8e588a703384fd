import { type Finding, identities } from '../model/finding.ts';
import { UserError } from '../model/user-error.ts';
import type { Report } from '../reporters/report.ts';
import { baselinePath } from './baseline.ts';
import { causesOf } from './cause.ts';
import type { Change, ChangeRequest } from './change.ts';
import { fromTop, NoSuchPath } from './discover.ts';
import { type Sifted, sift } from './judge-baseline.ts';
import { type JudgedChange, judgeChange, keyOf } from './judge-change.ts';
import { judgeSearched } from './judge-searched.ts';
import { judgeStaged } from './judge-staged.ts';
import { type LintRequest, present } from './lint.ts';
import { isBelow } from './locate.ts';
import { openSearchable } from './open-search.ts';
import type { Surroundings, Workspace } from './workspace.ts';

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
function checkNotEmptied({ documents, documentsBefore, change }: JudgedChange, notify: Surroundings['notify']): void {
  if (documents > 0) return;
  if (documentsBefore === 0) {
    notify('No planning documents here yet.');
    return;
  }
  throw new UserError(
    `No document is left of the ${documentsBefore} in ${change.since}`,
    'Check `roots` in the config. If they are to go, leave planproof out of this one: git commit --no-verify.',
  );
}

type ChangeLint = LintRequest & { readonly change: ChangeRequest; readonly all?: boolean | undefined };

/** Whether all is judged: to show it, or to compare it with a baseline. */
function isWhole({ all = false }: ChangeLint, workspace: Workspace): boolean {
  return all || workspace.source.exists(baselinePath(workspace));
}

/** The change that is staged is mostly known but for one document. */
async function judged(request: ChangeLint, surroundings: Surroundings): Promise<JudgedChange> {
  const isKnown = request.change.kind === 'staged' && (request.cache ?? true);
  const needsAll = (workspace: Workspace): boolean => isWhole(request, workspace);
  const known = isKnown ? await judgeStaged(request, needsAll, surroundings) : undefined;
  if (known) return known;
  const searchable = await openSearchable(request.change, needsAll, surroundings);
  const searched = searchable && (await judgeSearched(searchable, request, surroundings.environment));
  return searched ?? judgeChange(request.change, request, needsAll, surroundings);
}

/** The findings that a change brought in, of all that there are after it. */
async function causedBy(all: readonly Finding[], { knownBefore }: JudgedChange): Promise<Set<Finding>> {
  if (all.length === 0) return new Set();
  const prints = identities(all);
  const before = await knownBefore(new Set(all.map(keyOf)));
  return new Set(all.filter((finding) => !before.has(prints.get(finding) as string)));
}

type IsChosen = ReturnType<typeof chosenCauses>;

/** The findings that a change causes, or all, each with its cause; without those that the baseline holds. */
async function toShow(
  request: ChangeLint,
  verdict: JudgedChange,
  isChosen: IsChosen,
  { environment }: Surroundings,
): Promise<Sifted> {
  const { change, judgement } = verdict;
  const all = verdict.findings();
  const caused = await causedBy(all, verdict);
  const causes = caused.size === 0 ? new Map() : causesOf([...caused], identities(all), change, judgement);
  const { findings, known } = await sift(all, judgement, {
    // What the change does not concern is not its business: entries that nothing needs any more are left to `lint`.
    isWhole: false,
    apply: request.baseline ?? true,
    base: change.before.length === 0 ? undefined : change.since,
    hasChanged: (path) => change.tip !== undefined || change.changed.includes(path),
    environment,
  });
  const ofSet = new Set(all);
  const isOld = (finding: Finding): boolean => ofSet.has(finding) && !caused.has(finding);
  const shown = findings
    // What the baseline itself did is told whatever was chosen.
    .filter((finding) => !ofSet.has(finding) || isChosen(causes.get(finding)?.file ?? finding.file))
    .filter((finding) => request.all || !isOld(finding))
    .map((finding) => ({ ...finding, cause: causes.get(finding) ?? null }));
  return { findings: shown, known };
}

/**
 * Judges a change: the findings that it causes, in whatever document they show, each with its cause.
 *
 * @throws UserError when there is nothing to compare with
 */
export async function lintChange(request: ChangeLint, surroundings: Surroundings): Promise<Report> {
  const verdict = await judged(request, surroundings);
  const { change, judgement, documents, mayCause } = verdict;
  checkNotEmptied(verdict, surroundings.notify);
  const { workspace } = change.after;
  const isChosen = chosenCauses(request, change, surroundings);
  // What the change does not reach need not be looked at.
  const isQuiet = !mayCause && !isWhole(request, workspace);
  const shown: Sifted = isQuiet
    ? { findings: [], known: undefined }
    : await toShow(request, verdict, isChosen, surroundings);
  const report = present({ workspace, given: undefined }, judgement, shown, documents);
  return Object.assign(report, { touched: new Set(change.changed), isNewOnly: request.all !== true });
}
