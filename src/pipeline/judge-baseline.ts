import { BASELINE_FILE, type BaselineEntry, baselineKey, countOf } from '../model/baseline.ts';
import { match } from '../model/baseline-match.ts';
import { compareFindings, type Finding, type Violation } from '../model/finding.ts';
import type { KnownFindings } from '../reporters/report.ts';
import { type CommitSource, gitRef } from '../sources/git-ref.ts';
import { commonAncestor } from '../sources/git-revision.ts';
import { type BaselineFile, follower, GROWN, holdable, loadBaseline, OUTDATED, ownBaseline } from './baseline.ts';
import type { DocumentSet } from './document-set.ts';
import { toFindings } from './judge.ts';

/** How a baseline is applied. */
export interface BaselineRequest {
  /** The findings are those of the whole set: an entry that none of them needs is outdated. */
  readonly isWhole: boolean;
  /** Which entries are judged, by their document; all if absent. */
  readonly owns?: ((document: string) => boolean) | undefined;
  /** False leaves all findings in. */
  readonly apply: boolean;
  /** The ref with whose baseline the own one is compared. */
  readonly base: string | undefined;
  /** Whether a file may not be as the base has it; any may if absent. */
  readonly hasChanged?: ((path: string) => boolean) | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** Findings without the known ones, and how many those are. */
export interface Sifted {
  /** Sorted. */
  readonly findings: readonly Finding[];
  readonly known: KnownFindings | undefined;
}

const subjectOf = ({ rule, subject, document }: BaselineEntry): string => `${document} ${rule} ${subject}`;
const named = ({ rule, subject }: BaselineEntry): string =>
  subject === '' ? `\`${rule}\`` : `\`${rule}\` of \`${subject}\``;
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function outdated(entry: BaselineEntry, left: number): Omit<Violation, 'place'> {
  const now = entry.count - left;
  const message =
    now === 0
      ? `Unexpected entry: there is no ${named(entry)} in ${entry.document} any more`
      : `Unexpected count ${entry.count}: there is ${named(entry)} in ${entry.document} only ${times(now)} now`;
  return { message, subject: subjectOf(entry), help: 'planproof baseline --prune takes out what no longer occurs.' };
}

function grown(entry: BaselineEntry, missing: number, base: string): Omit<Violation, 'place'> {
  const had = entry.count - missing;
  const message =
    had === 0
      ? `Unexpected entry: the baseline of \`${base}\` has no ${named(entry)} in ${entry.document}`
      : `Unexpected count ${entry.count}, expected at most ${had}: so often has the baseline of \`${base}\` ${named(entry)} in ${entry.document}`;
  return {
    message,
    subject: subjectOf(entry),
    help: 'A baseline only shrinks: mend the finding, or except it where it stands, with a reason.',
  };
}

/** A finding at the line of an entry. */
function raise(
  rule: string,
  at: number,
  violation: Omit<Violation, 'place'>,
  baseline: BaselineFile,
  { workspace }: DocumentSet,
): Finding[] {
  const raised = [{ rule, violation: { ...violation, place: baseline.placeOf(at) } }];
  return toFindings(raised, baseline.path, null, workspace);
}

/** Where the base may keep its baseline: there, or where a file of that name has been moved from. */
function basePaths(path: string, base: CommitSource, { workspace }: DocumentSet): string[] {
  if (base.exists(path)) return [path];
  const named = base.list(['']).filter((one) => one === BASELINE_FILE || one.endsWith(`/${BASELINE_FILE}`));
  return named.filter((one) => !workspace.source.exists(one));
}

/** Entries, or parts of their counts, that the base does not have. A base without any baseline takes up the first one. */
async function judgeGrowth(
  own: BaselineFile | undefined,
  ref: string,
  set: DocumentSet,
  environment: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  // Most repositories have none, and a hook should not ask git for nothing.
  if (!own) return [];
  const { top } = set.workspace;
  const base = gitRef(top, commonAncestor(top, ref, environment), environment);
  const theirs = await Promise.all(
    basePaths(own.path, base, set).map((path) => loadBaseline(base, path, `${ref}:${path}`)),
  );
  if (theirs.length === 0) return [];
  const wanted = own.entries.map((entry) => ({ key: entry, count: entry.count }));
  const { missing } = match(
    wanted,
    theirs.flatMap((one) => one?.entries ?? []),
    follower(set),
  );
  return own.entries.flatMap((entry, at) =>
    missing[at] === 0 ? [] : raise(GROWN, at, grown(entry, missing[at] as number, ref), own, set),
  );
}

/** Takes the known findings out, and says which entries are needed no more. */
function applyBaseline(
  findings: readonly Finding[],
  own: BaselineFile,
  { isWhole, owns = () => true }: BaselineRequest,
  set: DocumentSet,
): Sifted {
  const { held } = holdable(findings);
  const wanted = held.map((finding) => ({ key: baselineKey(finding), count: 1 }));
  const { missing, left } = match(wanted, own.entries, follower(set));
  const silent = new Set(held.filter((_, at) => missing[at] === 0));
  const stale = own.entries.flatMap((entry, at) =>
    isWhole && left[at] !== 0 && owns(entry.document)
      ? raise(OUTDATED, at, outdated(entry, left[at] as number), own, set)
      : [],
  );
  const fresh = findings.filter((finding) => !silent.has(finding));
  return { findings: [...fresh, ...stale], known: { file: own.path, findings: silent.size } };
}

/** What of a baseline still occurs. */
export function stillNeeded(
  findings: readonly Finding[],
  own: BaselineFile,
  set: DocumentSet,
): { readonly entries: BaselineEntry[]; readonly removed: number } {
  const wanted = holdable(findings).held.map((finding) => ({ key: baselineKey(finding), count: 1 }));
  const { left } = match(wanted, own.entries, follower(set));
  const entries = own.entries
    .map((entry, at) => ({ ...entry, count: entry.count - (left[at] as number) }))
    .filter(({ count }) => count > 0);
  return { entries, removed: countOf(own.entries) - countOf(entries) };
}

/**
 * Leaves out the findings that the repository's baseline holds, and judges the baseline itself.
 *
 * @throws UserError when the baseline cannot be read, or the base is unknown
 */
export async function sift(findings: readonly Finding[], set: DocumentSet, request: BaselineRequest): Promise<Sifted> {
  const { apply, base, hasChanged, environment } = request;
  const own = await ownBaseline(set.workspace);
  const isSame = own !== undefined && hasChanged?.(own.path) === false;
  const growth = base === undefined || isSame ? [] : await judgeGrowth(own, base, set, environment);
  const { findings: kept, known } =
    own && apply ? applyBaseline(findings, own, request, set) : { findings, known: undefined };
  return { findings: [...kept, ...growth].sort(compareFindings), known };
}
