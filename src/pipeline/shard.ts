import { createHash } from 'node:crypto';
import { ownId } from '../model/document.ts';
import { packageVersion } from '../model/package-files.ts';
import { UserError } from '../model/user-error.ts';
import type { ShardMark } from '../reporters/report.ts';
import { nameToday } from './baseline.ts';
import type { DocumentSet } from './document-set.ts';

/** One of so many parts of a run, as vitest and Playwright count them: from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What a shard judges. */
export interface Share {
  readonly mark: ShardMark;
  /** Its documents and boards. */
  readonly shown: ReadonlySet<string>;
  /** Whether an entry of the baseline, by its document, is this shard's to judge: each is that of exactly one. */
  owns(document: string): boolean;
}

/** More jobs than any CI service runs at once. */
const MOST = 10_000;

/**
 * Reads `2/5`.
 *
 * @throws UserError on anything else
 */
export function parseShard(text: string): Shard {
  const [, index, count] = (/^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []).map(Number);
  if (index === undefined || count === undefined || index > count || count > MOST)
    throw new UserError(
      `Unexpected --shard \`${text}\`, expected the number of a shard and how many there are, such as 1/3`,
      `Shards count from 1; the last of three is 3/3, and there are ${MOST} at most.`,
    );
  return { index, count };
}

/** The end of the way from a name to today's, where documents were renumbered more than once; in a circle its first name. */
function settled(name: string, today: (name: string) => string): string {
  const way = [name];
  for (;;) {
    const next = today(way.at(-1) as string);
    if (next === way.at(-1)) return next;
    const met = way.indexOf(next);
    if (met >= 0) return way.slice(met).sort()[0] as string;
    way.push(next);
  }
}

/**
 * The share of a shard: the paths in their order in turn. Documents that have one id, or had it, stay together, since
 * fingerprints count the findings of an id, and so does the baseline.
 *
 * @param paths what is divided, in whatever order
 */
export function shareOf({ index, count }: Shard, paths: Iterable<string>, set: DocumentSet): Share {
  const sorted = [...paths].sort();
  const today = nameToday(set);
  const groupOf = (name: string): string => settled(name, today);
  const shards = new Map<string, number>();
  const shown = new Set<string>();
  for (const path of sorted) {
    const group = groupOf(ownId(set.index.at(path))?.canonical ?? path);
    const shard = shards.get(group) ?? (shards.size % count) + 1;
    shards.set(group, shard);
    if (shard === index) shown.add(path);
  }
  const hash = createHash('sha256').update(JSON.stringify([packageVersion(), count, sorted]));
  return {
    mark: { index, count, set: hash.digest('hex').slice(0, 32) },
    shown,
    owns: (document) => (shards.get(groupOf(document)) ?? 1) === index,
  };
}
