import { identityPlace } from '../src/model/identity-place.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'unique-id',
  area: 'identity',
  severity: 'error',
  summary: 'No two documents have one id.',
  readsMore: true,
  check(facts, { document, index }) {
    const { id, path } = document;
    const sharing = id ? index.holders(id.key) : [];
    const [other, ...more] = sharing.filter((claim) => claim.path !== path);
    if (!id || !other) return [];
    const rest = more.length === 0 ? '' : ` and ${more.length} more`;
    return [
      {
        message: `Id \`${id.canonical}\` is also that of ${other.path}${rest}, expected an id of its own`,
        place: identityPlace(facts),
        subject: 'id',
        help: 'Keep the older document as it is; give the newer one the next free number, in its file name and heading too.',
      },
    ];
  },
};

export default rule;
