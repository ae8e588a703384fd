// Runs commands in turn, and compares them within each round.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { environment, median, spread } from './measure.mjs';

/** @typedef {import('./measure.mjs').Sample} Sample */
/** @typedef {import('./contest.mjs').Contestant} Contestant */
/** @typedef {{ contestant: Contestant, samples: Sample[] }} Lane the runs of one contestant, one a round */

const CLEAN_OR_FINDINGS = [0, 1];
const FIGURES = ['cpu', 'wall', 'peak'];
/** Runs of a command that takes minutes. */
const SLOW_RUNS = 3;
/** Runs that are not counted, of a command that takes less than `QUICK`: planproof has left compiled code behind as many. */
const WARM_UPS = 5;
/** In milliseconds. */
const QUICK = 1000;
/** So many runs may leave no cache: of a large clone planproof remembers nothing before the second. */
const LEARNING = 2;

/** One run that is not counted: it warms the caches and shows whether the command works at all. */
function tryOut({ name, argv, before, cwd }, folder) {
  before?.();
  const { status, stderr } = spawnSync(argv[0], argv.slice(1), {
    cwd: cwd ?? folder,
    env: environment(),
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 30,
  });
  if (!CLEAN_OR_FINDINGS.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr.slice(0, 2000)}`);
}

/** Runs a command until it has filled its cache. */
function fillCache(contestant, folder, beforeEach) {
  const isEmpty = () => contestant.cache !== undefined && !existsSync(contestant.cache);
  for (let nth = 0; nth < LEARNING && isEmpty(); nth += 1) {
    beforeEach?.();
    tryOut(contestant, folder);
  }
  if (isEmpty()) throw new Error(`${contestant.name} has left no cache`);
}

/** Runs a command until it is what it will be in later runs. */
function warmUp(contestant, folder, beforeEach) {
  fillCache(contestant, folder, beforeEach);
  for (let nth = 0; nth < WARM_UPS; nth += 1) {
    const start = performance.now();
    beforeEach?.();
    tryOut(contestant, folder);
    if (performance.now() - start > QUICK) return;
  }
}

function measureOnce({ name, argv, before, cwd }, folder, meter) {
  before?.();
  const sample = meter.measure({ argv, cwd: cwd ?? folder });
  if (!CLEAN_OR_FINDINGS.includes(sample.code)) throw new Error(`${name} ended with ${sample.code} in ${folder}`);
  return sample;
}

/**
 * Runs the contestants of a case in turn, round by round. Who has used up the budget, or is slow and has had its few
 * runs, sits the further rounds out.
 *
 * @param {import('./cases.mjs').Case} one
 * @param {string} folder
 * @param {{ runs: number, budget: number, meter: import('./measure.mjs').Meter }} options
 * @returns {Lane[]}
 */
export function race({ entrants, before }, folder, { runs, budget, meter }) {
  before?.();
  for (const contestant of entrants) if (!contestant.isSlow) warmUp(contestant, folder, before);
  const lanes = entrants.map((contestant) => ({ contestant, samples: [], spent: 0 }));
  for (let round = 0; round < runs; round += 1) {
    before?.();
    for (const lane of lanes) {
      const next = round === 0 ? 0 : lane.spent / round;
      const isDone = lane.samples.length < round || (lane.contestant.isSlow && round >= SLOW_RUNS);
      if (isDone || lane.spent + next > budget) continue;
      const sample = measureOnce(lane.contestant, folder, meter);
      lane.samples.push(sample);
      lane.spent += sample.wall;
    }
  }
  return lanes;
}

/** The ratios round by round, so that a slow minute of the machine touches both sides. */
function ratiosTo(base, lane, key) {
  return lane.samples.map((sample, round) => {
    const [own, other] = [sample[key], base.samples[round]?.[key]];
    return own === undefined || other === undefined ? undefined : own / other;
  });
}

const perFigure = (value) => Object.fromEntries(FIGURES.map((key) => [key, value(key) ?? null]));

/** The medians of one command, and how many times as much the own command took; each with its least and greatest. */
function row(lane, own) {
  const { name, isOptional } = lane.contestant;
  const figures = (key) => lane.samples.map((sample) => sample[key]);
  const ratios = (key) => ratiosTo(lane, own, key);
  return {
    command: name,
    ...(isOptional ? { isOptional } : {}),
    runs: lane.samples.length,
    ...perFigure((key) => median(figures(key))),
    spread: perFigure((key) => spread(figures(key))),
    ratio: lane === own ? null : perFigure((key) => median(ratios(key))),
    ratioSpread: lane === own ? null : perFigure((key) => spread(ratios(key))),
  };
}

/**
 * What a race has shown, as JSON: the medians of each command, and how many times each other command's the first one of
 * planproof took.
 *
 * @param {{ corpus: string, count: number, name: string, lanes: Lane[] }} race
 */
export function outcome({ corpus, count, name, lanes }) {
  const own = lanes.find(({ contestant }) => contestant.isOurs);
  return { corpus, documents: count, case: name, rows: lanes.map((lane) => row(lane, own)) };
}
