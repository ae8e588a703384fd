// Writes one document: what it refers to, its frontmatter and its sections.
import { block, capital, paragraph, person, piece, richBlock, sentence, tags, wrap } from './prose.mjs';
import { Chance, STREAMS } from './random.mjs';

/** @typedef {import('./identities.mjs').Identity} Identity */
/** @typedef {{ text: string, target?: Identity }} Reference `text` as it stands in the frontmatter */

const ORIGINS = ['bug', 'backlog'];
const RELIABLE = ['Proposed', 'Accepted'];
const NEAR = 40;
/** Bytes aimed at, without frontmatter and lists of references. */
const SHORTEST = 800;
const LONGEST = 1850;
/** A rich corpus has long documents, and some very long ones. */
const LONG = 3;
const VERY_LONG = 12;
const VERY_LONG_IN_A_HUNDRED = 8;

/** What a corpus is made of. */
export const STYLES = ['plain', 'rich'];

/** Whether a document may name another: whole ones only, and a plan rests on decisions that hold. */
function suits(document, target) {
  if (target.id === document.id || target.defect) return false;
  if (document.kind.name === 'plan' && target.kind.name === 'adr') return RELIABLE.includes(target.status);
  return !(document.defect?.withoutOrigin && ORIGINS.includes(target.kind.name));
}

function outside(chance) {
  const number = chance.between(1, 4000);
  return chance.pick([`"#${number}"`, `PR-${number}`, `GH-${number}`, `https://example.com/issues/${number}`]);
}

/** A document near this one, or anywhere. */
function candidate(document, documents, chance) {
  const near = document.index + chance.between(-NEAR, NEAR);
  const index = chance.percent(80) ? near : chance.between(0, documents.length - 1);
  return documents[Math.min(documents.length - 1, Math.max(0, index))];
}

/**
 * What a document refers to: at least one thing, and an origin for every plan.
 *
 * @returns {Reference[]}
 */
function references(document, documents, chance) {
  /** @type {Map<string, Reference>} */
  const found = new Map();
  for (const target of chance.times(chance.between(2, 6), () => candidate(document, documents, chance))) {
    if (suits(document, target)) found.set(target.id, { text: target.id, target });
  }
  const hasOrigin = [...found.values()].some(({ target }) => ORIGINS.includes(target?.kind.name));
  const needsOrigin = document.kind.name === 'plan' ? !hasOrigin : found.size === 0;
  if (needsOrigin && !document.defect?.withoutOrigin) found.set('outside', { text: outside(chance) });
  return [...found.values()];
}

const unquoted = (text) => text.replaceAll('"', '');

function link({ id, path }) {
  const [, ...inside] = path.split('/');
  return `[${id}](../${inside.join('/')})`;
}

function mention(reference, chance) {
  if (!reference.target) return `${sentence(chance)} See ${autolink(unquoted(reference.text))}.`;
  const name = chance.percent(50) ? reference.target.id : link(reference.target);
  return chance.pick([`${name} says why: ${sentence(chance)}`, `${sentence(chance)} This follows from ${name}.`]);
}

const autolink = (text) => (text.startsWith('https:') ? `<${text}>` : text);

/** The section Related: every reference with a word on it. */
function relatedList(document, refs, chance) {
  const items = refs.map(({ text, target }) => {
    const name = target ? link(target) : autolink(unquoted(text));
    return wrap(`- ${name}: ${sentence(chance)}`, '  ');
  });
  const pairs = [...document.supersedes, ...document.supersededBy].map((id) => `- ${id}: the other half of the pair.`);
  return [...items, ...pairs].join('\n') || 'Nothing so far.';
}

/** Boxes; all are ticked once the document is complete. */
function boxes(document, count, chance) {
  return chance
    .times(count, () => {
      const ticked = document.status === 'Complete' || chance.percent(40);
      return `- [${ticked ? 'x' : ' '}] ${piece(chance)}.`;
    })
    .join('\n');
}

/** The criteria of the template with their checks, which hold here; plain ones where a defect would break them. */
function exitCriteria(document, chance) {
  const own = boxes(document, chance.between(1, 3), chance);
  if (document.isSpoilt) return own;
  const ready = ['Active', 'Complete'].includes(document.status) ? 'x' : ' ';
  return [
    '- [x] Plan file lies in its folder. <!-- planproof: check location -->',
    '- [x] Context and Proposed Changes are filled out. <!-- planproof: check filled Context, Proposed Changes -->',
    `- [${ready}] Plan is ready for review. <!-- planproof: check gate Active -->`,
    '- [ ] **If tracked**: plan is linked to its task. <!-- planproof: check linked -->',
    own,
  ].join('\n');
}

