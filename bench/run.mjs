#!/usr/bin/env node
// Measures planproof against an empty Node and against the linters nearest to it:
//
//   node bench/run.mjs [--counts 1,1000,10000] [--scale 1000,10000,100000] [--madr 1000] [--corpora plain,rich]
//                      [--cases staged,whole,unchanged] [--runs 7] [--budget 600] [--no-peers] [--madr-lint <cli.js>] [--add]
//
// See bench/README.md. Needs `npm run build` first; only Node's own modules are used.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from './corpus.mjs';
import { scaleCase, stagedCases, unchangedCases, wholeCases } from './lib/cases.mjs';
import { decisionCases, findMadrLint, writeDecisions } from './lib/madr.mjs';
import { findMeter } from './lib/measure.mjs';
import { installPeers, versions, writePeerSchemas } from './lib/peers.mjs';
import { lintOptions } from './lib/project.mjs';
import { proveChange, proveFindings } from './lib/proof.mjs';
import { outcome, race } from './lib/race.mjs';
import { Results } from './lib/results.mjs';
import { settings } from './lib/settings.mjs';
import { Change } from './lib/state.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

/**
 * @typedef {import('./lib/settings.mjs').Settings & {
 *   meter: import('./lib/measure.mjs').Meter, knows: (option: string) => boolean, results: Results,
 * }} Run
 */

/** A folder for the time of one measurement. */
function within(top, name, measure) {
  const folder = join(top, name);
  mkdirSync(folder);
  try {
    return measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Run} run */
function raceCase(one, { corpus, count, folder }, run) {
  say(`${corpus}, ${count} documents: ${one.name}`);
  run.results.add(outcome({ corpus, count, name: one.name, lanes: race(one, folder, run) }));
}

/** Builds a corpus, checks planproof's findings on it and races the contestants. @param {Run} run */
function measureCorpus(folder, corpus, count, run) {
  say(`${corpus}, ${count} documents: writing`);
  const manifest = writeCorpus(count, folder, { git: true, style: corpus });
  say(`${corpus}, ${count} documents: ${manifest.planted.length} planted defects are to be found, and nothing else`);
  const ways = proveFindings(folder, manifest, run.knows);
  const change = new Change(folder, manifest);
  change.stage();
  proveChange(folder, manifest);
  say(`${corpus}, ${count} documents: they are (${ways.join(', ')}, after a change)`);
  const setting = { ...run, count, folder, change };
  const raceAll = (cases) => {
    for (const one of cases) raceCase(one, { corpus, count, folder }, run);
  };
  if (run.cases.includes('staged')) raceAll(stagedCases(setting));
  change.undo();
  if (run.cases.includes('whole')) raceAll(wholeCases(setting));
  if (run.cases.includes('unchanged')) raceAll(unchangedCases(setting));
}

/** One staged document of ever more. @param {Run} run */
function measureScale(top, run) {
  const corpora = run.scale.map((count) => {
    const folder = join(top, String(count));
    mkdirSync(folder);
    say(`scale, ${count} documents: writing`);
    const manifest = writeCorpus(count, folder, { git: true });
    say(`scale, ${count} documents: ${manifest.planted.length} planted defects are to be found, and nothing else`);
    proveFindings(folder, manifest, () => false);
    return { count, folder, change: new Change(folder, manifest) };
  });
  const count = Math.max(...run.scale);
  raceCase(scaleCase(corpora), { corpus: 'plain', count, folder: top }, run);
}

/** @param {Run} run */
function measureDecisions(folder, count, run) {
  writeDecisions(count, folder);
  for (const one of decisionCases(folder, findMadrLint(run.madrLint)))
    raceCase(one, { corpus: 'madr', count, folder }, run);
}

/** @param {Run} run */
function measureAll(top, run) {
  writePeerSchemas(top);
  for (const count of run.counts)
    for (const corpus of run.corpora)
      within(top, `${corpus}-${count}`, (folder) => measureCorpus(folder, corpus, count, run));
  for (const count of run.madr) within(top, `madr-${count}`, (folder) => measureDecisions(folder, count, run));
  if (run.scale.length > 0) within(top, 'scale', (folder) => measureScale(folder, run));
}

function aboutRun({ withPeers, meter }) {
  const machine = `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`;
  return `${machine}; ${versions(withPeers).join(', ')}; measured by ${meter.name}.`;
}

async function main() {
  const chosen = { ...settings(), meter: findMeter(), knows: lintOptions() };
  if (chosen.withPeers) await installPeers(say);
  const results = new Results(aboutRun(chosen), chosen.adds);
  const top = mkdtempSync(join(tmpdir(), 'planproof-bench-'));
  try {
    measureAll(top, { ...chosen, results });
    process.stdout.write(results.finish());
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  say(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
