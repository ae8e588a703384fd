#!/usr/bin/env node
// Measures what `planproof create` costs in a clone of many branches, against the same with one branch:
//
//   node bench/allocate.mjs [--branches 1,100,1000] [--documents 100] [--runs 7]
//
// Branches of *identical* trees are different commits with the same documents; of *distinct* trees each adds a document
// of its own. Needs `npm run build` first; only Node's own modules are used.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCorpus } from './corpus.mjs';
import { environment, findMeter, median } from './lib/measure.mjs';
import { CLI } from './lib/project.mjs';

/** @typedef {{ name: string, folder: string, samples: import('./lib/measure.mjs').Sample[] }} Lane */

const git = (cwd, args, input) =>
  execFileSync('git', args, { cwd, env: environment(), encoding: 'utf8', ...(input === undefined ? {} : { input }) });

const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;

const document = (id) => `---\nid: ${id}\ntitle: Elsewhere\ntype: plan\ndate: 2026-01-31\nstatus: Draft\n---\n`;

/** Adds branches on top of the one commit there is. */
function addBranches(folder, count, isDistinct) {
  const commits = Array.from({ length: count }, (_, at) => {
    const ref = `refs/heads/branch-${at}`;
    const id = `PLAN-${5000 + at}`;
    const file = isDistinct ? `M 100644 inline dev_ops/plans/${id}-x.md\n${data(document(id))}` : '';
    return `commit ${ref}\ncommitter bench <bench@example.com> 1700000000 +0000\n${data(ref)}from refs/heads/main^0\n${file}\n`;
  });
  git(folder, ['fast-import', '--quiet'], commits.join(''));
  git(folder, ['pack-refs', '--all']);
}

/** @returns {Lane} */
function makeLane(folder, name, { branches, documents, isDistinct }) {
  writeCorpus(documents, folder, { git: true });
  git(folder, ['branch', '-M', 'main']);
  addBranches(folder, branches, isDistinct);
  return { name, folder, samples: [] };
}

/** One `create`, taken back afterwards, so that every run finds the same. */
function measure({ folder, samples }, meter, counts) {
  const argv = [process.execPath, CLI, 'create', 'plan', '--title', 'Measured'];
  const sample = meter.measure({ argv, cwd: folder });
  if (sample.code !== 0) throw new Error(`create ended with ${sample.code} in ${folder}`);
  git(folder, ['clean', '-fdq', 'dev_ops']);
  if (counts) samples.push(sample);
}

function row(lane, base) {
  const of = (key) => median(lane.samples.map((sample) => sample[key]));
  const ratio = (key) =>
    median(
      lane.samples.map((sample, round) => {
        const other = base.samples[round]?.[key];
        return sample[key] === undefined || other === undefined ? undefined : sample[key] / other;
      }),
    );
  const shown = (value, digits) => (value === undefined ? '–' : value.toFixed(digits));
  const cells = [
    lane.name,
    lane.samples.length,
    shown(of('cpu'), 3),
    shown(of('wall'), 3),
    shown(ratio('cpu'), 2),
    shown(ratio('wall'), 2),
  ];
  return `| ${cells.join(' | ')} |`;
}

function main() {
  const { values } = parseArgs({
    options: {
      branches: { type: 'string', default: '1,100,1000' },
      documents: { type: 'string', default: '100' },
      runs: { type: 'string', default: '7' },
    },
  });
  const meter = findMeter();
  const top = mkdtempSync(join(tmpdir(), 'planproof-bench-'));
  try {
    const lanes = values.branches.split(',').flatMap((count) =>
      [false, true].map((isDistinct) => {
        const name = `${count} of ${isDistinct ? 'distinct' : 'identical'} trees`;
        const documents = Number(values.documents);
        return makeLane(join(top, name.replaceAll(' ', '-')), name, { branches: Number(count), documents, isDistinct });
      }),
    );
    for (const lane of lanes) measure(lane, meter, false);
    for (let round = 0; round < Number(values.runs); round += 1) for (const lane of lanes) measure(lane, meter, true);
    const header = ['| branches | n | CPU s | wall s | CPU × | wall × |', '| --- | ---: | ---: | ---: | ---: | ---: |'];
    process.stdout.write(`${[...header, ...lanes.map((lane) => row(lane, lanes[0]))].join('\n')}\n`);
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

main();
