import { FIRM_RULE_IDS, RULE_IDS } from '../../rules/registry.ts';
import { type Control, silenceOf } from '../model/control.ts';
import type { Finding, Violation } from '../model/finding.ts';

interface Applied {
  readonly kept: Finding[];
  /** Controls, with the rules in them that kept nothing silent, or ended no silence. */
  readonly unused: { readonly control: Control; readonly rules: string[] }[];
}

/** Whether inline control may keep a rule silent. */
export const canSilence = (rule: string): boolean => RULE_IDS.includes(rule) && !FIRM_RULE_IDS.includes(rule);

/** Takes out the findings that inline control silences. */
export function applyControls(findings: readonly Finding[], controls: readonly Control[]): Applied {
  const { spans, idle } = silenceOf(controls, canSilence);
  const used = new Set<(typeof spans)[number]>();
  const kept = findings.filter((finding) => {
    const silencing = spans.find(
      (span) => span.rule === finding.rule && finding.line >= span.from && finding.line <= span.to,
    );
    if (silencing) used.add(silencing);
    return !silencing;
  });
  const without = [...spans.filter((span) => !used.has(span)), ...idle];
  const unused = [...new Set(without.map((span) => span.control))].map((control) => ({
    control,
    rules: without.filter((span) => span.control === control).map((span) => span.rule),
  }));
  return { kept, unused };
}

/** What the rule `unused-directive` says of a control. */
export function unusedViolation(control: Control, rules: readonly string[]): Violation {
  const names = rules.map((rule) => `\`${rule}\``).join(', ');
  const what =
    control.kind === 'enable' ? `no \`planproof-disable\` of ${names} to end` : `no finding of ${names} to keep silent`;
  return {
    message: `Unused \`planproof-${control.kind}\`: ${what} here`,
    place: control.place,
    subject: rules.join(', '),
  };
}
