import { isUnknownItem, itemIds } from '../src/model/board.ts';
import { type DocumentIndex, readId } from '../src/model/document.ts';
import type { Violation } from '../src/model/finding.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import { referencesOf } from '../src/model/reference.ts';
import { namedBy, planOf, rewritten } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';
import { didYouMean, onlyNearest } from '../src/model/suggest.ts';

const boardsOf = ({ boards }: DocumentIndex): string => boards.map((board) => board.path).join(', ') || 'none here';

const rule: Rule = {
  id: 'task-exists',
  area: 'board',
  severity: 'error',
  summary: 'Every task that a document names, or is about, is an item of a board.',
  readsMore: true,
  fixable: 'unsafe',
  check(facts, { document, index, types, config }) {
    const violations: Violation[] = [];
    const references = referencesOf(document, types, config);
    for (const reference of references) {
      const { field, text, place, id } = reference;
      if (!id || id.type.board === undefined || !isUnknownItem(id.key, index)) continue;
      const meant = onlyNearest(id.canonical, itemIds(index));
      const other = meant === undefined ? undefined : readId(meant, types);
      violations.push({
        message: `Unknown task \`${text}\`, expected an item of the board (${boardsOf(index)})${didYouMean(id.canonical, itemIds(index))}`,
        place,
        subject: `${field} ${text}`,
        ...planOf(
          other && !namedBy(references).has(field, other.key) ? rewritten(reference, other.canonical) : undefined,
          false,
        ),
      });
    }
    const own = document.type?.board === undefined ? undefined : document.id;
    if (!own || !isUnknownItem(own.key, index)) return violations;
    const message = `\`${own.canonical}\` is no item of the board (${boardsOf(index)}), expected one that this document is about`;
    violations.push({ message, place: identityPlace(facts), subject: 'id' });
    return violations;
  },
};

export default rule;
