#!/usr/bin/env node
// Measures planproof against an empty Node and against the linters nearest to it:
//
//   node bench/run.mjs [--counts 1,1000,10000] [--runs 7] [--budget 240] [--corpora plain,rich] [--no-peers]
//
// See bench/README.md. Needs `npm run build` first; only Node's own modules are used.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeCorpus } from './corpus.mjs';
import { CLI, cases, installPeers, versions, writePeerSchemas } from './lib/contest.mjs';
import { STYLES } from './lib/draft.mjs';
import { environment, findMeter } from './lib/measure.mjs';
import { outcome, race } from './lib/race.mjs';
import { table } from './lib/table.mjs';

const results = (name) => fileURLToPath(new URL(`results/${name}`, import.meta.url));
const CLEAN_OR_FINDINGS = [0, 1];

const say = (line) => process.stderr.write(`${line}\n`);

/** Throws unless planproof finds each planted defect at its rule and line, and nothing else. */
function checkFindings(folder, { planted }) {
  const args = [CLI, 'lint', '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (stdout === '') throw new Error(`planproof gave no report: ${stderr}`);
  const found = JSON.parse(stdout).findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  const expected = planted.map(({ path, line, rule }) => `${path}:${line} ${rule}`);
  const without = (list, other) => list.filter((entry) => !other.includes(entry));
  const wrong = [
    ...without(expected, found).map((entry) => `  not found: ${entry}`),
    ...without(found, expected).map((entry) => `  not planted: ${entry}`),
  ];
  if (found.length !== expected.length) wrong.push(`  ${found.length} findings, expected ${expected.length}`);
  if (wrong.length > 0) throw new Error(`planproof and the corpus of ${folder} disagree:\n${wrong.join('\n')}`);
}

/** One run that is not counted: it warms the disk's cache and shows whether the command works at all. */
function tryOut({ name, argv }, cwd) {
  const { status, stderr } = spawnSync(argv[0], argv.slice(1), {
    cwd,
    env: environment(),
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 30,
  });
  if (!CLEAN_OR_FINDINGS.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr.slice(0, 2000)}`);
}

/** Changes a document that is in order, and stages it; it stays in order. */
function stageOne(folder, { planted }) {
  const plans = join('dev_ops', 'plans');
  const spoilt = new Set(planted.map(({ path }) => path));
  const path = readdirSync(join(folder, plans))
    .sort()
    .map((name) => `dev_ops/plans/${name}`)
    .find((one) => !spoilt.has(one));
  if (path === undefined) throw new Error(`${folder} has no plan in order`);
  const text = readFileSync(join(folder, path), 'utf8');
  writeFileSync(join(folder, path), text.replace('\n## Context\n', '\n## Context\n\nOne more sentence about it.\n'));
  const { status } = spawnSync('git', ['add', path], { cwd: folder, env: environment() });
  if (status !== 0) throw new Error(`git add ${path} failed`);
  return path;
}

/** Builds a corpus, checks planproof's findings on it and races the contestants. */
function measureCorpus(folder, corpus, count, { withPeers, ...options }) {
  const own = join(folder, `${corpus}-${count}`);
  say(`${count} documents, ${corpus}: writing`);
  mkdirSync(own);
  const manifest = writeCorpus(count, own, { git: true, style: corpus });
  checkFindings(own, manifest);
  say(`${count} documents, ${corpus}: ${manifest.planted.length} planted findings found and nothing else; measuring`);
  const staged = stageOne(own, manifest);
  checkFindings(own, manifest);
  return cases(count, staged, withPeers).map(({ name, entrants }) => {
    for (const contestant of entrants) tryOut(contestant, own);
    return outcome({ corpus, count, name, lanes: race(entrants, own, options) });
  });
}

function measureAll(folder, { counts, corpora, ...options }) {
  writePeerSchemas(folder);
  return counts.flatMap((count) => corpora.flatMap((corpus) => measureCorpus(folder, corpus, count, options)));
}

function numbersIn(text, what) {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isInteger(number) || number < 1)) throw new Error(`${what}: ${text}?`);
  return numbers;
}

function settings() {
  const { values } = parseArgs({
    options: {
      counts: { type: 'string', default: '1,1000,10000' },
      runs: { type: 'string', default: '7' },
      budget: { type: 'string', default: '240' },
      corpora: { type: 'string', default: STYLES.join(',') },
      'no-peers': { type: 'boolean', default: false },
    },
  });
  const [runs] = numbersIn(values.runs, '--runs');
  const [budget] = numbersIn(values.budget, '--budget');
  const corpora = values.corpora.split(',');
  if (corpora.some((one) => !STYLES.includes(one))) throw new Error(`--corpora: ${values.corpora}?`);
  return { counts: numbersIn(values.counts, '--counts'), corpora, runs, budget, withPeers: !values['no-peers'] };
}

function main() {
  const options = { ...settings(), meter: findMeter() };
  if (!existsSync(CLI)) throw new Error('dist/ is missing: npm run build');
  if (options.withPeers) installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'planproof-bench-'));
  try {
    const races = measureAll(folder, options);
    const machine = `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`;
    const about = `${machine}; ${versions(options.withPeers).join(', ')}; measured by ${options.meter.name}.`;
    const measured = { about, races };
    mkdirSync(results(''), { recursive: true });
    writeFileSync(results('latest.json'), `${JSON.stringify(measured, null, 2)}\n`);
    writeFileSync(results('latest.md'), table(measured));
    process.stdout.write(table(measured));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  say(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
