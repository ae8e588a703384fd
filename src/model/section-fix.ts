import { isAimedAt } from './control.ts';
import type { DocumentType } from './document-type.ts';
import type { Facts, Heading } from './facts.ts';
import type { FixPlan } from './fix.ts';
import { between, isPlaced, type Place } from './place.ts';
import { firstSections, type MatchedSection, matchedSections } from './sections.ts';
import type { TemplateSection } from './template.ts';

const startOf = ({ line, column }: Place): Place => ({ line, column, endLine: line, endColumn: column });
const lineOf = ({ place: { line } }: Heading): Place => ({ line, column: 1, endLine: line, endColumn: 1 });
const hasBlankLine = ({ line, endLine }: Place): boolean => endLine - line > 1;

const textOf = ({ name, body }: TemplateSection): string => (body === '' ? `## ${name}` : `## ${name}\n\n${body}`);

/**
 * Puts missing sections into a document as the template has them, with blank lines around.
 *
 * @param next the heading above which they belong; at the end without one
 * @returns undefined where they would be swallowed by what stands above, or come between a comment and its line
 */
export function withSections(
  sections: readonly TemplateSection[],
  next: Heading | undefined,
  facts: Facts,
): FixPlan | undefined {
  const text = sections.map(textOf).join('\n\n');
  if (!next) {
    if (facts.leftOpen || !isPlaced(facts.tail)) return undefined;
    return { safe: true, steps: [{ kind: 'replace', place: startOf(facts.tail), text: `\n\n${text}` }] };
  }
  if (!isPlaced(next.place) || isAimedAt(next.place.line, facts.controls)) return undefined;
  const lead = hasBlankLine(next.above) || next.place.line === 1 ? '' : '\n';
  return { safe: true, steps: [{ kind: 'replace', place: lineOf(next), text: `${lead}${text}\n\n` }] };
}

/** Gives a heading another text; undefined where it is written with more than words. */
export function retitled({ words, plain }: Heading, text: string, safe: boolean): FixPlan | undefined {
  if (!plain || !isPlaced(words)) return undefined;
  return { safe, steps: [{ kind: 'replace', place: words, text }] };
}

/** Makes a section of a heading of another depth; undefined for words on several lines. */
export function atSectionDepth({ words, place }: Heading, safe: boolean): FixPlan | undefined {
  if (!isPlaced(words) || words.line !== words.endLine) return undefined;
  return { safe, steps: [{ kind: 'replace', place, text: ['## ', words] }] };
}

/**
 * Takes a heading out that has nothing below it; undefined where anything would be lost.
 *
 * @param next the heading below it, of whatever depth
 */
export function withoutHeading(
  heading: Heading,
  next: Heading | undefined,
  { tail, controls }: Facts,
): FixPlan | undefined {
  const below = next?.above ?? tail;
  const isBlank = below.line === heading.place.endLine && (next?.depth ?? 0) <= heading.depth;
  if (!isBlank || !heading.plain || isAimedAt(heading.place.line, controls)) return undefined;
  return { safe: true, steps: [{ kind: 'replace', place: between(heading.above, below), text: '' }] };
}

/** A section of the template with what follows it, up to the next one, and the white space behind. */
interface Stretch {
  readonly match: MatchedSection;
  readonly place: Place;
  readonly gap: Place;
}

function stretchesOf(firsts: readonly MatchedSection[], tail: Place): Stretch[] {
  return firsts.map((match, at) => {
    const gap = firsts[at + 1]?.section.heading.above ?? tail;
    return { match, place: between(lineOf(match.section.heading), gap), gap };
  });
}

/** Whether a definition would win over another one with its label only because of its place. */
function definesTwice({ links }: Facts): boolean {
  const urls = new Map<string | undefined, string>();
  return links.some(({ kind, label, url }) => {
    if (kind !== 'definition') return false;
    const first = urls.get(label);
    if (first === undefined) urls.set(label, url);
    return first !== undefined && first !== url;
  });
}

/** Whether text in these lines means the same in another place. */
function isMovable({ line, endLine }: Place, facts: Facts): boolean {
  const inside = (place: Place): boolean => place.endLine >= line && place.line <= endLine;
  const reach = { line: line - 1, column: 1, endLine, endColumn: 1 };
  return (
    !facts.headings.some(({ depth, place }) => depth === 1 && inside(place)) &&
    !facts.sections.some(({ balanced, heading }) => !balanced && inside(heading.place)) &&
    !facts.controls.some(({ place }) => place.endLine >= reach.line && place.line <= endLine) &&
    !(facts.leftOpen && endLine >= facts.tail.line) &&
    !definesTwice(facts)
  );
}

/**
 * Moves the sections of the template into its order; others stay with the section they follow. The white space between
 * sections stays where it is, so that the end of the file keeps its form.
 *
 * @returns undefined where they stand in order, where one stands twice, or where moving them could change what the document means
 */
export function inTemplateOrder(facts: Facts, type: DocumentType): FixPlan | undefined {
  const order = type.template.sections;
  const firsts = firstSections(facts, type);
  if (!firsts.every(({ section }) => isPlaced(section.heading.place))) return undefined;
  const stretches = stretchesOf(firsts, facts.tail);
  const sorted = stretches.toSorted((a, b) => order.indexOf(a.match.required) - order.indexOf(b.match.required));
  const from = stretches.findIndex((stretch, at) => stretch !== sorted[at]);
  const to = stretches.findLastIndex((stretch, at) => stretch !== sorted[at]);
  const [first, last] = [stretches[from], stretches[to]];
  if (!first || !last) return undefined;
  const place = between(first.place, { ...startOf(last.gap) });
  if (!isMovable(place, facts) || matchedSections(facts, type).length > firsts.length) return undefined;
  const text = sorted.slice(from, to + 1).flatMap((stretch, at) => {
    const gap = (stretches[from + at] as Stretch).gap;
    return from + at === to ? [stretch.place] : [stretch.place, hasBlankLine(gap) ? gap : '\n\n'];
  });
  return { safe: true, steps: [{ kind: 'replace', place, text }] };
}
