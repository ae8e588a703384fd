import { type Board, type BoardItem, type BoardReference, isDone, isUnknownItem, itemIds } from '../src/model/board.ts';
import { boardText } from '../src/model/board-fix.ts';
import type { DocumentId, DocumentIndex } from '../src/model/document.ts';
import type { FixPlan } from '../src/model/fix.ts';
import { planOf } from '../src/model/reference-fix.ts';
import { classifyReference } from '../src/model/relation.ts';
import type { Rule, SetContext } from '../src/model/rule.ts';
import { didYouMean, oneOf, onlyNearest } from '../src/model/suggest.ts';

/** What has to exist now: inputs, outputs and, once the item is done, what it was to produce. */
function artifacts(item: BoardItem): BoardReference[] {
  return [...item.inputs, ...item.outputs, ...(isDone(item) ? item.criteria.artifacts : [])];
}

/** Whether an id is no item of a board. */
function isUnknown({ key, type }: DocumentId, index: DocumentIndex): boolean {
  return type.board === undefined || isUnknownItem(key, index);
}

function wrongArtifact({ text, id }: BoardReference, { index, config, types, exists }: SetContext): string | undefined {
  const { kind } = classifyReference(text, config.externalPrefixes);
  if (kind === 'external' || (kind === 'path' && exists(text))) return undefined;
  if (kind === 'path') return `Unknown file \`${text}\`, expected an existing one`;
  if (id && (index.find(id.key) || index.findFormer(id.key) || !isUnknown(id, index))) return undefined;
  if (id) return `Unknown document \`${text}\`, expected an existing one${didYouMean(id.canonical, index.ids())}`;
  const prefixes = [...types.values()].flatMap((type) => type.id?.prefix ?? []);
  return `Unexpected artifact \`${text}\`, expected an id with one of the prefixes ${oneOf(prefixes)}`;
}

/** The only known id that is written much the same: a guess. */
function mend(board: Board, reference: BoardReference, known: readonly string[]): { fix?: FixPlan } {
  const meant = reference.id && onlyNearest(reference.id.canonical, known);
  return planOf(meant === undefined ? undefined : boardText(board, reference, meant), false);
}

const rule: Rule = {
  id: 'board-artifact',
  area: 'board',
  severity: 'error',
  summary: 'Every artifact of an item exists, and every task it waits for is on a board.',
  readsMore: true,
  fixable: 'unsafe',
  *checkBoard(board, context) {
    for (const item of board.items) {
      for (const reference of artifacts(item)) {
        const message = wrongArtifact(reference, context);
        if (message !== undefined)
          yield {
            message,
            place: reference.place,
            subject: `${item.id.text} ${reference.text}`,
            ...mend(board, reference, context.index.ids()),
          };
      }
      for (const reference of item.prerequisites.tasks) {
        const { id, text, place } = reference;
        if (id && !isUnknown(id, context.index)) continue;
        const others = itemIds(context.index).filter((other) => other !== item.id.id?.canonical);
        const message = `Unknown task \`${text}\`, expected an item of a board${didYouMean(text, others)}`;
        yield { message, place, subject: `${item.id.text} ${text}`, ...mend(board, reference, others) };
      }
    }
  },
};

export default rule;
