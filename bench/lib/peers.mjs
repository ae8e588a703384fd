// The peers: their installation, versions and settings.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './project.mjs';

const PEERS = join(PROJECT, 'bench', 'peers');
/** A registry that answers at all has delivered them long before. */
const INSTALL_SECONDS = 300;
const SHOWN_EACH_SECONDS = 10;

const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
const wanted = () => Object.entries(readJson(PEERS, 'package.json').dependencies);
const manifest = (name) => join(PEERS, 'node_modules', name, 'package.json');

export const peerBin = (...path) => join(PEERS, 'node_modules', ...path);
export const peerSettings = (file) => join(PEERS, file);

const isReady = () =>
  wanted().every(([name, version]) => existsSync(manifest(name)) && readJson(manifest(name)).version === version);

/**
 * Installs the peers at the versions of their lockfile, if one of them is missing or of another version. It is not
 * `npm ci`, which fails where the registry lacks rumdl's binary for another platform than this one.
 *
 * @param {(line: string) => void} say
 */
export async function installPeers(say) {
  if (isReady()) return;
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'http'];
  say('peers: installing with npm');
  await npm([...args, '--prefix', PEERS], (fetched) => say(`peers: ${fetched} answers of the registry so far`));
  if (!isReady()) throw new Error(`npm ${args.join(' ')} in bench/peers left peers out`);
}

/** Runs npm without a terminal, says now and then how far it is, and gives up after a while. */
function npm(args, progress) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { stdio: ['ignore', 'ignore', 'pipe'], shell: process.platform === 'win32' });
    let log = '';
    const shown = setInterval(() => progress(log.split('http fetch').length - 1), SHOWN_EACH_SECONDS * 1000);
    const limit = setTimeout(() => child.kill(), INSTALL_SECONDS * 1000);
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(shown);
      clearTimeout(limit);
      const how = signal === null ? `ended with ${code}` : `was stopped after ${INSTALL_SECONDS} seconds`;
      const last = log.trim().split('\n').slice(-5).join('\n');
      if (code === 0) resolve();
      else
        reject(new Error(`npm ${args[0]} in bench/peers ${how} (--no-peers does without); its last words:\n${last}`));
    });
  });
}

/** @returns {string[]} such as `markdownlint-cli2 0.22.1` */
export function versions(withPeers) {
  const peers = withPeers ? wanted().map(([name]) => `${name} ${readJson(manifest(name)).version}`) : [];
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
