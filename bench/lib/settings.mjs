// The options of the benchmark.
import { parseArgs } from 'node:util';
import { STYLES } from './draft.mjs';

const KINDS = ['staged', 'whole', 'unchanged'];

function numbersIn(values, name) {
  if (values[name] === 'none') return [];
  const numbers = values[name].split(',').map(Number);
  if (numbers.some((number) => !Number.isInteger(number) || number < 1)) throw new Error(`--${name}: ${values[name]}?`);
  return numbers;
}

function oneIn(values, name) {
  const [number] = numbersIn(values, name);
  if (number === undefined) throw new Error(`--${name}: ${values[name]}?`);
  return number;
}

/**
 * @typedef {object} Settings
 * @property {number[]} counts sizes of the corpora
 * @property {number[]} scale sizes of those in which one document is changed
 * @property {number[]} madr numbers of decisions
 * @property {string[]} corpora
 * @property {string[]} cases kinds of cases: those of one staged document, of the whole repository, cold, and with nothing changed
 * @property {number} runs
 * @property {number} budget seconds
 * @property {boolean} withPeers
 * @property {boolean} adds keep what the last results hold beside this
 * @property {string | undefined} madrLint
 */

/** @returns {Settings} */
export function settings() {
  const { values } = parseArgs({
    options: {
      counts: { type: 'string', default: '1,1000,10000' },
      scale: { type: 'string', default: '1000,10000,100000' },
      madr: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '7' },
      budget: { type: 'string', default: '600' },
      corpora: { type: 'string', default: STYLES.join(',') },
      cases: { type: 'string', default: KINDS.join(',') },
      'no-peers': { type: 'boolean', default: false },
      add: { type: 'boolean', default: false },
      'madr-lint': { type: 'string' },
    },
  });
  const corpora = values.corpora.split(',');
  if (corpora.some((one) => !STYLES.includes(one))) throw new Error(`--corpora: ${values.corpora}?`);
  const cases = values.cases.split(',');
  if (cases.some((one) => !KINDS.includes(one))) throw new Error(`--cases: ${values.cases}?`);
  return {
    counts: numbersIn(values, 'counts'),
    scale: numbersIn(values, 'scale'),
    madr: numbersIn(values, 'madr'),
    corpora,
    cases,
    runs: oneIn(values, 'runs'),
    budget: oneIn(values, 'budget'),
    withPeers: !values['no-peers'],
    adds: values.add,
    madrLint: values['madr-lint'],
  };
}
