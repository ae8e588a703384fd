import type { Document, DocumentIndex } from './document.ts';
import type { FixPlan, FixStep } from './fix.ts';
import { entryAt } from './frontmatter.ts';
import { escapePointer } from './json-pointer.ts';
import { isPlaced, type Place } from './place.ts';
import { remembering } from './remember.ts';
import { matchedSections } from './sections.ts';

/** A part of a document that its status keeps as it is. */
export interface FrozenZone {
  /** The section or the key, as the type names it. */
  readonly name: string;
  readonly kind: 'section' | 'field';
  readonly place: Place;
}

const isBefore = (a: { line: number; column: number }, b: { line: number; column: number }): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);

const endOf = ({ endLine, endColumn }: Place): { line: number; column: number } => ({
  line: endLine,
  column: endColumn,
});

/** From a heading to the white space above the next one of depth 1 or 2, or to that at the end of the text. */
function sectionPlace({ facts }: Document, index: number): Place {
  const start = (facts.sections[index] as (typeof facts.sections)[number]).heading.place;
  const next = facts.headings.find(({ depth, place }) => depth <= 2 && isBefore(start, place));
  const behind = next ? [next.above, next.place] : [facts.tail, facts.end];
  const end = behind.find(isPlaced) ?? facts.end;
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** Whether the status of a document keeps anything as it is. */
export function keepsSomething({ type, status }: Pick<Document, 'type' | 'status'>): boolean {
  return (type?.lifecycle?.frozen ?? []).some((one) => status !== undefined && one.in.includes(status));
}

/** What the status of a document keeps as it is: whole sections with their headings, and keys with their values. */
export const frozenZones: (document: Document) => readonly FrozenZone[] = remembering(findZones);

function findZones(document: Document): FrozenZone[] {
  const { type, status } = document;
  const frozen = (type?.lifecycle?.frozen ?? []).filter((one) => status !== undefined && one.in.includes(status));
  if (!type || frozen.length === 0) return [];
  const { facts } = document;
  const sections = new Set(frozen.flatMap((one) => one.sections ?? []));
  const fields = new Set(frozen.flatMap((one) => one.fields ?? []));
  const inBody = matchedSections(facts, type).flatMap(({ required, index }): FrozenZone[] =>
    sections.has(required.name) ? [{ name: required.name, kind: 'section', place: sectionPlace(document, index) }] : [],
  );
  const inHead = [...fields].flatMap((name): FrozenZone[] => {
    const entry = entryAt(facts.frontmatter, `/${escapePointer(name)}`);
    if (!entry) return [];
    const { line, column } = entry.key ?? entry.value;
    const { endLine, endColumn } = entry.value;
    return [{ name, kind: 'field', place: { line, column, endLine, endColumn } }];
  });
  return [...inHead, ...inBody];
}

/** Whether other text at a place changes a zone. A section that is put in behind a frozen one leaves that as it is. */
function changes(place: Place, text: string, zone: FrozenZone): boolean {
  const [start, end] = [place, endOf(place)];
  const zoneEnd = endOf(zone.place);
  if (isBefore(start, zoneEnd) && isBefore(zone.place, end)) return true;
  const isInsertion = !isBefore(start, end);
  const isAtEnd = isInsertion && !isBefore(start, zoneEnd) && !isBefore(zoneEnd, start);
  return isAtEnd && !(zone.kind === 'section' && /^\s*#/.test(text));
}

const inWords = ({ name }: FrozenZone, { path, status }: Document): string =>
  `\`${name}\` of ${path} is frozen in the status \`${status}\``;

/** Why other text at a place of a document is out of the question; undefined where it is not. */
export function frozenAt(document: Document, place: Place, text: string): string | undefined {
  const zone = frozenZones(document).find((one) => changes(place, text, one));
  return zone && inWords(zone, document);
}

function frozenStep(step: FixStep, own: string, index: DocumentIndex): string | undefined {
  if (step.kind === 'change-board' || step.kind === 'move') return undefined;
  const document = index.at(('path' in step ? step.path : undefined) ?? own);
  if (!document) return undefined;
  if (step.kind === 'replace') {
    const [text = ''] = [step.text].flat();
    return frozenAt(document, step.place, typeof text === 'string' ? text : '');
  }
  const zone = frozenZones(document).find(({ kind, name }) => kind === 'field' && name === step.key);
  return zone && inWords(zone, document);
}

/** Why a fix is out of the question: it would change what a document's status keeps as it is; undefined where it would not. */
export function frozenBy({ steps }: FixPlan, path: string, index: DocumentIndex): string | undefined {
  for (const step of steps) {
    const reason = frozenStep(step, path, index);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
