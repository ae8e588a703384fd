import { RULES } from '../../rules/registry.ts';
import type { Finding } from '../model/finding.ts';
import type { Span, Spans } from './spans.ts';
import type { Texts } from './texts.ts';

/** What fixes have done to a set: its findings before and after, and where they wrote. */
export interface Aftermath {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  /** From → to. */
  readonly moves: ReadonlyMap<string, string>;
  /** By path after the moves, in bytes of the files after the fixes. */
  readonly written: ReadonlyMap<string, Spans>;
  /** After the fixes. */
  readonly texts: Texts;
}

/** How many of each, by a key. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Takes one away. @returns whether there was one */
  take(key: string): boolean {
    const count = this.#counts.get(key) ?? 0;
    if (count > 0) this.#counts.set(key, count - 1);
    return count > 0;
  }
}

const errorsOf = (findings: readonly Finding[]): Finding[] => findings.filter(({ severity }) => severity === 'error');
const isGated = (id: string): boolean => RULES.find((rule) => rule.id === id)?.gate !== undefined;

/** What was written where a finding begins. */
function spansAt(finding: Finding, { written, texts }: Aftermath): Span[] {
  const spans = written.get(finding.file) ?? [];
  const source = spans.length > 0 ? texts.textOf(finding.file) : undefined;
  const at = source?.edit({ ...finding, endLine: finding.line, endColumn: finding.column }, '').start;
  return at === undefined ? [] : spans.filter(({ start, end }) => start <= at && at <= end);
}

/**
 * The errors that were not there before, as if paths and texts had stayed. One in what was written is none where an error
 * of the same rule has gone from the file: it is the same error in other words. Nor is it one that a new section is still
 * empty, or its boxes open.
 */
export function raisedErrors(aftermath: Aftermath): Finding[] {
  const { before, after, moves } = aftermath;
  const fileNow = (file: string): string => moves.get(file) ?? file;
  const whole = ({ rule, subject }: Finding, file: string): string => JSON.stringify([file, rule, subject]);
  const known = new Tally();
  const old = errorsOf(before);
  for (const finding of old) known.add(whole(finding, fileNow(finding.file)));
  const fresh = errorsOf(after).filter((finding) => !known.take(whole(finding, finding.file)));
  if (fresh.length === 0) return [];
  const gone = new Tally();
  for (const finding of old) {
    const file = fileNow(finding.file);
    if (known.take(whole(finding, file))) gone.add(JSON.stringify([file, finding.rule]));
  }
  return fresh.filter((finding) => {
    const spans = spansAt(finding, aftermath);
    if (spans.some(({ isSection }) => isSection) && isGated(finding.rule)) return false;
    return spans.length === 0 || !gone.take(JSON.stringify([finding.file, finding.rule]));
  });
}
