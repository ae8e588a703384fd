import type { DocumentType } from '../src/model/document-type.ts';
import type { Facts, Prose } from '../src/model/facts.ts';
import type { Violation } from '../src/model/finding.ts';
import { mayHavePlaceholder, placeholderPattern } from '../src/model/placeholder.ts';
import { FOR_TYPES, remembering } from '../src/model/remember.ts';
import type { Rule } from '../src/model/rule.ts';
import { sampleTexts } from '../src/model/template.ts';

/** Frontmatter values; the id and the relations have rules of their own. */
function inFrontmatter(facts: Facts, type: DocumentType): Pick<Prose, 'text' | 'place'>[] {
  const entries = facts.frontmatter?.entries ?? [];
  const suspects = entries.filter(({ source }) => source !== null && mayHavePlaceholder(source));
  return suspects.flatMap(({ pointer, source, value }) => {
    const key = pointer.split('/')[1] ?? '';
    const found = key === 'id' || type.relations.has(key) ? null : placeholderPattern().exec(source as string);
    return found ? [{ text: found[0], place: value }] : [];
  });
}

const samplesOf = remembering((type: DocumentType): ReadonlySet<string> => new Set(sampleTexts(type)), FOR_TYPES);

/** Paragraphs that the template's author wrote as an example and nobody replaced. */
function samplesLeft(facts: Facts, type: DocumentType): Prose[] {
  const samples = samplesOf(type);
  return samples.size === 0 ? [] : facts.paragraphs.filter(({ text }) => samples.has(text));
}

const rule: Rule = {
  id: 'placeholder',
  area: 'body',
  severity: 'error',
  summary: "No `{{…}}`, `XXX`, `TBD` and none of the template's own sample text is left.",
  gate: 'sections-filled',
  check(facts, { document: { type } }) {
    const violations: Violation[] = [];
    if (!type) return violations;
    for (const { text, place } of [...inFrontmatter(facts, type), ...facts.placeholders]) {
      violations.push({
        message: `Unexpected placeholder \`${text}\`, expected what it stands for`,
        place,
        subject: text,
      });
    }
    for (const { text, place } of samplesLeft(facts, type)) {
      violations.push({
        message: "Unexpected sample text of the template, expected the document's own",
        place,
        subject: text,
      });
    }
    return violations;
  },
};

export default rule;
