import type { Violation } from '../src/model/finding.ts';
import { isGivenUp } from '../src/model/lifecycle.ts';
import { isTracked } from '../src/model/reference.ts';
import type { Rule } from '../src/model/rule.ts';
import { isWaived } from '../src/model/sections.ts';

const rule: Rule = {
  id: 'exit-criteria-waiver',
  area: 'exit criteria',
  severity: 'error',
  summary: 'No item is left open by a waiver that has expired.',
  readsMore: true,
  check({ boxes }, context) {
    const violations: Violation[] = [];
    const { document, types, config } = context;
    const waived = boxes.filter(isWaived);
    // What was given up waits for nothing any more.
    if (waived.length === 0 || isGivenUp(document.type?.lifecycle, document.status)) return violations;
    const tracked = isTracked(document, types, config);
    for (const { ticked, ifTracked, directives, mark, label } of waived) {
      for (const directive of ticked === false && (tracked || !ifTracked) ? directives : []) {
        if (directive.kind !== 'waived' || directive.until >= context.today) continue;
        violations.push({
          message: `The waiver expired on ${directive.until}, expected the item ticked or waived anew`,
          place: mark,
          subject: label,
          help: `It was waived: ${directive.reason}`,
        });
      }
    }
    return violations;
  },
};

export default rule;
