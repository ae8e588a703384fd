import { impossible, verdictOf } from './check.ts';
import { isMissingEvidence } from './evidence.ts';
import type { Box } from './facts.ts';
import type { FixPlan } from './fix.ts';
import { isPlaced } from './place.ts';
import { isTracked } from './reference.ts';
import type { RuleContext } from './rule.ts';

/**
 * Ticks an open item, where every check that it names holds and nothing else speaks against it. An item without a check
 * is nobody's to tick but a person's, and a workflow only says what others have to meet.
 */
export function ticked(box: Box, context: RuleContext): FixPlan | undefined {
  const { document, types, config } = context;
  const { type } = document;
  const checks = box.directives.flatMap((directive) => (directive.kind === 'check' ? [directive.check] : []));
  if (!type || type.marker !== undefined || box.ticked !== false || checks.length === 0) return undefined;
  if (!isPlaced(box.mark) || (box.ifTracked && !isTracked(document, types, config))) return undefined;
  const speaksAgainst = box.directives.some(
    (directive) =>
      directive.kind === 'waived' ||
      (directive.kind === 'evidence' && isMissingEvidence(directive.reference, context)) ||
      (directive.kind === 'check' && impossible(directive.check, type) !== undefined),
  );
  if (speaksAgainst || !checks.every((check) => verdictOf(check, context).holds)) return undefined;
  return { safe: true, steps: [{ kind: 'replace', place: box.mark, text: '[x]' }] };
}
