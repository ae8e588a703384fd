// What can be wrong with a planted document. Each defect is to give one finding and no other.

/** Stands in a draft where the finding is expected; taken out of the text that is written. */
export const MARK = '\u0000';

/**
 * @typedef {object} Draft a document before it is text
 * @property {string} open the first line
 * @property {[string, string | string[]][]} fields the frontmatter
 * @property {boolean} flow lists of the frontmatter stand in brackets
 * @property {string} title the first heading
 * @property {{ heading: string, text: string }[]} sections
 */

/**
 * @typedef {object} Defect
 * @property {string} name
 * @property {string} rule the rule that has to find it
 * @property {readonly string[]} types
 * @property {Readonly<Record<string, string>>} [statuses] the status it needs, by type
 * @property {(name: string) => string} [rename] the name of its file, from the right one
 * @property {string} [folder] the folder it lies in
 * @property {boolean} [sharesId] it has the id of an earlier document
 * @property {boolean} [withoutOrigin] it names neither bug nor backlog item nor anything outside
 * @property {(draft: Draft) => void} spoil
 */

const ALL = ['plan', 'adr', 'research', 'bug', 'backlog'];
/** The exit criteria of plans are checked against the rest, so what a gate asks for is spoilt elsewhere. */
const UNCHECKED = ['adr', 'research', 'bug', 'backlog'];
const GATED = { adr: 'Accepted', research: 'Complete', bug: 'Resolved', backlog: 'Planned' };
/** Decisions are left out where a status is spoilt: plans rely on theirs. */
const WITHOUT_DECISIONS = ['plan', 'research', 'bug', 'backlog'];

const field = (draft, name) => draft.fields.find(([key]) => key === name);
const set = (draft, name, value) => {
  field(draft, name)[1] = value;
};
const related = (draft) => field(draft, 'related_docs')[1];
const section = (draft, name) => draft.sections.find(({ heading }) => heading === `## ${name}`);
const mark = (part) => {
  part.heading = MARK + part.heading;
};
const markId = (draft) => set(draft, 'id', MARK + field(draft, 'id')[1]);

/** @type {readonly Defect[]} */
export const DEFECTS = [
  {
    name: 'dangling relation',
    rule: 'relation-exists',
    types: ALL,
    spoil: (draft) => related(draft).push(`${MARK}ADR-987654`),
  },
  {
    name: 'open box in a complete plan',
    rule: 'exit-criteria-complete',
    types: ['plan'],
    statuses: { plan: 'Complete' },
    spoil(draft) {
      const criteria = section(draft, 'Exit Criteria');
      criteria.text += `\n${MARK}- [ ] Everybody on call has read the new page.`;
    },
  },
  {
    name: 'unknown status',
    rule: 'frontmatter-schema',
    types: WITHOUT_DECISIONS,
    spoil: (draft) => set(draft, 'status', `${MARK}Finsihed`),
  },
  {
    name: 'missing section',
    rule: 'required-sections',
    types: ALL,
    spoil(draft) {
      const related = section(draft, 'Related');
      draft.sections.splice(draft.sections.indexOf(related) - 1, 1);
      mark(related);
    },
  },
  {
    name: 'shared id',
    rule: 'unique-id',
    types: ALL,
    sharesId: true,
    spoil: markId,
  },
  {
    name: 'impossible date',
    rule: 'frontmatter-schema',
    types: ALL,
    spoil: (draft) => set(draft, 'date', `${MARK}2025-13-45`),
  },
  {
    name: 'empty section',
    rule: 'empty-section',
    types: UNCHECKED,
    statuses: GATED,
    spoil(draft) {
      const context = section(draft, 'Context');
      context.text = '<!-- Why now, and for whom? -->';
      mark(context);
    },
  },
  {
    name: 'title of another document',
    rule: 'title-heading',
    types: ALL,
    spoil(draft) {
      draft.title = `${MARK}${draft.title} for the second time`;
    },
  },
  {
    name: 'section out of place',
    rule: 'section-order',
    types: ALL,
    spoil(draft) {
      const first = draft.sections.shift();
      mark(first);
      draft.sections.push(first);
    },
  },
  {
    name: 'missing origin',
    rule: 'required-relations',
    types: ['plan'],
    statuses: { plan: 'Active' },
    withoutOrigin: true,
    spoil(draft) {
      draft.flow = true;
      field(draft, 'related_docs')[0] = `${MARK}related_docs`;
    },
  },
  {
    name: 'missing status',
    rule: 'frontmatter-schema',
    types: WITHOUT_DECISIONS,
    spoil(draft) {
      draft.fields = draft.fields.filter(([key]) => key !== 'status');
      draft.open = MARK + draft.open;
    },
  },
  {
    name: 'key twice',
    rule: 'frontmatter-syntax',
    types: ALL,
    spoil: (draft) => draft.fields.push([`${MARK}owner`, 'nobody']),
  },
  {
    name: 'placeholder',
    rule: 'placeholder',
    types: UNCHECKED,
    statuses: GATED,
    spoil(draft) {
      section(draft, 'Context').text += `\n\n${MARK}The number of cases per week is TBD.`;
    },
  },
  {
    name: 'exit criteria without boxes',
    rule: 'exit-criteria',
    types: ['plan'],
    statuses: { plan: 'Active' },
    spoil(draft) {
      const criteria = section(draft, 'Exit Criteria');
      criteria.text = 'All of the above is done, and nobody complains.';
      mark(criteria);
    },
  },
  {
    name: 'section twice',
    rule: 'duplicate-section',
    types: ALL,
    spoil(draft) {
      const again = { heading: `${MARK}## Context`, text: 'What was said above holds here too.' };
      draft.sections.splice(draft.sections.indexOf(section(draft, 'Related')), 0, again);
    },
  },
  {
    name: 'relation to itself',
    rule: 'relation-self',
    types: ALL,
    spoil: (draft) => related(draft).push(MARK + field(draft, 'id')[1]),
  },
  {
    name: 'relation twice',
    rule: 'relation-duplicate',
    types: ALL,
    spoil: (draft) => related(draft).push(MARK + related(draft)[0]),
  },
  {
    name: 'id in lower case',
    rule: 'id-format',
    types: ALL,
    spoil: (draft) => set(draft, 'id', MARK + field(draft, 'id')[1].toLowerCase()),
  },
  {
    name: 'underscore behind the id of the file name',
    rule: 'file-name',
    types: ALL,
    rename: (name) => name.replace(/(?<=[0-9])-/, '_'),
    spoil: markId,
  },
  {
    name: 'plan in the folder of decisions',
    rule: 'file-location',
    types: ['plan'],
    folder: 'adrs',
    spoil: markId,
  },
  {
    name: 'unreadable directive',
    rule: 'unknown-directive',
    types: ['plan'],
    spoil(draft) {
      section(draft, 'Exit Criteria').text += `\n${MARK}- [x] Alarms are set. <!-- planproof: chek location -->`;
    },
  },
];
