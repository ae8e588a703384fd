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

/** The documents and boards whose findings can be others than before a change. */
export function touchedBy(
  changed: readonly string[],
  [before, after]: readonly [before: Stock, after: Stock],
  ledger: Ledger,
): Set<string> {
  const touched = new Set([...changed, ...after.affected, ...before.affected]);
  const besides = ledger.openCount === 0 ? [] : openBesides(touched, after.index, ledger);
  return new Set([...touched, ...besides]);
}

/** What has to be judged in a state to know the findings of what a change touches: the ledger does not tell. */
export function unknownIn(
  { affected, records }: Pick<Stock, 'affected' | 'records'>,
  touched: ReadonlySet<string>,
  ledger: Ledger,
): Set<string> {
  const isOpen = (path: string): boolean => !records.has(path) && ledger.record(path)?.open === true;
  return new Set([...affected, ...(ledger.openCount === 0 ? [] : [...touched].filter(isOpen))]);
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
