import type { Heading } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import { withoutHeading } from '../src/model/section-fix.ts';
import { firstSections, matchedSections } from '../src/model/sections.ts';

const rule: Rule = {
  id: 'duplicate-section',
  area: 'body',
  severity: 'error',
  summary: 'No section of the template occurs twice, under its name or an alias.',
  fixable: 'safe',
  check(facts, { document: { type } }) {
    const violations: Violation[] = [];
    if (!type) return violations;
    const matched = matchedSections(facts, type);
    if (matched.length === firstSections(facts, type).length) return violations;
    const first = new Map<string, Heading>();
    const below = new Map(facts.headings.map((heading, at) => [heading, facts.headings[at + 1]]));
    for (const { section, required } of matched) {
      const earlier = first.get(required.name);
      if (!earlier) first.set(required.name, section.heading);
      else {
        const surplus = section.filled ? earlier : section.heading;
        const fix = withoutHeading(surplus, below.get(surplus), facts);
        violations.push({
          message: `Duplicate section \`${section.heading.text}\`, expected it once: it stands on line ${earlier.place.line} already`,
          place: section.heading.place,
          subject: required.name,
          ...(fix && { fix }),
        });
      }
    }
    return violations;
  },
};

export default rule;