function changes(document, chance) {
  const parts = chance.times(chance.between(2, 3), () => {
    const inside = chance.percent(60) ? `\n\n${block(chance)}` : '';
    return `### ${capital(piece(chance))}\n\n${boxes(document, chance.between(2, 3), chance)}${inside}`;
  });
  return parts.join('\n\n');
}

const context = (refs, chance) =>
  [
    paragraph(chance, chance.between(2, 3)),
    ...refs.slice(0, 2).map((reference) => wrap(mention(reference, chance))),
  ].join('\n\n');

/** The text of a section; those without a form of their own get a paragraph. */
function sectionText(name, document, refs, chance) {
  switch (name) {
    case 'Context':
      return context(refs, chance);
    case 'Related':
      return relatedList(document, refs, chance);
    case 'Proposed Changes':
      return changes(document, chance);
    case 'Verification':
      return `${boxes(document, 2, chance)}\n\n${paragraph(chance, 2)}`;
    case 'Exit Criteria':
      return exitCriteria(document, chance);
    default:
      return paragraph(chance, chance.between(1, 2));
  }
}

/** Adds blocks to the sections of prose until the document is as long as it was meant to be. */
function lengthen(sections, chance, style) {
  const longer = style === 'plain' ? 1 : chance.percent(VERY_LONG_IN_A_HUNDRED) ? VERY_LONG : LONG;
  const wanted = longer * chance.between(SHORTEST, LONGEST);
  const make = style === 'plain' ? block : richBlock;
  const prose = sections.filter(({ heading }) => !/Related|Exit Criteria|Goal|Question/.test(heading));
  let length = sections.reduce((sum, { text }) => sum + text.length, 0);
  while (length < wanted) {
    const more = `\n\n${make(chance)}`;
    chance.pick(prose).text += more;
    length += more.length;
  }
}

function fields(document, refs, chance) {
  const { kind, supersedes, supersededBy } = document;
  return [
    ['id', document.id],
    ['title', document.title],
    ['type', kind.name],
    ['date', document.date],
    ['status', document.status],
    ...(kind.priorities ? [['priority', chance.pick(kind.priorities)]] : []),
    ['related_docs', refs.map(({ text }) => text)],
    ...(supersedes.length > 0 ? [['supersedes', supersedes]] : []),
    ...(supersededBy.length > 0 ? [['superseded_by', supersededBy]] : []),
    ['owner', person(chance)],
    ['tags', tags(chance)],
  ];
}

/**
 * The draft of a document, with its defect.
 *
 * @param {Identity} document
 * @param {readonly Identity[]} documents all of the corpus
 * @param {number} seed
 * @param {string} style one of `STYLES`
 * @returns {import('./defects.mjs').Draft}
 */
export function draft(document, documents, seed, style) {
  const chance = new Chance(seed, STREAMS.text, document.index);
  const refs = references(document, documents, chance);
  const sections = document.kind.sections.map((name) => ({
    heading: `## ${name}`,
    text: sectionText(name, document, refs, chance),
  }));
  lengthen(sections, chance, style);
  const whole = {
    open: '---',
    fields: fields(document, refs, chance),
    flow: chance.percent(40),
    title: `# ${document.id} - ${document.title}`,
    sections,
  };
  document.defect?.spoil(whole);
  return whole;
}

function fieldText([key, value], flow) {
  if (!Array.isArray(value)) return `${key}: ${value}`;
  if (flow || value.length === 0) return `${key}: [${value.join(', ')}]`;
  return [`${key}:`, ...value.map((entry) => `  - ${entry}`)].join('\n');
}

/** @param {import('./defects.mjs').Draft} whole */
export function draftText({ open, fields: entries, flow, title, sections }) {
  const head = [open, ...entries.map((entry) => fieldText(entry, flow)), '---'].join('\n');
  const body = sections.map(({ heading, text }) => `${heading}\n\n${text}`).join('\n\n');
  return `${head}\n\n${title}\n\n${body}\n`;
}
