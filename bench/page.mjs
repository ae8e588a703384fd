#!/usr/bin/env node
// Puts the tables of the last benchmark into docs/performance.md: node bench/page.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { table } from './lib/table.mjs';

const RESULTS = fileURLToPath(new URL('results/latest.json', import.meta.url));
const PAGE = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

const figures = table(JSON.parse(readFileSync(RESULTS, 'utf8')));
const page = readFileSync(PAGE, 'utf8');
const next = page.replace(
  /<!-- figures -->[\s\S]*<!-- \/figures -->/,
  () => `<!-- figures -->\n\n${figures}\n<!-- /figures -->`,
);
if (!next.includes('<!-- figures -->')) throw new Error('docs/performance.md has no place for figures');
writeFileSync(PAGE, next);
