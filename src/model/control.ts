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

/** Whether a comment speaks of the line below it, which must therefore stay below it. */
export function isAimedAt(line: number, controls: readonly Control[]): boolean {
  return controls.some(({ kind, place }) => kind === 'disable-next-line' && place.endLine + 1 === line);
}

/** From the comment's line to the end of the text, or to the matching `planproof-enable`. */
interface Span {
  readonly control: Control;
  readonly rule: string;
  readonly from: number;
  readonly to: number;
}

/** What the controls of one document do. */
export interface Silence {
  /** The line ranges in which each rule is silent. */
  readonly spans: readonly Span[];
  /** Each `planproof-enable` with a rule that was not silent there. */
  readonly idle: readonly Pick<Span, 'control' | 'rule'>[];
}

/** The lines, first and last, in which a control keeps its rules silent; `disable` until something ends it. */
function linesOf({ kind, place: { line, endLine } }: Control): [number, number] {
  if (kind === 'disable-line') return [line, line];
  if (kind === 'disable-next-line') return [endLine + 1, endLine + 1];
  return [line, Number.POSITIVE_INFINITY];
}

/** What controls, in the order of the text, do to the rules that can be silenced. */
export function silenceOf(controls: readonly Control[], canSilence: (rule: string) => boolean): Silence {
  const spans: { -readonly [K in keyof Span]: Span[K] }[] = [];
  const idle: Silence['idle'][number][] = [];
  const open = new Map<string, typeof spans>();
  const end = (control: Control, rule: string): void => {
    const ended = open.get(rule) ?? [];
    if (ended.length === 0) idle.push({ control, rule });
    for (const span of ended) span.to = control.place.line;
    open.delete(rule);
  };
  const begin = (control: Control, rule: string): void => {
    const [from, to] = linesOf(control);
    const span = { control, rule, from, to };
    spans.push(span);
    if (control.kind === 'disable') open.set(rule, [...(open.get(rule) ?? []), span]);
  };
  for (const control of controls) {
    const act = control.kind === 'enable' ? end : begin;
    for (const rule of new Set(control.rules.filter(canSilence))) act(control, rule);
  }
  return { spans, idle };
}
