#!/usr/bin/env node
// Puts the tables of the last benchmark into docs/performance.md:
//
//   node bench/page.mjs [--results <json>] [--page <md>]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bar, figures } from './lib/table.mjs';

const own = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Replaces what stands between the two comments of a name. */
function fill(page, name, text) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`the page has no place for the ${name}`);
  return `${page.slice(0, from)}${open}\n\n${text}\n\n${page.slice(to)}`;
}

const { values } = parseArgs({
  options: {
    results: { type: 'string', default: own('results/latest.json') },
    page: { type: 'string', default: own('../docs/performance.md') },
  },
});
const results = JSON.parse(readFileSync(values.results, 'utf8'));
const page = readFileSync(values.page, 'utf8');
writeFileSync(values.page, fill(fill(page, 'bar', bar(results)), 'figures', figures(results)));
