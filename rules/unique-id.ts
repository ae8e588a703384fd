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
    if (!id) return [];
    const others = index.holders(id.key).filter((claim) => claim.path !== path);
    const [other] = others;
    if (!other) return [];
    const rest = others.length === 1 ? '' : ` and ${others.length - 1} more`;
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
