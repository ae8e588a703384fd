import { isClaimed } from '../src/model/board.ts';
import type { Violation } from '../src/model/finding.ts';
import { taskReferences } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';

const rule: Rule = {
  id: 'task-claimed',
  area: 'board',
  severity: 'error',
  summary: 'The task that a document belongs to is claimed.',
  gate: 'task-claimed',
  readsMore: true,
  check(_facts, { document, index, types, config }) {
    const violations: Violation[] = [];
    for (const { text, place, id } of taskReferences(document, types, config)) {
      const item = id && index.findItem(id.key);
      if (!item || isClaimed(item)) continue;
      violations.push({
        message: `Task \`${text}\` is ${item.status.text} while the status is \`${document.status}\`, expected it claimed`,
        place,
        subject: text,
        help: `planproof task claim ${id?.canonical}`,
      });
    }
    return violations;
  },
};

export default rule;
