import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import { firstSections } from '../src/model/sections.ts';
import type { TemplateSection } from '../src/model/template.ts';

/** What the template tells the author to write. */
function guidance(section: TemplateSection): string | undefined {
  return /<!--\s*([\s\S]*?)\s*-->/.exec(section.body)?.[1]?.replace(/\s+/g, ' ');
}

const rule: Rule = {
  id: 'empty-section',
  area: 'body',
  severity: 'error',
  summary: 'A section of the template holds more than comments and headings.',
  gate: 'sections-filled',
  check(facts, { document: { type, status } }) {
    const violations: Violation[] = [];
    if (!type) return violations;
    for (const { section, required } of firstSections(facts, type)) {
      if (section.filled || required.mayBeEmpty) continue;
      const help = guidance(required);
      const because = status === undefined ? '' : ` while the status is \`${status}\``;
      violations.push({
        message: `Empty section \`${section.heading.text}\`, expected text${because}`,
        place: section.heading.place,
        subject: required.name,
        ...(help === undefined ? {} : { help }),
      });
    }
    return violations;
  },
};

export default rule;
