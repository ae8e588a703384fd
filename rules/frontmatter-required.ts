import { FILE_START } from '../src/model/place.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'frontmatter-required',
  area: 'identity',
  severity: 'error',
  summary: 'Every document opens with YAML frontmatter.',
  check(facts, { document }) {
    if (facts.frontmatter || !document.type) return [];
    return [
      {
        message: `Missing frontmatter, expected \`---\` on the first line and the keys of the type \`${document.type.name}\``,
        place: FILE_START,
        subject: '',
        help: `planproof show --template ${document.type.name} prints the whole form.`,
      },
    ];
  },
};

export default rule;
