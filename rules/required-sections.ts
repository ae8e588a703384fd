import type { DocumentType } from '../src/model/document-type.ts';
import type { Facts, Heading } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import type { Rule } from '../src/model/rule.ts';
import { matchedSections, sectionName } from '../src/model/sections.ts';
import { nearest } from '../src/model/suggest.ts';
import { sectionNamed, sectionNames, type TemplateSection } from '../src/model/template.ts';

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

function judge(section: TemplateSection, candidates: Candidates, next: Heading | undefined, facts: Facts): Violation {
  const subject = section.name;
  const deep = candidates.atOtherDepth(section);
  if (deep) {
    return {
      message: `Unexpected depth of \`${hashes(deep.depth)} ${deep.text}\`, expected \`## ${deep.text}\``,
      place: deep.place,
      subject,
    };
  }
  const misspelt = candidates.misspelt(section);
  if (misspelt)
    return {
      message: `Unexpected section \`${misspelt.heading.text}\`, expected \`${misspelt.expected}\``,
      place: misspelt.heading.place,
      subject,
    };
  const where = next ? `above \`## ${next.text}\`` : 'at the end';
  return {
    message: `Missing section \`${section.name}\`, expected \`## ${section.name}\` ${where}`,
    place: next?.place ?? facts.end,
    subject,
  };
}

const rule: Rule = {
  id: 'required-sections',
  area: 'body',
  severity: 'error',
  summary: "The document has every section of its type's template, as headings of depth 2.",
  *check(facts, { document: { type } }) {
    if (!type) return;
    const matched = matchedSections(facts, type);
    const candidates = new Candidates(facts, type);
    for (const [index, section] of type.template.sections.entries()) {
      if (matched.some(({ required }) => required === section)) continue;
      const following = type.template.sections.slice(index + 1);
      const next = following.flatMap((later) => matched.find(({ required }) => required === later) ?? [])[0];
      yield judge(section, candidates, next?.section.heading, facts);
    }
  },
};

export default rule;
