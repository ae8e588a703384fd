import { statusesOf } from '../src/model/check.ts';
import { type Document, ownId, SUCCESSOR } from '../src/model/document.ts';
import type { Violation } from '../src/model/finding.ts';
import { referencesOf, targetStatuses } from '../src/model/reference.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { oneOf } from '../src/model/suggest.ts';

/** The documents that took the place of one: those at the ends of all ways, where it was replaced several times. */
function successors(document: Document, { index, types, config }: RuleContext): string[] {
  const ends = new Set<string>();
  const replaced = new Set<Document>([document]);
  for (const current of replaced) {
    const next = referencesOf(current, types, config).filter(({ field }) => field === SUCCESSOR);
    if (next.length === 0 && current !== document) ends.add(ownId(current)?.canonical ?? '');
    for (const { id } of next) {
      const target = id && index.find(id.key);
      if (target) replaced.add(target);
      else if (id) ends.add(id.canonical);
    }
  }
  return [...ends];
}

/** A status that the type does not know is the business of frontmatter-schema. */
function knownStatus({ type, status }: Document): string | undefined {
  return type && status !== undefined && statusesOf(type).includes(status) ? status : undefined;
}

const rule: Rule = {
  id: 'relation-status',
  area: 'relations',
  severity: 'error',
  summary: 'A document rests only on documents whose status allows it.',
  isAbout: ({ relations }) => [...relations.values()].some((relation) => relation['target-status']),
  readsMore: true,
  check(_facts, context) {
    const violations: Violation[] = [];
    const { document, index, types, config } = context;
    for (const reference of referencesOf(document, types, config)) {
      const statuses = reference.id && targetStatuses(reference.relation, reference.id, document.status);
      if (!statuses) continue;
      const target = reference.id && index.find(reference.id.key);
      const status = target && knownStatus(target);
      if (!target || status === undefined || statuses.includes(status)) continue;
      const instead = successors(target, context);
      const advice = instead.length === 0 ? '' : `: ${oneOf(instead)} took its place`;
      violations.push({
        message: `\`${reference.text}\` is ${status}, expected ${oneOf(statuses, '')}${advice}`,
        place: reference.place,
        subject: `${reference.field} ${reference.text}`,
      });
    }
    return violations;
  },
};

export default rule;
