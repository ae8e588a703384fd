#!/usr/bin/env node
// Compares the ratios of the last benchmark with the committed ones, and fails where planproof has become slower or
// larger beside its peers. Seconds are never compared: they are those of a machine.
//
//   node bench/compare.mjs [--tolerance 1.3]   compare bench/results/latest.json with bench/ratios.json
//   node bench/compare.mjs --options           what the committed ratios ask for, as bench/run.mjs takes it
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
/** What takes fewer CPU seconds than this is not measured to a third: a fast machine has fewer ratios to compare. */
const SHORTEST = 0.01;

const rounded = (value) => Number(value.toPrecision(3));

/**
 * @param {number} [shortest] CPU seconds below which a row has no figure for CPU
 * @returns {Record<string, Record<string, number>>} figures by `corpus/documents/case: planproof / other`
 */
function ratiosOf({ races }, shortest = SHORTEST) {
  const entries = races.flatMap(({ corpus, documents, case: name, rows }) => {
    const own = rows.find((row) => row.ratio === null);
    const isSure = (row, key) => row.ratio?.[key] && !(key === 'cpu' && row.cpu < shortest);
    const compared = rows.filter(({ isOptional }) => !isOptional);
    return compared.flatMap((row) => {
      const figures = COMPARED.filter((key) => isSure(row, key)).map((key) => [key, rounded(row.ratio[key])]);
      const title = `${corpus}/${documents}/${name}: ${own.command} / ${row.command}`;
      return figures.length === 0 ? [] : [[title, Object.fromEntries(figures)]];
    });
  });
  return Object.fromEntries(entries);
}

/** @returns {string[]} what is worse than it may be, or was not measured at all */
function worse(committed, results, tolerance) {
  const [measured, all] = [ratiosOf(results), ratiosOf(results, 0)];
  return Object.entries(committed).flatMap(([title, figures]) =>
    Object.entries(figures).flatMap(([key, most]) => {
      const now = measured[title]?.[key];
      if (now === undefined) return all[title]?.[key] === undefined ? [`${title}: ${key} was not measured`] : [];
      if (now <= most * tolerance) return [];
      return [`${title}: ${key} ${now}, expected at most ${most} × ${tolerance}`];
    }),
  );
}

const numbers = (texts) => [...new Set(texts)].map((text) => Number(text.replaceAll(',', ''))).sort((a, b) => a - b);

/** @returns {string} the sizes that the committed ratios were measured at */
function optionsFor(committed) {
  const titles = Object.keys(committed).map((title) => {
    const [corpus, count, rest] = title.split('/', 3);
    return { title, count, kind: corpus === 'madr' ? 'madr' : rest.startsWith('scale:') ? 'scale' : 'counts' };
  });
  const sizes = {
    counts: ({ count }) => [count],
    scale: ({ title }) => [...title.matchAll(/, ([0-9,]+) documents?\b/g)].map(([, size]) => size),
    madr: ({ count }) => [count],
  };
  return Object.entries(sizes)
    .map(([kind, of]) => [kind, numbers(titles.filter((one) => one.kind === kind).flatMap(of))])
    .map(([kind, list]) => `--${kind} ${list.join(',') || 'none'}`)
    .join(' ');
}

function main() {
  const { values } = parseArgs({
    options: {
      options: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      tolerance: { type: 'string', default: '1.3' },
      results: { type: 'string', default: OWN_RESULTS },
      ratios: { type: 'string', default: OWN_RATIOS },
    },
  });
  const tolerance = Number(values.tolerance);
  if (!(tolerance >= 1)) throw new Error(`--tolerance: ${values.tolerance}?`);
  if (values.options) {
    process.stdout.write(`${optionsFor(JSON.parse(readFileSync(values.ratios, 'utf8')))}\n`);
    return 0;
  }
  if (!existsSync(values.results)) throw new Error('nothing measured yet: node bench/run.mjs');
  const results = JSON.parse(readFileSync(values.results, 'utf8'));
  if (values.write) {
    const measured = ratiosOf(results);
    writeFileSync(values.ratios, `${JSON.stringify(measured, null, 2)}\n`);
    process.stdout.write(`${Object.keys(measured).length} ratios written\n`);
    return 0;
  }
  const committed = JSON.parse(readFileSync(values.ratios, 'utf8'));
  const found = worse(committed, results, tolerance);
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
