// The results of a benchmark as Markdown.
import { readFileSync } from 'node:fs';
import { barTable } from './bar.mjs';

const seconds = (value) => (value === null ? '–' : value.toFixed(value < 10 ? 3 : 1));
const mebibytes = (value) => (value === null ? '–' : (value / 2 ** 20).toFixed(0));
const times = (value) => (value == null ? '–' : value.toFixed(2));
const between = (pair) => (pair == null ? '–' : pair.map((value) => value.toFixed(2)).join('–'));

function ratios({ ratio, ratioSpread }) {
  if (ratio === null) return ['', '', '', ''];
  return [times(ratio.cpu), between(ratioSpread?.cpu), times(ratio.wall), times(ratio.peak)];
}

function row(one) {
  const cells = [
    one.command,
    String(one.runs),
    ...[seconds(one.cpu), seconds(one.wall), mebibytes(one.peak)],
    ...ratios(one),
  ];
  return `| ${cells.join(' | ')} |`;
}

const TITLES = {
  staged: 'One staged document, new each time',
  'staged, no cache': 'One staged document, no cache yet',
  'staged, nothing changed': 'One staged document, the same again',
  whole: 'The whole repository, cold',
  'whole, without a cache': 'The whole repository, without a cache',
  'whole, nothing changed': 'The whole repository, nothing changed',
  scale: 'One staged document of ever more',
};

function section({ corpus, documents, case: name, rows }) {
  const [own] = rows.filter((one) => one.ratio === null);
  return [
    `### ${TITLES[name] ?? name}, ${documents.toLocaleString('en-US')} ${documents === 1 ? 'document' : 'documents'}, ${corpus} corpus`,
    '',
    `| command | n | CPU s | wall s | peak MiB | \`${own.command}\` CPU × | least–most | wall × | peak × |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(row),
  ].join('\n');
}

/** @typedef {{ about: string, notes?: string[], races: ReturnType<typeof import('./race.mjs').outcome>[] }} Measured */

/** @param {Measured} results @returns {string} what is to be reached, and what was */
export function bar({ races }) {
  const marks = JSON.parse(readFileSync(new URL('../bar.json', import.meta.url), 'utf8'));
  return barTable(marks, races);
}

/** @param {Measured} results @returns {string} everything that was measured */
export function figures({ about, notes = [], races }) {
  return [about, ...notes, ...races.map(section)].join('\n\n');
}
