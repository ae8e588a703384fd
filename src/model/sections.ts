import type { DocumentType } from './document-type.ts';
import type { Box, Facts, Section } from './facts.ts';
import { composed } from './printable.ts';
import { remembering } from './remember.ts';
import { sectionNamed, type TemplateSection } from './template.ts';

/** A section of a document and what the template says of it. */
export interface MatchedSection {
  readonly section: Section;
  /** Index into `Facts.sections`. */
  readonly index: number;
  readonly required: TemplateSection;
}

/** Names compare by their text: composed, white space collapsed. */
export function sectionName(heading: { readonly text: string }): string {
  return composed(heading.text);
}

type OfSections<T> = (facts: Facts, type: DocumentType) => readonly T[];

/** The sections of a document that its template requires, by name or alias, in the order of the document. */
export const matchedSections: OfSections<MatchedSection> = remembering((facts: Facts, { template }: DocumentType) => {
  const matched: MatchedSection[] = [];
  for (const [index, section] of facts.sections.entries()) {
    const required = sectionNamed(template, sectionName(section.heading));
    if (required) matched.push({ section, index, required });
  }
  return matched;
});

/** The first section of each name; a further one is the business of duplicate-section. */
export const firstSections: OfSections<MatchedSection> = remembering((facts: Facts, type: DocumentType) => {
  const seen = new Set<TemplateSection>();
  return matchedSections(facts, type).filter(({ required }) => !seen.has(required) && seen.add(required));
});

/** The boxes that count as exit criteria: those in sections which the template marks as a checklist. */
export const criteria: OfSections<Box> = remembering((facts: Facts, type: DocumentType) => {
  const checklists = new Set(
    matchedSections(facts, type).flatMap(({ required, index }) => (required.checklist ? [index] : [])),
  );
  return facts.boxes.filter((box) => checklists.has(box.section));
});

/** Whether documents of a type have exit criteria at all. */
export function hasCriteria({ template }: DocumentType): boolean {
  return template.sections.some(({ checklist, minItems }) => checklist || minItems > 0);
}

/** Whether a box stays open for a reason; until when is the business of exit-criteria-waiver. */
export function isWaived({ directives }: Box): boolean {
  return directives.some(({ kind }) => kind === 'waived');
}
