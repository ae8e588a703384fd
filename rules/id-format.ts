import { readId } from '../src/model/document.ts';
import { canonicalId } from '../src/model/id.ts';
import { identityPlace } from '../src/model/identity-place.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'id-format',
  area: 'identity',
  severity: 'error',
  summary: "The id has its type's prefix, upper case, and its number of digits.",
  *check(facts, { document: { type, fileId }, types }) {
    // An id that is missing, or no text, is the business of frontmatter-schema.
    const written = facts.frontmatter?.data['id'];
    if (!type?.id || typeof written !== 'string') return;
    const read = readId(written, types);
    if (read?.type === type && read.canonical === written) return;
    const form = `the form \`${canonicalId(type.id, '1')}\``;
    const ofFile = fileId?.type === type ? `\`${fileId.canonical}\`` : form;
    const expected = read?.type === type ? `\`${read.canonical}\`` : ofFile;
    const whose = read && read.type !== type ? ` (the prefix of ${read.type.name})` : '';
    const found = written === '' ? 'empty id' : `id \`${written}\``;
    yield {
      message: `Unexpected ${found}${whose}, expected ${expected}`,
      place: identityPlace(facts),
      subject: 'id',
    };
  },
};

export default rule;
