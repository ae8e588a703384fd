import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import { inTemplateOrder } from '../src/model/section-fix.ts';
import { firstSections, type MatchedSection } from '../src/model/sections.ts';

/** The longest run of sections that already stand in the template's order; the others are out of place. */
function inOrder(positions: readonly number[]): Set<number> {
  const best: number[][] = [];
  for (const [index, position] of positions.entries()) {
    const before = best.filter((_, other) => (positions[other] as number) < position);
    const longest = before.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []);
    best.push([...longest, index]);
  }
  return new Set(best.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []));
}

const rule: Rule = {
  id: 'section-order',
  area: 'body',
  severity: 'error',
  summary: "The sections of the template stand in the template's order; others may stand anywhere.",
  fixable: 'safe',
  check(facts, { document: { type } }) {
    const violations: Violation[] = [];
    if (!type) return violations;
    const order = type.template.sections;
    const firsts = firstSections(facts, type);
    const positions = firsts.map(({ required }) => order.indexOf(required));
    if (positions.every((position, index) => index === 0 || (positions[index - 1] as number) < position))
      return violations;
    const kept = inOrder(positions);
    const fix = kept.size < firsts.length ? inTemplateOrder(facts, type) : undefined;
    const keptSections = firsts.filter((_, index) => kept.has(index));
    for (const [index, { section, required }] of firsts.entries()) {
      if (kept.has(index)) continue;
      const position = positions[index] as number;
      const isAfter = (match: MatchedSection): boolean => order.indexOf(match.required) > position;
      const next = keptSections.find(isAfter);
      const nameOf = (match: MatchedSection | undefined): string => `\`${match?.section.heading.text}\``;
      const expected = next ? `above ${nameOf(next)}` : `below ${nameOf(keptSections.at(-1))}`;
      violations.push({
        message: `Unexpected place of section \`${section.heading.text}\`, expected it ${expected}`,
        place: section.heading.place,
        subject: required.name,
        ...(fix && { fix }),
      });
    }
    return violations;
  },
};

export default rule;
