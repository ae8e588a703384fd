// The proof, before anything is measured, that planproof finds what is planted and nothing else, whichever way it runs.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { environment } from './measure.mjs';
import { CLI } from './project.mjs';
import { forget, hasCache } from './state.mjs';

/** A smaller corpus may do without a cache. */
const CACHED = 100;

function report(folder, command, ...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [CLI, command, '--format', 'json', ...args], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (stdout === '') throw new Error(`planproof ${command} ${args.join(' ')} gave no report: ${stderr}`);
  return stdout;
}

/** @returns {string} the joined report of two shards */
function sharded(folder) {
  const parts = [1, 2].map((index) => {
    const path = `${folder}-shard-${index}.json`;
    writeFileSync(path, report(folder, 'lint', '--shard', `${index}/2`));
    return path;
  });
  return report(folder, 'merge-reports', ...parts);
}

function cold(folder) {
  forget(folder);
  return report(folder, 'lint');
}

/** Throws unless the report names each planted defect with its rule and line, and nothing else. */
function compareWithPlanted(text, folder, { planted }) {
  const found = JSON.parse(text).findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  const expected = planted.map(({ path, line, rule }) => `${path}:${line} ${rule}`);
  const without = (list, other) => list.filter((entry) => !other.includes(entry));
  const wrong = [
    ...without(expected, found).map((entry) => `  not found: ${entry}`),
    ...without(found, expected).map((entry) => `  not planted: ${entry}`),
  ];
  if (found.length !== expected.length) wrong.push(`  ${found.length} findings, expected ${expected.length}`);
  if (wrong.length > 0) throw new Error(`planproof and the corpus of ${folder} disagree:\n${wrong.join('\n')}`);
}

/** The ways of a run beside the cold one, as far as the build knows them. */
const WAYS = [
  { name: 'warm', run: (folder) => report(folder, 'lint') },
  { name: '--no-cache', needs: '--no-cache', run: (folder) => report(folder, 'lint', '--no-cache') },
  { name: '--shard', needs: '--shard', run: sharded },
];

/**
 * Throws unless a cold run finds the planted defects and nothing else, and every other way gives the same bytes.
 *
 * @param {string} folder
 * @param {import('../corpus.mjs').Manifest} manifest
 * @param {(option: string) => boolean} knows whether `planproof lint` has an option
 * @returns {string[]} the ways that were tried
 */
export function proveFindings(folder, manifest, knows) {
  const first = cold(folder);
  compareWithPlanted(first, folder, manifest);
  if (knows('--no-cache') && manifest.count >= CACHED && !hasCache(folder))
    throw new Error('planproof keeps its cache elsewhere than bench/lib/state.mjs removes it');
  const ways = WAYS.filter(({ needs }) => needs === undefined || knows(needs));
  for (const { name, run } of ways)
    if (run(folder) !== first) throw new Error(`the report of ${folder} is another one ${name} than cold`);
  return ['cold', ...ways.map(({ name }) => name)];
}

/** The same for the run after a change, which takes the rest from its cache. */
export function proveChange(folder, manifest) {
  const warm = report(folder, 'lint');
  compareWithPlanted(warm, folder, manifest);
  if (warm !== cold(folder)) throw new Error(`the report of ${folder} after a change is another one warm than cold`);
}
