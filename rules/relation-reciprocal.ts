import type { Document } from '../src/model/document.ts';
import { isInitial } from '../src/model/lifecycle.ts';
import { referencesOf } from '../src/model/reference.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

function namesBack(target: Document, field: string, { document, types, config }: RuleContext): boolean {
  return referencesOf(target, types, config).some(
    (reference) => reference.field === field && reference.id?.key === document.id?.key,
  );
}

const rule: Rule = {
  id: 'relation-reciprocal',
  area: 'relations',
  severity: 'error',
  summary: 'Where a relation goes in pairs, the target names the document in turn.',
  readsMore: true,
  *check(_facts, context) {
    const { document, index, types, config } = context;
    // What is only proposed has not replaced anything yet.
    if (!document.id || isInitial(document.type?.lifecycle, document.status)) return;
    for (const { field, relation, text, place, id } of referencesOf(document, types, config)) {
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
