import type { FixPlan } from './fix.ts';
import type { SetContext } from './rule.ts';

/**
 * Gives a document another path. Never safe: what lies outside the documents may lead to the old one.
 *
 * @returns undefined where something lies there already
 */
export function movedTo(path: string, { exists, index }: Pick<SetContext, 'exists' | 'index'>): FixPlan | undefined {
  return exists(path) || index.at(path) ? undefined : { safe: false, steps: [{ kind: 'move', to: path }] };
}
