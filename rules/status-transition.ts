import { type DocumentType, propertySchema } from '../src/model/document-type.ts';
import { entryAt } from '../src/model/frontmatter.ts';
import { canReach, nextStatuses } from '../src/model/lifecycle.ts';
import { FILE_START } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';
import { oneOf } from '../src/model/suggest.ts';

const rule: Rule = {
  id: 'status-transition',
  area: 'history',
  severity: 'error',
  summary: 'A status is reached from the one before by legal transitions.',
  readsMore: true,
  check({ frontmatter }, { document, history }) {
    const before = history?.was(document);
    const [old, now] = [before?.status, document.status];
    const { lifecycle } = document.type ?? {};
    if (old === undefined || now === undefined || before?.type !== document.type || !lifecycle?.transitions) return [];
    // What is no status at all is the business of frontmatter-schema.
    const known = propertySchema(document.type as DocumentType, 'status')?.enum ?? [];
    if (!known.includes(now) || !known.includes(old) || canReach(lifecycle, old, now)) return [];
    const next = nextStatuses(lifecycle, old);
    const expected = next.length === 0 ? `\`${old}\`, which nothing follows` : oneOf([old, ...next]);
    return [
      {
        message: `Unexpected status \`${now}\` after \`${old}\`, expected ${expected}`,
        place: entryAt(frontmatter, '/status')?.value ?? FILE_START,
        subject: `${old} ${now}`,
        help: 'planproof move takes legal steps, and says what is missing for them.',
      },
    ];
  },
};

export default rule;
