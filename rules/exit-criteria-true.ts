import { type CheckVerdict, impossible, verdictOf } from '../src/model/check.ts';
import type { Check, ItemDirective } from '../src/model/directive.ts';
import type { DocumentType } from '../src/model/document-type.ts';
import { isMissingEvidence } from '../src/model/evidence.ts';
import type { Box } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { asksFor } from '../src/model/lifecycle.ts';
import { producedType } from '../src/model/produces.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';
import { criteria } from '../src/model/sections.ts';
import { ticked } from '../src/model/tick.ts';

function checkViolation(box: Box, check: Check, type: DocumentType, context: RuleContext): Violation | undefined {
  const never = impossible(check, type);
  if (never !== undefined)
    return { message: `This item can never hold: ${never}`, place: box.mark, subject: box.label };
  // A workflow only says what others have to meet.
  if (box.ticked !== true || context.document.type !== type) return undefined;
  const verdict: CheckVerdict = verdictOf(check, context);
  if (verdict.holds) return undefined;
  const message = `Ticked, and it does not hold: ${verdict.because}`;
  return { message, place: box.mark, subject: box.label, help: 'Make it true, or open the box again: [ ].' };
}

function judge(box: Box, directive: ItemDirective, type: DocumentType, context: RuleContext): Violation | undefined {
  if (directive.kind === 'check') return checkViolation(box, directive.check, type, context);
  if (directive.kind !== 'evidence' || !isMissingEvidence(directive.reference, context)) return undefined;
  const message = `Unknown evidence \`${directive.reference}\`, expected something that exists`;
  return { message, place: box.mark, subject: box.label };
}

/** The items of which exit-criteria-complete speaks, with the same fix. */
function judgedElsewhere({ document: { facts, type, status } }: RuleContext): ReadonlySet<Box> {
  return new Set(type && asksFor(type.lifecycle, status, 'checklists-ticked') ? criteria(facts, type) : []);
}

const rule: Rule = {
  id: 'exit-criteria-true',
  area: 'exit criteria',
  severity: 'error',
  summary: 'A ticked item with a check is true, its evidence exists, and every check can be met.',
  readsMore: true,
  fixable: 'safe',
  check({ boxes }, context) {
    const violations: Violation[] = [];
    const own = context.document.type;
    // A workflow speaks of the documents that it produces; whether there are such, workflow-produces judges.
    const type = own?.marker === undefined ? own : producedType(context.document, context.types);
    for (const box of type ? boxes : []) {
      for (const directive of box.directives) {
        const violation = type && judge(box, directive, type, context);
        if (violation) violations.push(violation);
      }
    }
    return violations;
  },
  *improve({ boxes }, context) {
    const elsewhere = judgedElsewhere(context);
    for (const box of boxes) {
      const fix = elsewhere.has(box) ? undefined : ticked(box, context);
      if (fix) yield fix;
    }
  },
};

export default rule;
