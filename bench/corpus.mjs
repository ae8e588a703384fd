#!/usr/bin/env node
// Writes a repository of planning documents that conform to the `devops` preset, but for about one planted defect in a
// hundred documents:
//
//   node bench/corpus.mjs <count> <out> [seed] [--git] [--rich]
//
// The same count and seed give the same bytes. <out>/manifest.json says which rule has to find which defect on which
// line; --git makes <out> a git repository with one commit; --rich writes longer documents with nested and loose lists,
// reference links, footnotes, HTML comments and wide tables. Only Node's own modules are used.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MARK } from './lib/defects.mjs';
import { draft, draftText, STYLES } from './lib/draft.mjs';
import { identities } from './lib/identities.mjs';

/** The id is the first key, on the line below the opening one. */
const ID_LINE = 2;

/**
 * @typedef {object} Planted a finding that has to come
 * @property {string} path relative to the corpus
 * @property {string} rule
 * @property {number} line
 * @property {string} defect
 */

/**
 * @typedef {object} Manifest
 * @property {number} count
 * @property {number} seed
 * @property {string} style
 * @property {number} bytes of all documents
 * @property {Planted[]} planted
 */

/** @returns {{ text: string, planted: Planted[] }} the text of a document, and what has to be found because of it */
function write(document, documents, { seed, style }) {
  const marked = draftText(draft(document, documents, seed, style));
  if (!document.defect) return { text: marked, planted: [] };
  const { name: defect, rule } = document.defect;
  const at = marked.indexOf(MARK);
  const line = marked.slice(0, at).split('\n').length;
  const planted = [{ path: document.path, rule, line, defect }];
  if (document.twin) planted.push({ path: document.twin.path, rule, line: ID_LINE, defect });
  return { text: marked.replace(MARK, ''), planted };
}

/**
 * One commit of all files, packed as in a clone, so that git has nothing to pack while something is measured; nothing of
 * the machine's own settings goes into it.
 *
 * @param {string} folder
 */
export function commit(folder) {
  const when = '2025-01-01T00:00:00Z';
  const variables = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_DATE: when,
  };
  const identity = ['-c', 'user.name=corpus', '-c', 'user.email=corpus@example.com'];
  const git = (...args) =>
    execFileSync('git', [...identity, ...args], {
      cwd: folder,
      env: variables,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  git('init', '-q', '-b', 'main');
  git('config', 'gc.auto', '0');
  // At this size blobs go into a pack at once: a hundred thousand files fewer to write and to remove.
  git('-c', 'core.bigFileThreshold=1', 'add', '-A');
  git('commit', '-q', '-m', 'Corpus');
  git('repack', '-a', '-d', '-f', '-q');
}

/**
 * Writes a corpus.
 *
 * @param {number} count how many documents
 * @param {string} folder must not hold documents yet
 * @param {{ seed?: number, git?: boolean, style?: string }} [options]
 * @returns {Manifest}
 */
export function writeCorpus(count, folder, { seed = 1, git = false, style = STYLES[0] } = {}) {
  if (existsSync(join(folder, 'dev_ops'))) throw new Error(`${folder} holds documents already`);
  const documents = identities(count, seed);
  const manifest = { count, seed, style, bytes: 0, planted: [] };
  for (const name of new Set(documents.map(({ path }) => dirname(path))))
    mkdirSync(join(folder, name), { recursive: true });
  for (const document of documents) {
    const { text, planted } = write(document, documents, manifest);
    // No file may take the place of another.
    writeFileSync(join(folder, document.path), text, { flag: 'wx' });
    manifest.bytes += Buffer.byteLength(text);
    manifest.planted.push(...planted);
  }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  if (git) commit(folder);
  return manifest;
}

function main(argv) {
  const [count, folder, seed = '1'] = argv.filter((argument) => !argument.startsWith('--'));
  if (!/^[1-9][0-9]*$/.test(count ?? '') || folder === undefined || !/^[0-9]+$/.test(seed)) {
    process.stderr.write('usage: node bench/corpus.mjs <count> <out> [seed] [--git] [--rich]\n');
    return 2;
  }
  const { bytes, planted } = writeCorpus(Number(count), folder, {
    seed: Number(seed),
    git: argv.includes('--git'),
    style: STYLES[argv.includes('--rich') ? 1 : 0],
  });
  const each = Math.round(bytes / Number(count));
  process.stdout.write(`${count} documents of ${each} bytes on average, ${planted.length} findings planted\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
