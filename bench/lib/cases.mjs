// The cases that are measured on a corpus, with those who take part in each.
import {
  catFile,
  EMPTY,
  markdownlint,
  ours,
  readAll,
  remark,
  rumdl,
  rumdlWithCache,
  rumdlWithEmptyCache,
} from './contest.mjs';
import { forget, stagedCache, wholeCache } from './state.mjs';

/** @typedef {import('./contest.mjs').Contestant} Contestant */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {Contestant[]} entrants
 * @property {() => void} [before] what happens before each round, unmeasured
 */

/**
 * @typedef {object} Setting
 * @property {number} count documents
 * @property {string} folder
 * @property {import('./state.mjs').Change} change
 * @property {boolean} withPeers
 * @property {(option: string) => boolean} knows whether `planproof lint` has an option
 */

const FOLDER = ['dev_ops'];

/** @returns {Contestant} planproof that remembers what is staged */
const warmStaged = (folder) => ({ ...ours('lint', '--staged'), cache: stagedCache(folder) });

/** @returns {Contestant} planproof without what earlier runs have left it */
const coldOurs = (folder, ...args) => ({ ...ours(...args), before: () => forget(folder) });

/**
 * One document is staged. Each round it has a text that is new to every cache.
 *
 * @param {Setting} setting
 * @returns {Case[]}
 */
export function stagedCases({ folder, change, withPeers }) {
  const floors = [EMPTY, readAll(), catFile()];
  const one = [change.path];
  const peers = withPeers ? [rumdl(one), rumdlWithCache(folder, one), markdownlint(one), remark(one, 1)] : [];
  const before = () => change.stage();
  return [
    { name: 'staged', before, entrants: [...floors, warmStaged(folder), ...peers] },
    {
      name: 'staged, no cache',
      before,
      entrants: [...floors, coldOurs(folder, 'lint', '--staged'), { ...ours('lint', '--base', 'HEAD'), isOurs: false }],
    },
    {
      name: 'staged, nothing changed',
      entrants: [EMPTY, warmStaged(folder), ...(withPeers ? [rumdlWithCache(folder, one)] : [])],
    },
  ];
}

/**
 * All documents are linted, with nothing of earlier runs; nothing is staged. Where all keep something for the next run, and where
 * nobody does.
 *
 * @param {Setting} setting
 * @returns {Case[]}
 */
export function wholeCases({ count, folder, withPeers, knows }) {
  const start = count === 1 ? [{ ...ours('--version'), isOurs: false }] : [];
  const [filling, keepingNothing] = [rumdlWithEmptyCache(folder, FOLDER), rumdl(FOLDER)];
  const markdown = markdownlint(['dev_ops/**/*.md']);
  const peers = withPeers ? [keepingNothing, filling, markdown, remark(FOLDER, count)] : [];
  const cold = { name: 'whole', entrants: [EMPTY, ...start, readAll(), coldOurs(folder, 'lint'), ...peers] };
  if (!knows('--no-cache')) return [cold];
  const without = [EMPTY, ours('lint', '--no-cache'), ...(withPeers ? [keepingNothing, markdown] : [])];
  return [cold, { name: 'whole, without a cache', entrants: without }];
}

/**
 * All documents are linted, and are what they were in the run before.
 *
 * @param {Setting} setting
 * @returns {Case[]}
 */
export function unchangedCases({ folder, withPeers }) {
  const warm = { ...ours('lint'), cache: wholeCache(folder) };
  const peers = withPeers ? [rumdlWithCache(folder, FOLDER)] : [];
  return [{ name: 'whole, nothing changed', entrants: [EMPTY, readAll(), warm, ...peers] }];
}

const inWords = (count) => `${count.toLocaleString('en-US')} ${count === 1 ? 'document' : 'documents'}`;

/**
 * One staged document of many, against the same of fewer, all in one race. The largest corpus is compared with the rest.
 *
 * @param {readonly { count: number, folder: string, change: import('./state.mjs').Change }[]} corpora
 * @returns {Case}
 */
export function scaleCase(corpora) {
  const largest = Math.max(...corpora.map(({ count }) => count));
  const lanes = corpora.map(({ count, folder, change }) => ({
    ...warmStaged(folder),
    name: `planproof lint --staged, ${inWords(count)}`,
    isOurs: count === largest,
    cwd: folder,
    before: () => change.stage(),
  }));
  return { name: 'scale', entrants: [EMPTY, ...lanes] };
}
