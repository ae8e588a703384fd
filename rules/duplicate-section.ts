import type { Rule } from '../src/model/rule.ts';
import { withoutHeading } from '../src/model/section-fix.ts';
import { matchedSections } from '../src/model/sections.ts';

const rule: Rule = {
  id: 'duplicate-section',
  area: 'body',
  severity: 'error',
  summary: 'No section of the template occurs twice, under its name or an alias.',
  fixable: 'safe',
  *check(facts, { document: { type } }) {
    if (!type) return;
    const first = new Map<string, number>();
    for (const { section, required } of matchedSections(facts, type)) {
      const line = first.get(required.name);
      if (line === undefined) first.set(required.name, section.heading.place.line);
      else {
        const fix = withoutHeading(section.heading, facts);
        yield {
          message: `Duplicate section \`${section.heading.text}\`, expected it once: it stands on line ${line} already`,
          place: section.heading.place,
          subject: required.name,
          ...(fix && { fix }),
        };
      }
    }
  },
};

export default rule;
