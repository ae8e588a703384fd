import type { Box } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { isTracked } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';
import { criteria } from '../src/model/sections.ts';
import { ticked } from '../src/model/tick.ts';

/** The box stays open for a reason; until when is the business of exit-criteria-waiver. */
function isWaived(box: Box): boolean {
  return box.directives.some((directive) => directive.kind === 'waived');
}

const rule: Rule = {
  id: 'exit-criteria-complete',
  area: 'exit criteria',
  severity: 'error',
  summary: 'In a status that says the work is done, every applicable box of a checklist section is ticked.',
  gate: 'checklists-ticked',
  readsMore: true,
  fixable: 'safe',
  check(facts, context) {
    const violations: Violation[] = [];
    const { document, types, config } = context;
    if (!document.type) return violations;
    const tracked = isTracked(document, types, config);
    for (const box of criteria(facts, document.type)) {
      if (box.ticked !== false || (box.ifTracked && !tracked) || isWaived(box)) continue;
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
