import { entryAt } from '../src/model/frontmatter.ts';
import { FILE_START } from '../src/model/place.ts';
import { planOf } from '../src/model/reference-fix.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'task-status',
  area: 'board',
  severity: 'error',
  summary: 'The document of a task has the status that the board says.',
  isAbout: ({ board }) => board !== undefined,
  readsMore: true,
  fixable: 'unsafe',
  check(facts, { document, index }) {
    const item = document.type?.board === undefined || !document.id ? undefined : index.findItem(document.id.key);
    if (!item || document.status === undefined || item.status.text === document.status) return [];
    return [
      {
        message: `Unexpected status \`${document.status}\`, expected \`${item.status.text}\` as on the board (${item.board.path})`,
        place: entryAt(facts.frontmatter, '/status')?.value ?? FILE_START,
        subject: 'status',
        ...planOf({ kind: 'set-value', key: 'status', value: item.status.text }, false),
      },
    ];
  },
};

export default rule;
