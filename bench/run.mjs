#!/usr/bin/env node
// Measures planproof against an empty Node and against the linters nearest to it:
//
//   node bench/run.mjs [--counts 1,1000,10000] [--runs 7] [--budget 240] [--no-peers]
//
// See bench/README.md. Needs `npm run build` first; only Node's own modules are used.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeCorpus } from './corpus.mjs';
import { CLI, contestants, installPeers, versions, writePeerSchemas } from './lib/contest.mjs';
import { environment, findMeter, median } from './lib/measure.mjs';

/** @typedef {import('./lib/measure.mjs').Sample} Sample */
/** @typedef {import('./lib/contest.mjs').Contestant} Contestant */
/** @typedef {{ contestant: Contestant, samples: Sample[] }} Lane the runs of one contestant, one a round */

const RESULT = fileURLToPath(new URL('results/latest.md', import.meta.url));
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
  const { status, stderr } = spawnSync(argv[0], argv.slice(1), { cwd, env: environment(), encoding: 'utf8' });
  if (!CLEAN_OR_FINDINGS.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr.slice(0, 2000)}`);
}

/**
 * Runs the contestants in turn, round by round. Who has used up the budget sits the further rounds out.
 *
 * @param {readonly Contestant[]} entrants
 * @param {string} cwd
 * @param {{ runs: number, budget: number, meter: import('./lib/measure.mjs').Meter }} options
 * @returns {Lane[]}
 */
function race(entrants, cwd, { runs, budget, meter }) {
  const lanes = entrants.map((contestant) => ({ contestant, samples: [], spent: 0 }));
  for (let round = 0; round < runs; round += 1) {
    for (const lane of lanes) {
      const next = round === 0 ? 0 : lane.spent / round;
      if (lane.samples.length < round || lane.spent + next > budget) continue;
      const sample = meter.measure({ argv: lane.contestant.argv, cwd });
      if (!CLEAN_OR_FINDINGS.includes(sample.code))
        throw new Error(`${lane.contestant.name} ended with ${sample.code} in ${cwd}`);
      lane.samples.push(sample);
      lane.spent += sample.wall;
    }
  }
  return lanes;
}

const seconds = (value) => (value === undefined ? '–' : value.toFixed(value < 10 ? 3 : 1));
const mebibytes = (value) => (value === undefined ? '–' : (value / 2 ** 20).toFixed(0));
const ratio = (value) => (value === undefined ? '–' : value.toFixed(2));

/** The median of the ratios round by round, so that a slow minute of the machine touches both sides. */
function ratioTo(base, lane, key) {
  return median(
    lane.samples.map((sample, round) => {
      const [own, other] = [sample[key], base.samples[round]?.[key]];
      return own === undefined || other === undefined ? undefined : own / other;
    }),
  );
}

/** @param {Lane} lane @param {Lane} base */
function row(lane, base, count) {
  const of = (key) => median(lane.samples.map((sample) => sample[key]));
  const cells = [
    String(count),
    lane.contestant.name,
    String(lane.samples.length),
    seconds(of('cpu')),
    seconds(of('wall')),
    mebibytes(of('peak')),
    ...['cpu', 'wall', 'peak'].map((key) => ratio(ratioTo(base, lane, key))),
  ];
  return `| ${cells.join(' | ')} |`;
}

const HEADER = [
  '| documents | command | n | CPU s | wall s | peak MiB | CPU × | wall × | peak × |',
  '| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
];

function table(races) {
  const rows = races.flatMap(({ count, lanes }) => lanes.map((lane) => row(lane, lanes[0], count)));
  return [...HEADER, ...rows].join('\n');
}

/** Builds the corpora, checks planproof's findings on each and races the contestants. */
function measureAll(folder, { counts, withPeers, ...options }) {
  writePeerSchemas(folder);
  return counts.map((count, nth) => {
    const corpus = join(folder, String(count));
    say(`${count} documents: writing`);
    mkdirSync(corpus);
    const manifest = writeCorpus(count, corpus, { git: true });
    checkFindings(corpus, manifest);
    say(`${count} documents: ${manifest.planted.length} planted findings found and nothing else; measuring`);
    const entrants = contestants(count, withPeers);
    if (nth === 0) for (const contestant of entrants) tryOut(contestant, corpus);
    return { count, lanes: race(entrants, corpus, options) };
  });
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
      'no-peers': { type: 'boolean', default: false },
    },
  });
  const [runs] = numbersIn(values.runs, '--runs');
  const [budget] = numbersIn(values.budget, '--budget');
  return { counts: numbersIn(values.counts, '--counts'), runs, budget, withPeers: !values['no-peers'] };
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
    mkdirSync(fileURLToPath(new URL('results', import.meta.url)), { recursive: true });
    writeFileSync(RESULT, `${table(races)}\n\n${about}\n`);
    process.stdout.write(readFileSync(RESULT, 'utf8'));
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
