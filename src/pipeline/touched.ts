import type { Changes } from '../cache/changes-file.ts';
import type { Ledger } from '../cache/ledger.ts';
import { type DocumentIndex, ownId } from '../model/document.ts';
import { compareFindings, type Finding } from '../model/finding.ts';
import type { IdKey } from '../model/id.ts';
import { isHistoryBroken, judgeDocument } from './judge.ts';
import type { Judgement } from './judgement.ts';
import type { Stock } from './take-stock.ts';

/** The documents that are not judged yet and have the id of one of some documents: findings are compared by ids. */
function openBesides(paths: ReadonlySet<string>, index: DocumentIndex, ledger: Ledger): string[] {
  const keyAt = (path: string): IdKey | undefined => ownId(index.at(path))?.key;
  const keys = new Set([...paths].flatMap((path) => keyAt(path) ?? []));
  return [...keys].flatMap((key) =>
    ledger.named('id', key).filter((path) => ledger.record(path)?.open && keyAt(path) === key),
  );
}

/** What a change touches, and those documents among it that are not judged yet though they are as they were. */
export function touchedBy(
  changed: readonly string[],
  [before, after]: readonly [before: Stock, after: Stock],
  ledger: Ledger,
): { readonly touched: ReadonlySet<string>; readonly open: readonly string[] } {
  const touched = new Set([...changed, ...after.affected, ...before.affected]);
  if (ledger.openCount === 0) return { touched, open: [] };
  const besides = openBesides(touched, after.index, ledger);
  for (const path of besides) touched.add(path);
  const open = [...touched].filter((path) => !after.records.has(path) && ledger.record(path)?.open);
  return { touched, open };
}

type Touched = NonNullable<Changes['touched']>;

/** The findings, with those of the rules of history, in documents where those have something to say. */
export function judgeTouched(paths: ReadonlySet<string>, judgement: Judgement): Touched {
  return [...paths].flatMap((path) => {
    const document = judgement.index.at(path);
    const isBroken = document !== undefined && isHistoryBroken(document, judgement);
    return isBroken ? [[path, judgeDocument(document, judgement)] as const] : [];
  });
}

export function withTouched(all: readonly Finding[], touched: Touched): Finding[] {
  const judged = new Set(touched.map(([path]) => path));
  const others = all.filter(({ file }) => !judged.has(file));
  return [...others, ...touched.flatMap(([, findings]) => findings)].sort(compareFindings);
}
