import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'workflow-commands',
  area: 'workflow',
  severity: 'error',
  summary: 'Every planproof command that a workflow shows can be parsed.',
  isAbout: ({ marker }) => marker !== undefined,
  check(facts, { document: { type }, commandError }) {
    const violations: Violation[] = [];
    if (type?.marker === undefined) return violations;
    for (const { text, place } of facts.commands) {
      const error = commandError(text);
      if (error === undefined) continue;
      violations.push({
        message: `Unexpected command: ${error}`,
        place,
        subject: text,
        help: 'planproof --help lists commands and options.',
      });
    }
    return violations;
  },
};

export default rule;
