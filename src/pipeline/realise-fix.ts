import type { Fix } from '../model/finding.ts';
import type { FixPlan } from '../model/fix.ts';
import { editsOfWork, Impossible, undertake } from './carry-out.ts';
import type { Texts } from './texts.ts';

/**
 * A plan of a document or board in bytes of the files as they are.
 *
 * @returns null when it cannot be carried out: what it names is gone, cannot be read, or cannot be told exactly
 */
export function realise(plan: FixPlan, file: string, texts: Texts): Fix | null {
  try {
    const { works, moves, relinked } = undertake([{ file, plan }], texts);
    if (relinked.left.length > 0 || [...moves.values()].some((to) => texts.exists(to))) return null;
    const edits = [...works].flatMap(([path, todo]) => {
      const source = texts.textOf(path);
      const own = source ? editsOfWork(source, todo) : [];
      return [...own].sort((a, b) => a.start - b.start || a.end - b.end).map((edit) => ({ file: path, ...edit }));
    });
    return { safe: plan.safe, edits, moves: [...moves].map(([from, to]) => ({ from, to })) };
  } catch (error) {
    if (error instanceof Impossible || error instanceof RangeError) return null;
    throw error;
  }
}
