import { identityPlace } from '../src/model/identity-place.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'id-changed',
  area: 'history',
  severity: 'error',
  summary: 'A document that gets another id keeps the old one in `formerly`.',
  readsMore: true,
  check(facts, { document, history }) {
    const before = history?.was(document)?.id;
    if (!before || !document.id || before.key === document.id.key) return [];
    if (document.formerIds.some(({ key }) => key === before.key)) return [];
    return [
      {
        message: `Id changed from \`${before.canonical}\` to \`${document.id.canonical}\`, expected \`${before.canonical}\` in \`formerly\``,
        place: identityPlace(facts),
        subject: before.canonical,
        help: 'planproof renumber changes an id and all that names it, and keeps the old one.',
      },
    ];
  },
};

export default rule;
