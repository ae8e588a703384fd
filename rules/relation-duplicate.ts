import type { Violation } from '../src/model/finding.ts';
import { referencesOf } from '../src/model/reference.ts';
import { planOf, takenOut } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'relation-duplicate',
  area: 'relations',
  severity: 'error',
  summary: 'No relation field names the same thing twice.',
  fixable: 'safe',
  check(_facts, { document, types, config }) {
    const violations: Violation[] = [];
    const references = referencesOf(document, types, config);
    // Most documents name nothing twice, in whatever field.
    if (new Set(references.map(({ id, text }) => id?.key ?? text)).size === references.length) return violations;
    const seen = new Set<string>();
    for (const reference of references) {
      const named = `${reference.field} ${reference.id?.key ?? reference.text}`;
      if (seen.has(named)) {
        violations.push({
          message: `Duplicate reference \`${reference.text}\`, expected it once in \`${reference.field}\``,
          place: reference.place,
          subject: named,
          ...planOf(document.type && takenOut(reference, document.type)),
        });
      }
      seen.add(named);
    }
    return violations;
  },
};

export default rule;
