import { type Document, type DocumentIndex, SUCCESSOR } from '../src/model/document.ts';
import { type Reference, referencesOf } from '../src/model/reference.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { oneOf } from '../src/model/suggest.ts';

/** The statuses that a target may have now; undefined when all are fine. */
function allowed({ relation, id }: Reference, status: string | undefined): readonly string[] | undefined {
  const wanted = relation['target-status'];
  const during = wanted?.['while'];
  if (!wanted || !id || (during && !(status !== undefined && during.includes(status)))) return undefined;
  return wanted[id.type.name];
}

/** The documents that took the place of one, however often it was replaced. */
function successors(document: Document, { index, types, config }: RuleContext): string[] {
  const found: string[] = [];
  let next: Document | undefined = document;
  const seen = new Set<Document>();
  while (next && !seen.has(next)) {
    seen.add(next);
    const ids: Reference[] = referencesOf(next, types, config).filter(({ field }) => field === SUCCESSOR);
    found.splice(0, found.length, ...(ids.length > 0 ? ids.flatMap(({ id }) => id?.canonical ?? []) : found));
    next = firstTarget(ids, index);
  }
  return found;
}

function firstTarget(references: readonly Reference[], index: DocumentIndex): Document | undefined {
  return references.flatMap(({ id }) => (id && index.find(id.key)) ?? [])[0];
}

const rule: Rule = {
  id: 'relation-status',
  area: 'relations',
  severity: 'error',
  summary: 'A document rests only on documents whose status allows it.',
  readsMore: true,
  *check(_facts, context) {
    const { document, index, types, config } = context;
    for (const reference of referencesOf(document, types, config)) {
      const statuses = allowed(reference, document.status);
      const target = reference.id && index.find(reference.id.key);
      if (!statuses || !target?.status || statuses.includes(target.status)) continue;
      const instead = successors(target, context);
      const advice = instead.length === 0 ? '' : `: ${oneOf(instead)} took its place`;
      yield {
        message: `\`${reference.text}\` is ${target.status}, expected ${oneOf(statuses, '')}${advice}`,
        place: reference.place,
        subject: `${reference.field} ${reference.text}`,
      };
    }
  },
};

export default rule;
