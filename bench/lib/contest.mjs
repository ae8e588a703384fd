// Who takes part: the commands that are compared, and the peers' installation and settings.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {readonly string[]} argv
 */

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const PEERS = join(PROJECT, 'bench', 'peers');
export const CLI = join(PROJECT, 'dist', 'cli.js');

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
/** @type {Contestant} */
const VERSION = { name: 'planproof --version', argv: node(CLI, '--version') };
/** @type {Contestant} */
const PLANPROOF = { name: 'planproof lint', argv: node(CLI, 'lint') };

/** @returns {Contestant[]} */
function peers() {
  const bin = (...path) => join(PEERS, 'node_modules', ...path);
  const settings = (file) => join(PEERS, file);
  const markdownlint = [bin('markdownlint-cli2', 'markdownlint-cli2-bin.mjs'), 'dev_ops/**/*.md', '--config'];
  const remark = [bin('remark-cli', 'cli.js'), 'dev_ops', '--quiet', '--no-stdout', '--no-config', '--rc-path'];
  return [
    { name: 'markdownlint-cli2', argv: node(...markdownlint, settings('bench.markdownlint-cli2.jsonc')) },
    { name: 'remark-cli + lint + schema', argv: node(...remark, settings('remark.mjs')) },
  ];
}

/**
 * Who is measured on a corpus; the first is what the others are compared with.
 *
 * @param {number} count documents
 * @param {boolean} withPeers
 * @returns {Contestant[]}
 */
export function contestants(count, withPeers) {
  const own = count === 1 ? [EMPTY, VERSION, PLANPROOF] : [PLANPROOF];
  return withPeers ? [...own, ...peers()] : own;
}
