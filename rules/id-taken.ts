import { allItems, type BoardItem } from '../src/model/board.ts';
import type { Document } from '../src/model/document.ts';
import { stringField } from '../src/model/document.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import type { Rule } from '../src/model/rule.ts';

const HELP = 'planproof renumber --conflicts gives what is new here the next free numbers.';

/** Whether both are one document, which came to both branches: by a merge, or picked from one to the other. */
const isSame = (a: Document, b: Document): boolean =>
  a.path === b.path && stringField(a, 'title') === stringField(b, 'title');

const rule: Rule = {
  id: 'id-taken',
  area: 'history',
  severity: 'error',
  summary: 'No new document or task has an id that the other branch has given to another one meanwhile.',
  readsMore: true,
  check(facts, { document, history }) {
    const { id } = document;
    if (!history?.tip || !id || history.was(document) || history.before.holders(id.key).length > 0) return [];
    const theirs = history.tip.holders(id.key).find((other) => !isSame(other, document));
    if (!theirs) return [];
    return [
      {
        message: `Id \`${id.canonical}\` is taken on \`${history.since}\` by ${theirs.path}, expected a free one`,
        place: identityPlace(facts),
        subject: 'id',
        help: HELP,
      },
    ];
  },
  *checkBoard(board, { history }) {
    const theirs = (item: BoardItem): BoardItem | undefined =>
      item.id.id && !history?.before.findItem(item.id.id.key) ? history?.tip?.findItem(item.id.id.key) : undefined;
    for (const item of allItems([board])) {
      const other = theirs(item);
      if (!other || other.title === item.title) continue;
      yield {
        message: `Id \`${item.id.text}\` is taken on \`${history?.since}\` by “${other.title}”, expected a free one`,
        place: item.id.place,
        subject: item.id.text,
        help: HELP,
      };
    }
  },
};

export default rule;
