import { knownMentions } from '../src/model/mention.ts';
import { referencesOf } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'relation-former-id',
  area: 'relations',
  severity: 'warning',
  summary: 'No reference uses an id that a document had before it was renumbered.',
  readsMore: true,
  *check(_facts, { document, index, types, config }) {
    // A renumbered document may go on naming its own history in prose.
    const mentions = knownMentions(document, index, types).filter(({ id }) => index.findFormer(id.key) !== document);
    const named = [...referencesOf(document, types, config), ...mentions];
    for (const { text, place, id } of named) {
      const renumbered = id && !index.find(id.key) ? index.findFormer(id.key) : undefined;
      if (!renumbered?.id) continue;
      yield { message: `\`${text}\` was renumbered, expected \`${renumbered.id.canonical}\``, place, subject: text };
    }
  },
};

export default rule;
