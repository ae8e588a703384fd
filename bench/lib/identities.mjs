// Which documents there are: their types, ids, names, statuses, and who supersedes whom.
import { DEFECTS } from './defects.mjs';
import { title } from './prose.mjs';
import { Chance, STREAMS } from './random.mjs';

/**
 * @typedef {object} Kind a document type of the `devops` preset, as far as the corpus needs it
 * @property {string} name
 * @property {string} prefix
 * @property {string} folder
 * @property {readonly string[]} statuses a status that stands here twice is drawn twice as often
 * @property {readonly string[]} [succeeding] statuses in which a document may take the place of another
 * @property {readonly string[]} sections
 * @property {readonly string[]} [priorities]
 */

/**
 * @typedef {object} Identity one document before its text is written
 * @property {number} index from 0, through all types
 * @property {Kind} kind
 * @property {string} id
 * @property {string} title
 * @property {string} date YYYY-MM-DD
 * @property {string} path relative to the corpus
 * @property {string} status
 * @property {import('./defects.mjs').Defect | undefined} defect
 * @property {Identity | undefined} twin the earlier document whose id it has too
 * @property {boolean} isSpoilt it has a defect, or part in that of another
 * @property {string[]} supersedes
 * @property {string[]} supersededBy
 */

const ROOT = 'dev_ops';
const DIGITS = 3;
const FIRST_DAY = Date.UTC(2019, 0, 7);
const DAYS = 2400;
const HUNDRED = 100;

/** @type {Readonly<Record<string, Kind>>} */
const KINDS = {
  plan: {
    name: 'plan',
    prefix: 'PLAN',
    folder: 'plans',
    statuses: ['Draft', 'Active', 'Active', 'Complete', 'Complete', 'Complete', 'Complete', 'Superseded'],
    succeeding: ['Active', 'Complete'],
    sections: ['Goal', 'Context', 'Proposed Changes', 'Verification', 'Related', 'Exit Criteria'],
  },
  adr: {
    name: 'adr',
    prefix: 'ADR',
    folder: 'adrs',
    statuses: ['Proposed', 'Accepted', 'Accepted', 'Accepted', 'Accepted', 'Rejected', 'Deprecated', 'Superseded'],
    succeeding: ['Accepted'],
    sections: ['Context', 'Decision', 'Consequences', 'Related'],
  },
  research: {
    name: 'research',
    prefix: 'RESEARCH',
    folder: 'research',
    statuses: ['Active', 'Complete', 'Complete'],
    sections: ['Question', 'Context', 'Findings', 'Conclusion', 'Related'],
  },
  bug: {
    name: 'bug',
    prefix: 'BUG',
    folder: 'bugs',
    statuses: ['Open', 'In Progress', 'Resolved', 'Closed', 'Closed'],
    sections: ['Description', 'Context', 'Steps to Reproduce', 'Expected Behavior', 'Actual Behavior', 'Related'],
    priorities: ['Low', 'Medium', 'High', 'Critical'],
  },
  backlog: {
    name: 'backlog',
    prefix: 'BLK',
    folder: 'backlog',
    statuses: ['Open', 'Planned', 'Done', 'Dropped'],
    sections: ['Context', 'Goal', 'Related'],
    priorities: ['Low', 'Medium', 'High'],
  },
};

/** The types in turn: ten plans, five decisions, four bugs, three of the others. */
const TURNS = [
  ...['plan', 'adr', 'plan', 'bug', 'plan', 'research', 'plan', 'adr', 'backlog', 'plan', 'bug', 'plan', 'adr'],
  ...['plan', 'research', 'bug', 'plan', 'backlog', 'adr', 'plan', 'bug', 'research', 'plan', 'adr', 'backlog'],
].map((name) => KINDS[name]);

/** @param {string} text */
const slug = (text) => text.toLowerCase().replaceAll(' ', '-');

/** @returns {Identity} */
function identity(index, number, count, seed) {
  const kind = TURNS[index % TURNS.length];
  const chance = new Chance(seed, STREAMS.identity, index);
  const id = `${kind.prefix}-${String(number).padStart(DIGITS, '0')}`;
  const name = title(chance);
  const day = FIRST_DAY + Math.floor((index * DAYS) / count) * 86_400_000;
  return {
    index,
    kind,
    id,
    title: name,
    date: new Date(day).toISOString().slice(0, 10),
    path: `${ROOT}/${kind.folder}/${id}-${slug(name)}.md`,
    status: chance.pick(kind.statuses),
    defect: undefined,
    twin: undefined,
    isSpoilt: false,
    supersedes: [],
    supersededBy: [],
  };
}

function numbered(count, seed) {
  const last = new Map();
  return Array.from({ length: count }, (_, index) => {
    const { name } = TURNS[index % TURNS.length];
    const number = (last.get(name) ?? 0) + 1;
    last.set(name, number);
    return identity(index, number, count, seed);
  });
}

/** Gives a document a defect, and the status, place or id that goes with it. */
function spoil(document, defect, documents) {
  document.defect = defect;
  document.isSpoilt = true;
  document.status =
    defect.statuses?.[document.kind.name] ?? document.status.replace('Superseded', document.kind.succeeding?.[0]);
  if (defect.rename) document.path = document.path.replace(/[^/]+$/, defect.rename);
  if (defect.folder) document.path = document.path.replace(`/${document.kind.folder}/`, `/${defect.folder}/`);
  if (!defect.sharesId) return;
  const earlier = documents
    .slice(0, document.index)
    // Beside a second one of its id, a superseded document would be found no more by its successor.
    .filter(({ kind, defect: other, status }) => kind === document.kind && !other && status !== 'Superseded');
  document.twin = earlier.at(-1);
  document.twin.isSpoilt = true;
  document.path = document.path.replace(document.id, document.twin.id).replace(/\.md$/, '-again.md');
  document.id = document.twin.id;
}

/** One defect in every full hundred of documents, the kinds in turn. */
function plant(documents, seed) {
  for (let hundred = 0; (hundred + 1) * HUNDRED <= documents.length; hundred += 1) {
    const defect = DEFECTS[hundred % DEFECTS.length];
    const chance = new Chance(seed, STREAMS.defect, hundred);
    // The second half, so that a document of the same type stands before it.
    const half = documents.slice(hundred * HUNDRED + HUNDRED / 2, (hundred + 1) * HUNDRED);
    const fitting = half.filter(({ kind }) => defect.types.includes(kind.name));
    spoil(chance.pick(fitting), defect, documents);
  }
}

/** Finds a successor for each superseded document; one without becomes what a successor would be. */
function supersede(documents) {
  const next = new Map();
  for (const document of [...documents].reverse()) {
    const { kind, defect, status } = document;
    if (status === 'Superseded') {
      const successor = next.get(kind);
      if (successor) {
        document.supersededBy.push(successor.id);
        successor.supersedes.push(document.id);
      } else document.status = kind.succeeding[0];
    } else if (!defect && kind.succeeding?.includes(status)) next.set(kind, document);
  }
}

/**
 * The documents of a corpus.
 *
 * @param {number} count
 * @param {number} seed
 * @returns {Identity[]}
 */
export function identities(count, seed) {
  const documents = numbered(count, seed);
  plant(documents, seed);
  supersede(documents);
  return documents;
}
