import type { Violation } from '../src/model/finding.ts';
import { referencesOf } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'relation-count',
  area: 'relations',
  severity: 'error',
  summary: 'No relation field holds more references than it may.',
  check(_facts, { document, types, config }) {
    const violations: Violation[] = [];
    const counts = new Map<string, number>();
    for (const { field, relation, text, place } of referencesOf(document, types, config)) {
      if (relation.max === undefined) continue;
      const count = (counts.get(field) ?? 0) + 1;
      counts.set(field, count);
      if (count <= relation.max) continue;
      const message = `Unexpected reference \`${text}\` in \`${field}\`, expected at most ${relation.max}`;
      violations.push({ message, place, subject: `${field} ${text}` });
    }
    return violations;
  },
};

export default rule;
