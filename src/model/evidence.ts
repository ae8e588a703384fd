import { isUnknownItem } from './board.ts';
import { readId } from './document.ts';
import { existsSomewhere } from './named-path.ts';
import { classifyReference } from './relation.ts';
import type { RuleContext } from './rule.ts';

/** An abbreviated or whole hash. */
const COMMIT = /^[0-9a-f]{7,40}$/;

/** Whether evidence can be looked up here and is not there. */
export function isMissingEvidence(reference: string, context: RuleContext): boolean {
  const { index, types, config } = context;
  const { kind } = classifyReference(reference, config.externalPrefixes);
  if (kind === 'path') return !existsSomewhere(reference, context);
  if (COMMIT.test(reference)) return context.hasCommit(reference) === false;
  const id = kind === 'id' ? readId(reference, types) : undefined;
  if (!id || index.find(id.key) || index.findFormer(id.key)) return false;
  return id.type.board === undefined || isUnknownItem(id.key, index);
}
