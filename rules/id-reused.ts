import type { Document, DocumentId } from '../src/model/document.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

/** Another document that had the id, and still is meant by it. */
function owner(id: DocumentId, { document, history, index }: RuleContext): Document | undefined {
  const before = history?.before.holders(id.key)[0];
  if (before) return before;
  const renumbered = index.findFormer(id.key);
  return renumbered === document ? undefined : renumbered;
}

const rule: Rule = {
  id: 'id-reused',
  area: 'history',
  severity: 'error',
  summary: 'No new document takes an id that another one has had.',
  readsMore: true,
  check(facts, context) {
    const { document, history } = context;
    const { id } = document;
    if (!history || !id || history.was(document)) return [];
    const other = owner(id, context);
    // Where both are here, unique-id says so.
    if (!other || context.index.holders(id.key).length > 1) return [];
    return [
      {
        message: `Id \`${id.canonical}\` was that of ${other.path}, expected one that no document has had`,
        place: identityPlace(facts),
        subject: 'id',
        help: 'References to the old document would silently mean this one: planproof renumber gives it the next free number.',
      },
    ];
  },
};

export default rule;
