import { conflictRenaming, type Settled } from '../generator/conflict-renaming.ts';
import { type Conflicts, findConflicts, type Undecided } from '../generator/conflicts.ts';
import { type Histories, lineageOf } from '../generator/lineage.ts';
import { nextNumbers } from '../generator/number.ts';
import { renumber } from '../generator/renumber.ts';
import { sourcesOf } from '../generator/rewrite.ts';
import { takenNumbers } from '../generator/taken.ts';
import { EXIT, type Io, notifier } from '../io.ts';
import { ownId } from '../model/document.ts';
import type { DocumentType } from '../model/document-type.ts';
import { parseIdText } from '../model/id.ts';
import { UserError } from '../model/user-error.ts';
import { boardPaths, type DocumentSet, readDocumentsAt } from '../pipeline/document-set.ts';
import { readText } from '../pipeline/read.ts';
import { clean } from '../reporters/clean.ts';
import { commonCommits, defaultBase, unmergedPaths } from '../sources/git-base.ts';
import { resolveCommit } from '../sources/git-revision.ts';
import { carryOut, notifyLeft } from './carry-out.ts';
import { type NewId, type RenumberOptions, renumberedJson, renumberedLines } from './renumber.ts';
import { idWithNumber } from './renumber-target.ts';
import { surroundingsOf } from './surroundings.ts';

const MARKER = /^(?:<{7}|>{7}) /m;

/** A text with two versions of one place cannot be read as either. */
function checkMerged({ workspace, index }: DocumentSet, io: Io): void {
  const unmerged = unmergedPaths(workspace.top, io.environment);
  const files = [...index.documents.map(({ path }) => path), ...boardPaths(workspace)];
  const marked = files.find((path) => {
    if (!unmerged.has(path)) return false;
    const bytes = workspace.source.read(path);
    const text = bytes && readText(bytes, Number.POSITIVE_INFINITY);
    return typeof text === 'string' && MARKER.test(text);
  });
  if (marked !== undefined)
    throw new UserError(`${marked} has conflict markers of a merge`, 'Resolve them first, then run this again.');
}

async function readHistories(here: DocumentSet, base: string, io: Io): Promise<Histories> {
  const surroundings = surroundingsOf(io);
  const { top } = here.workspace;
  const commit = resolveCommit(top, base, io.environment);
  const tip = await readDocumentsAt(commit, surroundings);
  const common: DocumentSet[] = [];
  for (const past of commonCommits(top, commit, io.environment))
    common.push(past === commit ? tip : await readDocumentsAt(past, surroundings));
  return { here, tip, common };
}

/** The numbers of a type that the base has, whatever it is called: a tag or a hash is no branch. */
function numbersAt({ index }: DocumentSet, type: DocumentType): bigint[] {
  const ids = [
    ...index.documents.flatMap((document) => [ownId(document), document.fileId, ...document.formerIds]),
    ...index.boards.flatMap((board) => board.items.map(({ id }) => id.id)),
  ];
  return ids.flatMap((id) => (id?.type === type ? BigInt(parseIdText(id.canonical)?.number ?? 0) : []));
}

/** Gives each document that clashes a number that is free everywhere. */
function settle({ clashes }: Conflicts, { here, tip }: Histories, environment: NodeJS.ProcessEnv): Settled[] {
  const types = new Set(clashes.map(({ id }) => id.type));
  return [...types].flatMap((type) => {
    const own = clashes.filter(({ id }) => id.type === type);
    const counts = own.map(({ documents }) => Math.max(1, documents.length));
    const taken = new Set([
      ...takenNumbers(type, here, environment),
      ...numbersAt(tip, tip.workspace.types.get(type.name) ?? type),
    ]);
    const numbers = nextNumbers(
      taken,
      counts.reduce((sum, count) => sum + count, 0),
    );
    return own.map((clash, at): Settled => {
      const news = numbers.splice(0, counts[at]).map((number) => idWithNumber(type, number));
      return { ...clash, news };
    });
  });
}

function newIds(settled: readonly Settled[]): NewId[] {
  return settled.flatMap(({ id, documents, items, news }) => {
    const to = (at: number): NewId['to'] => news[at] as NewId['to'];
    if (documents.length === 0) return [{ from: id, to: to(0), path: items[0]?.board.path ?? '' }];
    return documents.map(({ path }, at) => ({ from: id, to: to(at), path }));
  });
}

const undecidedLine = ({ id, documents }: Undecided): string =>
  `${id.canonical} is the id of ${documents.map(({ path }) => path).join(' and ')}, and the history does not tell which of them is newer: planproof renumber ${documents.at(-1)?.path}`;

/** Renumbers all that this branch has added under ids which the base has for other things. @returns the exit code */
export async function renumberConflicts(here: DocumentSet, options: RenumberOptions, io: Io): Promise<number> {
  const { top, hasGit } = here.workspace;
  if (!hasGit) throw new UserError('No git repository here, so there is no base to compare with (--conflicts)');
  checkMerged(here, io);
  const base = options.base ?? defaultBase(top, io.environment);
  const histories = await readHistories(here, base, io);
  const lineage = lineageOf(here, histories.common);
  const conflicts = findConflicts(histories, lineage);
  const settled = settle(conflicts, histories, io.environment);
  const result = renumber(conflictRenaming(settled, histories, lineage, sourcesOf(here)), here);
  const ids = newIds(settled);
  if (ids.length === 0 && conflicts.undecided.length === 0) notifier(io)(`No id clashes with ${clean(base)}.`);
  notifyLeft(result.left, result.unread, io);
  carryOut(
    { changes: result.changes, lines: renumberedLines(ids), data: renumberedJson(ids, result) },
    options,
    here,
    io,
  );
  for (const one of conflicts.undecided) notifier(io)(clean(undecidedLine(one)));
  return conflicts.undecided.length > 0 ? EXIT.findings : EXIT.clean;
}
