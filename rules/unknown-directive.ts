import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import { didYouMean } from '../src/model/suggest.ts';

const rule: Rule = {
  id: 'unknown-directive',
  area: 'engine',
  severity: 'error',
  summary:
    'Every comment that addresses planproof can be read: directives, and inline control with a known rule and a reason.',
  check(facts, { ruleIds, firmRuleIds }) {
    const violations: Violation[] = [];
    for (const { message, place } of facts.directiveProblems) violations.push({ message, place, subject: message });
    for (const { kind, rules, place } of facts.controls) {
      for (const rule of rules) {
        if (ruleIds.includes(rule) && !firmRuleIds.includes(rule)) continue;
        const message = ruleIds.includes(rule)
          ? `Unexpected rule \`${rule}\` in \`planproof-${kind}\`: it cannot be silenced`
          : `Unknown rule \`${rule}\` in \`planproof-${kind}\`${didYouMean(rule, ruleIds)}`;
        violations.push({ message, place, subject: rule });
      }
    }
    return violations;
  },
};

export default rule;
