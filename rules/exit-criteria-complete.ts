import type { Violation } from '../src/model/finding.ts';
import { isTracked } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';
import { criteria, hasCriteria, isWaived } from '../src/model/sections.ts';
import { ticked } from '../src/model/tick.ts';

const rule: Rule = {
  id: 'exit-criteria-complete',
  area: 'exit criteria',
  severity: 'error',
  summary: 'In a status that says the work is done, every applicable box of a checklist section is ticked.',
  gate: 'checklists-ticked',
  isAbout: hasCriteria,
  readsMore: true,
  fixable: 'safe',
  check(facts, context) {
    const violations: Violation[] = [];
    const { document, types, config } = context;
    if (!document.type) return violations;
    for (const box of criteria(facts, document.type)) {
      if (box.ticked !== false || isWaived(box)) continue;
      if (box.ifTracked && !isTracked(document, types, config)) continue;
      const fix = ticked(box, context);
      violations.push({
        message: `Open item while the status is \`${document.status}\`, expected \`[x]\``,
        place: box.mark,
        subject: box.label,
        help: 'Tick it once it holds, set the status back, or waive it: <!-- planproof: waived until YYYY-MM-DD: reason -->.',
        ...(fix && { fix }),
      });
    }
    return violations;
  },
};

export default rule;
