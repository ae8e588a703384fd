import { type Document, SUCCESSOR } from '../src/model/document.ts';
import { isGivenUp, isInitial } from '../src/model/lifecycle.ts';
import { type Reference, referencesOf } from '../src/model/reference.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

function namesBack(target: Document, field: string, { document, types, config }: RuleContext): boolean {
  return referencesOf(target, types, config).some(
    (reference) => reference.field === field && reference.id?.key === document.id?.key,
  );
}

/** What is only proposed has not replaced anything yet, and what was turned down never did. */
function neverHeld({ type, status }: Document, references: readonly Reference[]): boolean {
  const isReplaced = references.some(({ field }) => field === SUCCESSOR);
  return isInitial(type?.lifecycle, status) || (isGivenUp(type?.lifecycle, status) && !isReplaced);
}

const rule: Rule = {
  id: 'relation-reciprocal',
  area: 'relations',
  severity: 'error',
  summary: 'Where a relation goes in pairs, the target names the document in turn.',
  readsMore: true,
  *check(_facts, context) {
    const { document, index, types, config } = context;
    if (!document.id) return;
    const references = referencesOf(document, types, config);
    if (neverHeld(document, references)) return;
    for (const { field, relation, text, place, id } of references) {
      // The other side of a relation to a board's item stands on the board: see task-linked.
      const target = id && id.type.board === undefined ? index.find(id.key) : undefined;
      if (relation.reverse === undefined || !target || namesBack(target, relation.reverse, context)) continue;
      yield {
        message: `\`${text}\` does not name \`${document.id.canonical}\` in \`${relation.reverse}\`, expected both sides of the pair`,
        place,
        subject: `${field} ${text}`,
      };
    }
  },
};

export default rule;
