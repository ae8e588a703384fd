import type { DocumentId } from '../src/model/document.ts';
import { type DocumentType, lacksKey } from '../src/model/document-type.ts';
import { isReadable } from '../src/model/frontmatter.ts';
import { knownMentions } from '../src/model/mention.ts';
import { currentKey, referencesOf } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';

/** The first relation field that may hold an id. */
function fieldFor(type: DocumentType, id: DocumentId): string | undefined {
  for (const [field, { to }] of type.relations) if (to.includes(id.type.name)) return field;
  return undefined;
}

const rule: Rule = {
  id: 'relation-mentioned',
  area: 'relations',
  severity: 'error',
  summary: 'Every id that is named in prose stands in a relation field of the frontmatter.',
  readsMore: true,
  *check({ frontmatter }, { document, index, types, config }) {
    if (!document.type || !isReadable(frontmatter)) return;
    const references = referencesOf(document, types, config);
    const told = new Set<string>(references.flatMap(({ id }) => (id ? [id.key, currentKey(id, index)] : [])));
    // Renumbered: see relation-former-id. A renumbered document may go on naming its own history.
    const former = (key: DocumentId['key']): boolean => !index.find(key) && index.findFormer(key) !== undefined;
    for (const { text, place, id } of knownMentions(document, index, types)) {
      const field = fieldFor(document.type, id);
      if (field === undefined || lacksKey(document.type, frontmatter.data, field)) continue;
      if (told.has(id.key) || former(id.key)) continue;
      told.add(id.key);
      yield { message: `\`${text}\` is named here, expected it in \`${field}\` too`, place, subject: id.canonical };
    }
  },
};

export default rule;
