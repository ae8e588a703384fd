import type { Violation } from '../src/model/finding.ts';
import { referencesOf } from '../src/model/reference.ts';
import { planOf, takenOut } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'relation-self',
  area: 'relations',
  severity: 'error',
  summary: 'No document names itself in a relation field.',
  fixable: 'safe',
  check(_facts, { document, types, config }) {
    const violations: Violation[] = [];
    for (const reference of referencesOf(document, types, config)) {
      if (!reference.id || reference.id.key !== document.id?.key) continue;
      violations.push({
        message: `Unexpected reference to itself in \`${reference.field}\`, expected other documents`,
        place: reference.place,
        subject: reference.field,
        ...planOf(document.type && takenOut(reference, document.type)),
      });
    }
    return violations;
  },
};

export default rule;
