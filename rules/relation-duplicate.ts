import { referencesOf } from '../src/model/reference.ts';
import { planOf, takenOut } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'relation-duplicate',
  area: 'relations',
  severity: 'error',
  summary: 'No relation field names the same thing twice.',
  fixable: 'safe',
  *check(_facts, { document, types, config }) {
    const seen = new Set<string>();
    for (const reference of referencesOf(document, types, config)) {
      const named = `${reference.field} ${reference.id?.key ?? reference.text}`;
      if (seen.has(named)) {
        yield {
          message: `Duplicate reference \`${reference.text}\`, expected it once in \`${reference.field}\``,
          place: reference.place,
          subject: named,
          ...planOf(document.type && takenOut(reference, document.type)),
        };
      }
      seen.add(named);
    }
  },
};

export default rule;
