import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'frontmatter-syntax',
  area: 'identity',
  severity: 'error',
  summary:
    'The frontmatter is plain YAML: no errors, no duplicate keys, no anchors, aliases or tags, no other language.',
  check(facts) {
    const violations: Violation[] = [];
    for (const { message, place } of facts.frontmatter?.problems ?? [])
      violations.push({ message, place, subject: message });
    return violations;
  },
};

export default rule;
