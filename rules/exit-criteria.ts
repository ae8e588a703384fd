import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import { criteria, firstSections, hasCriteria } from '../src/model/sections.ts';

const rule: Rule = {
  id: 'exit-criteria',
  area: 'exit criteria',
  severity: 'error',
  summary: 'A section that the template marks as a checklist holds a real one, with boxes that Markdown knows.',
  gate: 'sections-filled',
  isAbout: hasCriteria,
  check(facts, { document: { type } }) {
    const violations: Violation[] = [];
    if (!type) return violations;
    const boxes = criteria(facts, type);
    for (const { section, index, required } of firstSections(facts, type)) {
      // An empty section is the business of empty-section.
      if (!section.filled || required.minItems === 0) continue;
      const count = boxes.filter((box) => box.section === index).length;
      if (count >= required.minItems) continue;
      violations.push({
        message: `Too few checklist items in \`${section.heading.text}\`: ${count}, expected at least ${required.minItems} of the form \`- [ ] …\``,
        place: section.heading.place,
        subject: required.name,
      });
    }
    for (const box of boxes) {
      if (box.ticked !== undefined) continue;
      const expected = box.label === '' ? 'words behind it' : 'the form `- [ ] …` or `- [x] …`, with both spaces';
      violations.push({
        message: `Unexpected box \`${box.written}\`, expected ${expected}`,
        place: box.mark,
        subject: box.label,
      });
    }
    return violations;
  },
};

export default rule;
