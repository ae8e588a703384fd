// The results of a benchmark as Markdown.

const seconds = (value) => (value === null ? '–' : value.toFixed(value < 10 ? 3 : 1));
const mebibytes = (value) => (value === null ? '–' : (value / 2 ** 20).toFixed(0));
const ratio = (row, key) => (row.ratio === null ? '' : row.ratio[key] === null ? '–' : row.ratio[key].toFixed(2));

function row(one) {
  const cells = [
    one.command,
    String(one.runs),
    ...[seconds(one.cpu), seconds(one.wall), mebibytes(one.peak)],
    ...['cpu', 'wall', 'peak'].map((key) => ratio(one, key)),
  ];
  return `| ${cells.join(' | ')} |`;
}

const TITLES = { whole: 'the whole repository', staged: 'one staged document' };

function section({ corpus, documents, case: name, rows }) {
  const [own] = rows.filter((one) => one.ratio === null);
  return [
    `### ${TITLES[name]}, ${documents.toLocaleString('en-US')} ${documents === 1 ? 'document' : 'documents'}, ${corpus} corpus`,
    '',
    `| command | n | CPU s | wall s | peak MiB | \`${own.command}\` CPU × | wall × | peak × |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(row),
  ].join('\n');
}

/** @param {{ about: string, races: ReturnType<typeof import('./race.mjs').outcome>[] }} results */
export function table({ about, races }) {
  return `${[about, ...races.map(section)].join('\n\n')}\n`;
}
