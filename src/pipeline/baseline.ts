import { isUtf8 } from 'node:buffer';
import { posix } from 'node:path';
import { FIRM_RULE_IDS, RULE_IDS } from '../../rules/registry.ts';
import { BASELINE_FILE, type Baseline, type BaselineEntry, type BaselineKey, readBaseline } from '../model/baseline.ts';
import { readId } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { pathFrom } from '../model/slashes.ts';
import { didYouMean } from '../model/suggest.ts';
import { UserError } from '../model/user-error.ts';
import type { Source } from '../sources/source.ts';
import type { DocumentSet } from './document-set.ts';
import type { Workspace } from './workspace.ts';

/** A baseline, and the file it was read from. */
export interface BaselineFile extends Baseline {
  /** Relative to the top of the repository, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Its `$schema`. */
  readonly schema?: string;
}

/** The engine's rule on entries that nothing needs. */
export const OUTDATED = 'baseline-outdated';
/** The engine's rule on entries that the base does not have. */
export const GROWN = 'baseline-grown';

/** A baseline of a hundred thousand findings is smaller. */
const MAX_BYTES = 20_000_000;

/** Whether a baseline can hold findings of a rule: none that keeps a run from passing silently, and none about baselines. */
function canHold(rule: string): boolean {
  return !FIRM_RULE_IDS.includes(rule) && rule !== OUTDATED && rule !== GROWN;
}

/** Where the baseline of a repository lies, or would: in the folder of the config, relative to the top. */
export function baselinePath({ top, config }: Pick<Workspace, 'top' | 'config'>): string {
  return posix.join(pathFrom(top, config.folder), BASELINE_FILE);
}

function textOf(bytes: Uint8Array, name: string): string {
  const help = `planproof baseline writes ${BASELINE_FILE}.`;
  if (bytes.length > MAX_BYTES)
    throw new UserError(
      `${name}: Unexpected size of ${Math.ceil(bytes.length / 1e6)} MB, expected at most 20 MB`,
      help,
    );
  if (!isUtf8(bytes)) throw new UserError(`${name}: Unexpected bytes, expected UTF-8 text`, help);
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/**
 * Reads a baseline from wherever the documents come from.
 *
 * @param name what messages call it
 * @returns undefined when there is none
 * @throws UserError when it is not what `planproof baseline` writes
 */
export async function loadBaseline(
  source: Pick<Source, 'read'>,
  path: string,
  name: string = path,
): Promise<BaselineFile | undefined> {
  const bytes = source.read(path);
  if (bytes === undefined) return undefined;
  if ('unreadable' in bytes) throw new UserError(`${name}: ${bytes.unreadable}`);
  return { ...(await readBaseline(name, textOf(bytes, name))), path, bytes };
}

/** Rules that do not exist, and those that no baseline can hold: somebody has edited the file. */
function checkRules({ path, entries, placeOf }: BaselineFile): void {
  for (const [at, { rule }] of entries.entries()) {
    const { line, column } = placeOf(at);
    if (!RULE_IDS.includes(rule))
      throw new UserError(
        `${path}:${line}:${column}: Unknown rule \`${rule}\`${didYouMean(rule, RULE_IDS)}`,
        'If planproof had it once, take the entry out; planproof explain lists all rules.',
      );
    if (!canHold(rule))
      throw new UserError(
        `${path}:${line}:${column}: Unexpected rule \`${rule}\`: it keeps a run from passing silently`,
        'Take the entry out.',
      );
  }
}

/**
 * The baseline of a repository.
 *
 * @returns undefined when it has none
 * @throws UserError when it is not what `planproof baseline` writes
 */
export async function ownBaseline(workspace: Workspace): Promise<BaselineFile | undefined> {
  const baseline = await loadBaseline(workspace.source, baselinePath(workspace));
  if (baseline) checkRules(baseline);
  return baseline;
}

/** Today's id of a document that was renumbered; any other name as it is. */
export function nameToday({ index, workspace }: DocumentSet): (name: string) => string {
  return (name) => {
    const id = readId(name, workspace.types);
    return (id && index.findFormer(id.key)?.id?.canonical) ?? name;
  };
}

/** An entry's key with today's ids of the documents that it names, which may have been renumbered since. */
export function follower(set: DocumentSet): (entry: BaselineEntry) => BaselineKey {
  const today = nameToday(set);
  return ({ document, rule, subject }) => ({
    document: today(document),
    rule,
    subject: subject.replace(/\p{L}[\p{L}\d]*-\d+/gu, today),
  });
}

/** The findings that a baseline may hold, and how many it may not. */
export function holdable(findings: readonly Finding[]): { readonly held: Finding[]; readonly others: number } {
  const held = findings.filter(({ rule }) => canHold(rule));
  return { held, others: findings.length - held.length };
}
