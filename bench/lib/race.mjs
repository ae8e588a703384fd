// Runs commands in turn, and compares them within each round.
import { median } from './measure.mjs';

/** @typedef {import('./measure.mjs').Sample} Sample */
/** @typedef {import('./contest.mjs').Contestant} Contestant */
/** @typedef {{ contestant: Contestant, samples: Sample[] }} Lane the runs of one contestant, one a round */

const CLEAN_OR_FINDINGS = [0, 1];
const FIGURES = ['cpu', 'wall', 'peak'];

/**
 * Runs the contestants in turn, round by round. Who has used up the budget sits the further rounds out.
 *
 * @param {readonly Contestant[]} entrants
 * @param {string} cwd
 * @param {{ runs: number, budget: number, meter: import('./measure.mjs').Meter }} options
 * @returns {Lane[]}
 */
export function race(entrants, cwd, { runs, budget, meter }) {
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

/** The median of the ratios round by round, so that a slow minute of the machine touches both sides. */
function ratioTo(base, lane, key) {
  return median(
    lane.samples.map((sample, round) => {
      const [own, other] = [sample[key], base.samples[round]?.[key]];
      return own === undefined || other === undefined ? undefined : own / other;
    }),
  );
}

const perFigure = (value) => Object.fromEntries(FIGURES.map((key) => [key, value(key) ?? null]));

/**
 * What a race has shown, as JSON: the medians of each command, and how many times each other command's the first one of
 * planproof took.
 *
 * @param {{ corpus: string, count: number, name: string, lanes: Lane[] }} race
 */
export function outcome({ corpus, count, name, lanes }) {
  const own = lanes.find(({ contestant }) => contestant.isOurs);
  return {
    corpus,
    documents: count,
    case: name,
    rows: lanes.map((lane) => ({
      command: lane.contestant.name,
      runs: lane.samples.length,
      ...perFigure((key) => median(lane.samples.map((sample) => sample[key]))),
      ratio: lane === own ? null : perFigure((key) => ratioTo(lane, own, key)),
    })),
  };
}
