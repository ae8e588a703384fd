#!/usr/bin/env node
// Compares the ratios of the last benchmark with the committed ones, and fails where planproof has become slower or
// larger beside its peers. Seconds are never compared: they are those of a machine.
//
//   node bench/compare.mjs [--tolerance 1.3]   compare bench/results/latest.json with bench/ratios.json
//   node bench/compare.mjs --counts            the sizes that the committed ratios ask for, as bench/run.mjs takes them
//   node bench/compare.mjs --write             take the last ratios for the committed ones
//
// --results and --ratios name other files.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const OWN_RESULTS = fileURLToPath(new URL('results/latest.json', import.meta.url));
const OWN_RATIOS = fileURLToPath(new URL('ratios.json', import.meta.url));
/** The clock of a shared machine says more of its other users than of planproof. */
const COMPARED = ['cpu', 'peak'];
/** What takes fewer CPU seconds than this is not measured to a third. */
const SHORTEST = 0.02;

const rounded = (value) => Number(value.toPrecision(3));

/** @returns {Record<string, Record<string, number>>} figures by `corpus/documents/case: planproof / other` */
function ratiosOf({ races }) {
  const entries = races.flatMap(({ corpus, documents, case: name, rows }) => {
    const own = rows.find((row) => row.ratio === null);
    const isSure = (row, key) => row.ratio?.[key] && !(key === 'cpu' && row.cpu < SHORTEST);
    return rows.flatMap((row) => {
      const figures = COMPARED.filter((key) => isSure(row, key)).map((key) => [key, rounded(row.ratio[key])]);
      const title = `${corpus}/${documents}/${name}: ${own.command} / ${row.command}`;
      return figures.length === 0 ? [] : [[title, Object.fromEntries(figures)]];
    });
  });
  return Object.fromEntries(entries);
}

/** @returns {string[]} what is worse than it may be, or was not measured at all */
function worse(committed, measured, tolerance) {
  return Object.entries(committed).flatMap(([title, figures]) =>
    Object.entries(figures).flatMap(([key, most]) => {
      const now = measured[title]?.[key];
      if (now === undefined) return [`${title}: ${key} was not measured`];
      if (now <= most * tolerance) return [];
      return [`${title}: ${key} ${now}, expected at most ${most} × ${tolerance}`];
    }),
  );
}

function main() {
  const { values } = parseArgs({
    options: {
      counts: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      tolerance: { type: 'string', default: '1.3' },
      results: { type: 'string', default: OWN_RESULTS },
      ratios: { type: 'string', default: OWN_RATIOS },
    },
  });
  const tolerance = Number(values.tolerance);
  if (!(tolerance >= 1)) throw new Error(`--tolerance: ${values.tolerance}?`);
  if (values.counts) {
    const titles = Object.keys(JSON.parse(readFileSync(values.ratios, 'utf8')));
    process.stdout.write(`${[...new Set(titles.map((title) => title.split('/')[1]))].join(',')}\n`);
    return 0;
  }
  if (!existsSync(values.results)) throw new Error('nothing measured yet: node bench/run.mjs');
  const measured = ratiosOf(JSON.parse(readFileSync(values.results, 'utf8')));
  if (values.write) {
    writeFileSync(values.ratios, `${JSON.stringify(measured, null, 2)}\n`);
    process.stdout.write(`${Object.keys(measured).length} ratios written\n`);
    return 0;
  }
  const committed = JSON.parse(readFileSync(values.ratios, 'utf8'));
  const found = worse(committed, measured, tolerance);
  const count = Object.keys(committed).length;
  if (count === 0) throw new Error('bench/ratios.json holds nothing to compare with');
  for (const line of found) process.stdout.write(`${line}\n`);
  if (found.length === 0) process.stdout.write(`${count} ratios, none above ${tolerance} times the committed one\n`);
  return found.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
