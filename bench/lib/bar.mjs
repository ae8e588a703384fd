// The bar: what planproof has to reach beside the others, and whether it does.

/**
 * @typedef {object} Mark one line of the bar
 * @property {string} row what is measured, in words
 * @property {string} case
 * @property {number} [documents] 10,000 unless it says otherwise
 * @property {'cpu' | 'wall' | 'peak'} figure
 * @property {string} own the command that has to reach it
 * @property {string} other the command it is divided by
 * @property {number} [must] the greatest ratio that passes
 * @property {number} [goal] the greatest ratio that is aimed at
 */

const DOCUMENTS = 10_000;
const CORPORA = ['plain', 'rich'];
const FIGURES = { cpu: 'CPU', wall: 'wall', peak: 'peak memory' };

/** @returns {number | undefined} the ratio that was reached, if it was measured */
function reached(mark, corpus, races) {
  const documents = mark.documents ?? DOCUMENTS;
  const race = races.find((one) => one.corpus === corpus && one.documents === documents && one.case === mark.case);
  const isOwn = race?.rows.some(({ command, ratio }) => ratio === null && command === mark.own);
  const row = isOwn ? race.rows.find(({ command }) => command === mark.other) : undefined;
  return row?.ratio?.[mark.figure] ?? undefined;
}

/** @returns {string} in words, whether a ratio is good enough */
function verdict(ratio, { must, goal }) {
  if (goal !== undefined && ratio <= goal) return 'goal met';
  if (must === undefined) return 'goal not met';
  return ratio <= must ? 'must met' : '**must not met**';
}

function cell(mark, corpus, races) {
  const ratio = reached(mark, corpus, races);
  return ratio === undefined ? 'not measured' : `${ratio.toPrecision(3)}, ${verdict(ratio, mark)}`;
}

const limit = (ratio) => (ratio === undefined ? '' : `≤ ${ratio}`);

/**
 * The bar as Markdown. Nothing is left out: what was not reached or not measured says so.
 *
 * @param {readonly Mark[]} marks
 * @param {ReturnType<typeof import('./race.mjs').outcome>[]} races
 * @returns {string}
 */
export function barTable(marks, races) {
  const lines = marks.map((mark) => {
    const about = [mark.row, FIGURES[mark.figure], mark.other, limit(mark.must), limit(mark.goal)];
    return `| ${[...about, ...CORPORA.map((corpus) => cell(mark, corpus, races))].join(' | ')} |`;
  });
  return [
    `| case | figure | times that of | must | goal | ${CORPORA.join(' | ')} |`,
    '| --- | --- | --- | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}
