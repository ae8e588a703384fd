import type { DocumentId } from '../src/model/document.ts';
import { type DocumentType, lacksKey } from '../src/model/document-type.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixStep } from '../src/model/fix.ts';
import { isReadable } from '../src/model/frontmatter.ts';
import type { IdKey } from '../src/model/id.ts';
import { knownMentions } from '../src/model/mention.ts';
import { currentKey, referencesOf, targetStatuses } from '../src/model/reference.ts';
import { planOf } from '../src/model/reference-fix.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

/** The first relation field that may hold an id. */
function fieldFor(type: DocumentType, id: DocumentId): string | undefined {
  for (const [field, { to }] of type.relations) if (to.includes(id.type.name)) return field;
  return undefined;
}

/** The id in the field, where that says nothing more than that the document names it, and no rule speaks against it. */
function listed(id: DocumentId, field: string, { document, index }: RuleContext): FixStep | undefined {
  const relation = document.type?.relations.get(field);
  const target = index.find(id.key);
  if (!relation || !(target || index.findItem(id.key))) return undefined;
  if (relation.reverse !== undefined || relation.acyclic || relation.max !== undefined) return undefined;
  const statuses = targetStatuses(relation, id, document.status);
  if (statuses && target?.status !== undefined && !statuses.includes(target.status)) return undefined;
  return { kind: 'add-to-list', key: field, value: id.canonical };
}

const rule: Rule = {
  id: 'relation-mentioned',
  area: 'relations',
  severity: 'error',
  summary: 'Every id that is named in prose stands in a relation field of the frontmatter.',
  readsMore: true,
  fixable: 'safe',
  check({ frontmatter }, context) {
    const violations: Violation[] = [];
    const { document, index, types, config } = context;
    const mentions = knownMentions(document, index, types);
    if (!document.type || !isReadable(frontmatter) || mentions.length === 0) return violations;
    const references = referencesOf(document, types, config);
    const told = new Set<IdKey>();
    for (const { id } of references) if (id) told.add(id.key);
    if (mentions.every(({ id }) => told.has(id.key))) return violations;
    // A field may name what is mentioned by an id from before a renumbering.
    for (const key of [...told]) told.add(currentKey({ key }, index));
    // Renumbered: see relation-former-id. A renumbered document may go on naming its own history.
    const former = (key: IdKey): boolean => !index.find(key) && index.findFormer(key) !== undefined;
    for (const { text, place, id } of mentions) {
      const field = fieldFor(document.type, id);
      if (field === undefined || lacksKey(document.type, frontmatter.data, field)) continue;
      if (told.has(id.key) || former(id.key)) continue;
      told.add(id.key);
      const message = `\`${text}\` is named here, expected it in \`${field}\` too`;
      violations.push({ message, place, subject: id.canonical, ...planOf(listed(id, field, context)) });
    }
    return violations;
  },
};

export default rule;
