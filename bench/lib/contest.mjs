// Who takes part: the commands that are compared, and the peers' installation and settings.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {readonly string[]} argv
 * @property {boolean} [isOurs] the others are compared with it
 */

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const PEERS = join(PROJECT, 'bench', 'peers');
export const CLI = join(PROJECT, 'dist', 'cli.cjs');

const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const peerPackages = () => Object.keys(readJson(PEERS, 'package.json').dependencies);
const installed = (name) => join(PEERS, 'node_modules', name, 'package.json');

/** Installs the peers from their lockfile, if one of them is missing or of another version. */
export function installPeers() {
  const wanted = readJson(PEERS, 'package.json').dependencies;
  const ready = Object.keys(wanted).every(
    (name) => existsSync(installed(name)) && readJson(installed(name)).version === wanted[name],
  );
  if (ready) return;
  const args = ['ci', '--prefix', PEERS, '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`);
}

/** @returns {string[]} such as `markdownlint-cli2 0.22.1` */
export function versions(withPeers) {
  const peers = withPeers ? peerPackages().map((name) => `${name} ${readJson(installed(name)).version}`) : [];
  return [`planproof ${readJson(PROJECT, 'package.json').version}`, ...peers];
}

/**
 * The schemas of the preset as remark-lint-frontmatter-schema can use them: draft 7, without what it does not know.
 * They lie beside the corpora, where the settings of remark look for them.
 */
export function writePeerSchemas(folder) {
  const source = join(PROJECT, 'schemas', 'devops');
  mkdirSync(join(folder, 'schemas'));
  for (const file of readdirSync(source)) {
    const { $schema, 'x-document': about, ...schema } = readJson(source, file);
    writeFileSync(join(folder, 'schemas', file), JSON.stringify(schema));
  }
}

const node = (...args) => [process.execPath, ...args];

/** @type {Contestant} */
const EMPTY = { name: 'node -e 0', argv: node('-e', '0') };
const ours = (...args) => ({ name: ['planproof', ...args].join(' '), argv: node(CLI, ...args), isOurs: true });
/** @type {Contestant} */
const READ_ALL = { name: 'reading all files', argv: node(join(PROJECT, 'bench', 'floors', 'read-all.mjs')) };

/** Every object of the repository, nearly all of them documents. */
function catFile() {
  const git = spawnSync(process.platform === 'win32' ? 'where' : 'which', ['git'], { encoding: 'utf8' });
  const [path] = git.stdout.split(/\r?\n/);
  const args = ['cat-file', '--batch', '--batch-all-objects', '--unordered', '--buffer'];
  return { name: 'git cat-file --batch', argv: [path, ...args] };
}

const bin = (...path) => join(PEERS, 'node_modules', ...path);
const settings = (file) => join(PEERS, file);

/** Through the bin of its npm package, as hooks call it. Cold, and with the cache that it keeps beside the corpora. */
function rumdl(paths) {
  const rumdl = [bin('rumdl', 'bin', 'rumdl'), 'check', ...paths, '--config', settings('rumdl.toml')];
  return [
    { name: 'rumdl', argv: node(...rumdl, '--no-cache') },
    { name: 'rumdl, warm cache', argv: node(...rumdl, '--cache-dir', join('..', 'rumdl-cache')) },
  ];
}

/** @returns {Contestant[]} */
function peers(paths, markdownlintPaths) {
  const markdownlint = [bin('markdownlint-cli2', 'markdownlint-cli2-bin.mjs'), ...markdownlintPaths, '--config'];
  const remark = [bin('remark-cli', 'cli.js'), ...paths, '--quiet', '--no-stdout', '--no-config', '--rc-path'];
  return [
    ...rumdl(paths),
    { name: 'markdownlint-cli2', argv: node(...markdownlint, settings('bench.markdownlint-cli2.jsonc')) },
    { name: 'remark-cli + lint + schema', argv: node(...remark, settings('remark.mjs')) },
  ];
}

/**
 * The cases that are measured on a corpus, with those who take part in each.
 *
 * @param {number} count documents
 * @param {string} staged the document that is changed and staged
 * @param {boolean} withPeers
 * @returns {{ name: string, entrants: Contestant[] }[]}
 */
export function cases(count, staged, withPeers) {
  const whole = withPeers ? peers(['dev_ops'], ['dev_ops/**/*.md']) : [];
  const one = withPeers ? peers([staged], [staged]) : [];
  const start = count === 1 ? [{ ...ours('--version'), isOurs: false }] : [];
  return [
    { name: 'staged', entrants: [EMPTY, READ_ALL, catFile(), ours('lint', '--staged'), ...one] },
    { name: 'whole', entrants: [EMPTY, ...start, READ_ALL, ours('lint'), ...whole] },
  ];
}
