import type { FixPlan } from '../src/model/fix.ts';
import { knownMentions } from '../src/model/mention.ts';
import { referencesOf } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'relation-alias',
  area: 'relations',
  severity: 'warning',
  summary: 'Every reference has the canonical form of the id.',
  readsMore: true,
  *check(_facts, { document, index, types, config }) {
    const named = [...referencesOf(document, types, config), ...knownMentions(document, index, types)];
    for (const { text, place, id } of named) {
      // A bare number is the form of a relation that leads to one type only.
      if (!id || text === id.canonical || /^[0-9]+$/.test(text)) continue;
      // Renumbered: see relation-former-id, which says what to write instead.
      if (!index.find(id.key) && index.findFormer(id.key)) continue;
      const fix: FixPlan = { safe: true, steps: [{ kind: 'replace', place, text: id.canonical }] };
      yield { message: `Unexpected form \`${text}\`, expected \`${id.canonical}\``, place, subject: text, fix };
    }
  },
};

export default rule;
