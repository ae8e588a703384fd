import { isUnknownItem } from '../src/model/board.ts';
import { type CheckVerdict, impossible, verdictOf } from '../src/model/check.ts';
import type { Check, ItemDirective } from '../src/model/directive.ts';
import { readId } from '../src/model/document.ts';
import type { DocumentType } from '../src/model/document-type.ts';
import type { Box } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { existsSomewhere } from '../src/model/named-path.ts';
import { producedType } from '../src/model/produces.ts';
import { classifyReference } from '../src/model/relation.ts';
import type { Rule, RuleContext } from '../src/model/rule.ts';

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

/** An abbreviated or whole hash. */
const COMMIT = /^[0-9a-f]{7,40}$/;

/** Evidence that can be looked up here and is not there. */
function isMissing(reference: string, context: RuleContext): boolean {
  const { index, types, config } = context;
  const { kind } = classifyReference(reference, config.externalPrefixes);
  if (kind === 'path') return !existsSomewhere(reference, context);
  if (COMMIT.test(reference)) return context.hasCommit(reference) === false;
  const id = kind === 'id' ? readId(reference, types) : undefined;
  if (!id || index.find(id.key) || index.findFormer(id.key)) return false;
  return id.type.board === undefined || isUnknownItem(id.key, index);
}

function judge(box: Box, directive: ItemDirective, type: DocumentType, context: RuleContext): Violation | undefined {
  if (directive.kind === 'check') return checkViolation(box, directive.check, type, context);
  if (directive.kind !== 'evidence' || !isMissing(directive.reference, context)) return undefined;
  const message = `Unknown evidence \`${directive.reference}\`, expected something that exists`;
  return { message, place: box.mark, subject: box.label };
}

const rule: Rule = {
  id: 'exit-criteria-true',
  area: 'exit criteria',
  severity: 'error',
  summary: 'A ticked item with a check is true, its evidence exists, and every check can be met.',
  readsMore: true,
  *check({ boxes }, context) {
    const own = context.document.type;
    // A workflow speaks of the documents that it produces; whether there are such, workflow-produces judges.
    const type = own?.marker === undefined ? own : producedType(context.document, context.types);
    for (const box of type ? boxes : []) {
      for (const directive of box.directives) {
        const violation = type && judge(box, directive, type, context);
        if (violation) yield violation;
      }
    }
  },
};

export default rule;
