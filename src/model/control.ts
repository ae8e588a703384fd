import type { Place } from './place.ts';

/**
 * Inline control, documented in docs/configuration.md:
 *
 *     <!-- planproof-disable rule[, rule] -- reason -->            from here on
 *     <!-- planproof-enable rule[, rule] -->                       ends it
 *     <!-- planproof-disable-next-line rule[, rule] -- reason -->
 *     status: Odd # planproof-disable-line rule -- reason          in the frontmatter
 */
export interface Control {
  readonly kind: 'disable' | 'enable' | 'disable-next-line' | 'disable-line';
  readonly rules: readonly string[];
  /** Where the comment stands. */
  readonly place: Place;
}

const KINDS = ['disable', 'enable', 'disable-next-line', 'disable-line'];

/** Whether the inside of a comment means to be inline control. */
export function isControlComment(comment: string): boolean {
  return /^\s*planproof-/.test(comment);
}

/**
 * Reads the inside of a control comment.
 *
 * @returns the control, or what is wrong with it
 */
export function parseControl(comment: string, place: Place): Control | string {
  const [, kind = '', rest = ''] = /^\s*planproof-(\S+)([\s\S]*)$/.exec(comment) ?? [];
  if (!KINDS.includes(kind))
    return `Unknown control comment \`planproof-${kind}\`, expected planproof-${KINDS.join(', planproof-')}`;
  const dashes = /\s--(?=\s|$)/.exec(rest);
  const names = rest.slice(0, dashes?.index);
  const reason = dashes ? rest.slice(dashes.index + dashes[0].length).trim() : '';
  const rules = names.split(/[\s,]+/).filter((name) => name !== '');
  if (rules.length === 0)
    return `Missing rule in \`planproof-${kind}\`, expected \`planproof-${kind} rule-id -- reason\``;
  if (reason === '' && kind !== 'enable') {
    return `Missing reason in \`planproof-${kind}\`, expected \`planproof-${kind} ${rules.join(', ')} -- reason\``;
  }
  return { kind: kind as Control['kind'], rules, place };
}

/** From the comment's line to the end of the text, or to the matching `planproof-enable`. */
interface Span {
  readonly control: Control;
  readonly rule: string;
  readonly from: number;
  readonly to: number;
}

/** The lines, first and last, in which a control keeps a rule silent. */
function linesOf(control: Control, rule: string, later: readonly Control[]): [number, number] {
  const { line, endLine } = control.place;
  if (control.kind === 'disable-line') return [line, line];
  if (control.kind === 'disable-next-line') return [endLine + 1, endLine + 1];
  const end = later.find((next) => next.kind === 'enable' && next.rules.includes(rule));
  return [line, end ? end.place.line : Number.POSITIVE_INFINITY];
}

/** The line ranges in which each rule is silent, by the controls of one document in the order of the text. */
export function silentSpans(controls: readonly Control[]): Span[] {
  return controls.flatMap((control, index) => {
    if (control.kind === 'enable') return [];
    return control.rules.map((rule) => {
      const [from, to] = linesOf(control, rule, controls.slice(index + 1));
      return { control, rule, from, to };
    });
  });
}
