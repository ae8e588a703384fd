// The commands that are compared.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { peerBin, peerSettings } from './peers.mjs';
import { CLI, PROJECT } from './project.mjs';

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {readonly string[]} argv
 * @property {boolean} [isOurs] the others are compared with the first of these
 * @property {boolean} [isSlow] minutes a run: it gets no run beforehand, and few
 * @property {boolean} [isOptional] not everybody can run it: its ratios are not committed
 * @property {string} [cache] a file or folder that it has made once it has filled its cache
 * @property {string} [cwd] where it runs, if not in the corpus of its case
 * @property {() => void} [before] what happens before each of its runs, unmeasured
 */

/** A corpus on which remark takes minutes has at least so many documents. */
const MANY = 5000;

export const node = (...args) => [process.execPath, ...args];

/** @type {Contestant} */
export const EMPTY = { name: 'node -e 0', argv: node('-e', '0') };

/** @returns {Contestant} */
export const ours = (...args) => ({
  name: ['planproof', ...args].join(' '),
  argv: node(CLI, ...args),
  isOurs: true,
});

/** @returns {Contestant} */
export const readAll = (folder = 'dev_ops') => ({
  name: 'reading all files',
  argv: node(join(PROJECT, 'bench', 'floors', 'read-all.mjs'), folder),
});

/** Every object of the repository, nearly all of them documents. @returns {Contestant} */
export function catFile() {
  const git = spawnSync(process.platform === 'win32' ? 'where' : 'which', ['git'], { encoding: 'utf8' });
  const [path] = git.stdout.split(/\r?\n/);
  const args = ['cat-file', '--batch', '--batch-all-objects', '--unordered', '--buffer'];
  return { name: 'git cat-file --batch', argv: [path, ...args] };
}

const rumdlCheck = (paths, ...options) =>
  node(peerBin('rumdl', 'bin', 'rumdl'), 'check', ...paths, '--config', peerSettings('rumdl.toml'), ...options);

/** Through the bin of its npm package, as hooks call it. @returns {Contestant} */
export const rumdl = (paths) => ({ name: 'rumdl', argv: rumdlCheck(paths, '--no-cache') });

/**
 * The same with a cache of its own for the corpus, beside it: inside `.git` rumdl keeps none.
 *
 * @param {string} folder of the corpus
 * @returns {Contestant}
 */
export function rumdlWithCache(folder, paths) {
  const cache = `${folder}-rumdl`;
  return { name: 'rumdl, warm cache', argv: rumdlCheck(paths, '--cache-dir', cache), cache };
}

/**
 * The same with a cache that is empty before each of its runs, as in the first run of somebody who gives no option.
 *
 * @param {string} folder of the corpus
 * @returns {Contestant}
 */
export function rumdlWithEmptyCache(folder, paths) {
  const cache = `${folder}-rumdl-empty`;
  return {
    name: 'rumdl, empty cache',
    argv: rumdlCheck(paths, '--cache-dir', cache),
    before: () => rmSync(cache, { recursive: true, force: true }),
  };
}

/** @returns {Contestant} */
export const markdownlint = (paths) => ({
  name: 'markdownlint-cli2',
  argv: node(
    peerBin('markdownlint-cli2', 'markdownlint-cli2-bin.mjs'),
    ...paths,
    '--config',
    peerSettings('bench.markdownlint-cli2.jsonc'),
  ),
});

/** @returns {Contestant} */
export const remark = (paths, count) => ({
  name: 'remark-cli + lint + schema',
  argv: node(
    peerBin('remark-cli', 'cli.js'),
    ...paths,
    ...['--quiet', '--no-stdout', '--no-config', '--rc-path'],
    peerSettings('remark.mjs'),
  ),
  isSlow: count >= MANY,
});
