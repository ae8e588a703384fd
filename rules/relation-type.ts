import type { Violation } from '../src/model/finding.ts';
import { type Reference, referencesOf } from '../src/model/reference.ts';
import { EXTERNAL } from '../src/model/relation.ts';
import type { Rule } from '../src/model/rule.ts';
import { oneOf } from '../src/model/suggest.ts';

/** What a reference leads to, in the words of `to`; undefined where another rule speaks. */
function kindOf(reference: Reference): string | undefined {
  return reference.kind === 'external' ? EXTERNAL : reference.id?.type.name;
}

const rule: Rule = {
  id: 'relation-type',
  area: 'relations',
  severity: 'error',
  summary: 'Every reference leads to a type that its field allows.',
  check(_facts, { document, types, config }) {
    const violations: Violation[] = [];
    for (const reference of referencesOf(document, types, config)) {
      const kind = kindOf(reference);
      if (kind === undefined || reference.relation.to.includes(kind)) continue;
      violations.push({
        message: `Unexpected ${kind} \`${reference.text}\` in \`${reference.field}\`, expected ${oneOf(reference.relation.to, '')}`,
        place: reference.place,
        subject: `${reference.field} ${reference.text}`,
      });
    }
    return violations;
  },
};

export default rule;
