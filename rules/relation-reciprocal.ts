import { type Document, type DocumentId, SUCCESSOR } from '../src/model/document.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixStep } from '../src/model/fix.ts';
import { isReadable } from '../src/model/frontmatter.ts';
import { isGivenUp, isInitial } from '../src/model/lifecycle.ts';
import { currentKey, type Reference, referencesOf } from '../src/model/reference.ts';
import { planOf } from '../src/model/reference-fix.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

function namesBack(target: Document, field: string, { document, index, types, config }: RuleContext): boolean {
  return referencesOf(target, types, config).some(
    (reference) => reference.field === field && reference.id && currentKey(reference.id, index) === document.id?.key,
  );
}

/**
 * The document that has to name this one in turn. Not this one itself (relation-self), none of a type that the field does
 * not lead to (relation-type), and none whose fields cannot be read; what belongs on a board stands there (task-linked).
 */
function counterpart({ relation, id }: Reference, { document, index }: RuleContext): Document | undefined {
  if (!id || id.key === document.id?.key || id.type.board !== undefined) return undefined;
  if (!relation.to.includes(id.type.name)) return undefined;
  const target = index.find(id.key);
  return isReadable(target?.frontmatter) ? target : undefined;
}

/** The document in the field of its counterpart, where that may hold one more of its type. */
function namingBack(
  target: Document,
  key: string,
  own: DocumentId,
  { types, config }: RuleContext,
): FixStep | undefined {
  const relation = target.type?.relations.get(key);
  const count = referencesOf(target, types, config).filter(({ field }) => field === key).length;
  if (!relation?.to.includes(own.type.name) || count >= (relation.max ?? Number.POSITIVE_INFINITY)) return undefined;
  return { kind: 'add-to-list', path: target.path, key, value: own.canonical };
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
  fixable: 'safe',
  readsMore: true,
  check(_facts, context) {
    const violations: Violation[] = [];
    const { document, types, config } = context;
    if (!document.id) return violations;
    const references = referencesOf(document, types, config);
    // Most relations do not go in pairs, and then the target need not be read.
    const inPairs = references.filter(({ relation }) => relation.reverse !== undefined);
    if (inPairs.length === 0 || neverHeld(document, references)) return violations;
    for (const reference of inPairs) {
      const { field, relation, text, place } = reference;
      const target = counterpart(reference, context);
      if (relation.reverse === undefined || !target || namesBack(target, relation.reverse, context)) continue;
      violations.push({
        message: `\`${text}\` does not name \`${document.id.canonical}\` in \`${relation.reverse}\`, expected both sides of the pair`,
        place,
        subject: `${field} ${text}`,
        ...planOf(namingBack(target, relation.reverse, document.id, context)),
      });
    }
    return violations;
  },
};

export default rule;
