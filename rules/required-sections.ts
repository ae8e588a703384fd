import type { DocumentType } from '../src/model/document-type.ts';
import type { Facts, Heading } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import type { FixPlan } from '../src/model/fix.ts';
import type { Rule } from '../src/model/rule.ts';
import { atSectionDepth, retitled, withSections } from '../src/model/section-fix.ts';
import { firstSections, type MatchedSection, matchedSections, sectionName } from '../src/model/sections.ts';
import { nearest } from '../src/model/suggest.ts';
import { sectionNamed, sectionNames, type Template, type TemplateSection } from '../src/model/template.ts';

/** Finds what the author may have meant as a missing section; each heading is taken once. */
class Candidates {
  readonly #free: Heading[];

  constructor(facts: Facts, type: DocumentType) {
    this.#free = facts.headings.filter(
      (heading) => heading.depth !== 2 || !sectionNamed(type.template, sectionName(heading)),
    );
  }

  #take(heading: Heading | undefined): Heading | undefined {
    if (heading) this.#free.splice(this.#free.indexOf(heading), 1);
    return heading;
  }

  atOtherDepth(section: TemplateSection): Heading | undefined {
    return this.#take(
      this.#free.find((heading) => heading.depth !== 2 && sectionNames(section).includes(sectionName(heading))),
    );
  }

  /** The heading, and the name of the section that it comes near to. */
  misspelt(section: TemplateSection): { heading: Heading; expected: string } | undefined {
    const sameDepth = this.#free.filter((heading) => heading.depth === 2);
    for (const expected of sectionNames(section)) {
      const name = nearest(expected, sameDepth.map(sectionName));
      const heading = this.#take(sameDepth.find((candidate) => sectionName(candidate) === name));
      if (heading) return { heading, expected };
    }
    return undefined;
  }
}

const hashes = (depth: number): string => '#'.repeat(depth);

/** A section that is not there, and the heading of the first later one that is. */
interface Missing {
  readonly section: TemplateSection;
  readonly next: Heading | undefined;
}

function missingSections({ template }: DocumentType, matched: readonly MatchedSection[]): Missing[] {
  return template.sections.flatMap((section, index) => {
    if (matched.some(({ required }) => required === section)) return [];
    const following = template.sections.slice(index + 1);
    const next = following.flatMap((later) => matched.find(({ required }) => required === later) ?? [])[0];
    return [{ section, next: next?.section.heading }];
  });
}

/** Whether a heading stands where its section belongs: behind those that come before it, above those that come after. */
function standsInOrder(
  heading: Heading,
  section: TemplateSection,
  template: Template,
  matched: readonly MatchedSection[],
): boolean {
  const own = template.sections.indexOf(section);
  return matched.every(
    ({ required, section: { heading: other } }) =>
      template.sections.indexOf(required) < own === other.place.line < heading.place.line,
  );
}

/** What a heading that was meant as a section lacks; undefined where there is no such heading. */
function misnamed(
  section: TemplateSection,
  candidates: Candidates,
  { template }: DocumentType,
  matched: readonly MatchedSection[],
): Violation | undefined {
  const subject = section.name;
  const deep = candidates.atOtherDepth(section);
  if (deep) {
    const message = `Unexpected depth of \`${hashes(deep.depth)} ${deep.text}\`, expected \`## ${deep.text}\``;
    const fix = atSectionDepth(deep, standsInOrder(deep, section, template, matched));
    return { message, place: deep.place, subject, ...(fix && { fix }) };
  }
  const misspelt = candidates.misspelt(section);
  if (!misspelt) return undefined;
  const { heading, expected } = misspelt;
  const message = `Unexpected section \`${heading.text}\`, expected \`${expected}\``;
  const fix = retitled(heading, expected, sectionName(heading).toLowerCase() === expected.toLowerCase());
  return { message, place: heading.place, subject, ...(fix && { fix }) };
}

function absent({ section, next }: Missing, facts: Facts, fix: FixPlan | undefined): Violation {
  const where = next ? `above \`## ${next.text}\`` : 'at the end';
  return {
    message: `Missing section \`${section.name}\`, expected \`## ${section.name}\` ${where}`,
    place: next?.place ?? facts.end,
    subject: section.name,
    ...(fix && { fix }),
  };
}

const rule: Rule = {
  id: 'required-sections',
  area: 'body',
  severity: 'error',
  summary: "The document has every section of its type's template, as headings of depth 2.",
  fixable: 'both',
  check(facts, { document: { type } }) {
    const violations: Violation[] = [];
    if (!type) return violations;
    if (firstSections(facts, type).length === type.template.sections.length) return [];
    const matched = matchedSections(facts, type);
    const absentees = missingSections(type, matched);
    if (absentees.length === 0) return violations;
    const candidates = new Candidates(facts, type);
    const found = absentees.map((missing) => ({
      missing,
      violation: misnamed(missing.section, candidates, type, matched),
    }));
    for (const { missing, violation } of found) {
      // Those that belong in one place come together, in order.
      const together = found.flatMap((one) =>
        one.violation || one.missing.next !== missing.next ? [] : [one.missing],
      );
      const sections = together.map(({ section }) => section);
      violations.push(violation ?? absent(missing, facts, withSections(sections, missing.next, facts)));
    }
    return violations;
  },
  *improve(facts, { document: { type } }) {
    if (!type) return;
    for (const { section, required } of firstSections(facts, type)) {
      if (sectionName(section.heading) === required.name) continue;
      const fix = retitled(section.heading, required.name, true);
      if (fix) yield fix;
    }
  },
};

export default rule;
