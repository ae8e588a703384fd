import type { Violation } from '../src/model/finding.ts';
import { knownMentions } from '../src/model/mention.ts';
import { referencesOf } from '../src/model/reference.ts';
import { planOf, rewritten } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'relation-alias',
  area: 'relations',
  severity: 'warning',
  summary: 'Every reference has the canonical form of the id.',
  readsMore: true,
  fixable: 'safe',
  check(_facts, { document, index, types, config }) {
    const violations: Violation[] = [];
    const named = [...referencesOf(document, types, config), ...knownMentions(document, index, types)];
    for (const reference of named) {
      const { text, place, id } = reference;
      // A bare number is the form of a relation that leads to one type only.
      if (!id || text === id.canonical || /^[0-9]+$/.test(text)) continue;
      // Renumbered: see relation-former-id, which says what to write instead.
      if (!index.find(id.key) && index.findFormer(id.key)) continue;
      const message = `Unexpected form \`${text}\`, expected \`${id.canonical}\``;
      violations.push({ message, place, subject: text, ...planOf(rewritten(reference, id.canonical)) });
    }
    return violations;
  },
};

export default rule;
