// The states in which a corpus is linted: with one document newly changed, and without planproof's cache.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from './measure.mjs';

const PLANS = 'dev_ops/plans';
const HEADING = '\n## Context\n\n';

const cache = (folder) => join(folder, '.git', 'planproof', 'cache');

/** Removes planproof's cache of a repository, if there is one. */
export const forget = (folder) => rmSync(cache(folder), { recursive: true, force: true });

/** What planproof remembers of what is staged, once it does. */
export const stagedCache = (folder) => join(cache(folder), 'staged.base');

/** What it remembers of the working tree. */
export const wholeCache = (folder) => join(cache(folder), 'worktree.base');

export const hasCache = (folder) => existsSync(cache(folder));

const git = (folder, ...args) => execFileSync('git', args, { cwd: folder, env: environment() });

/** The first plan in which nothing is wrong. */
function soundPlan(folder, { planted }) {
  const spoilt = new Set(planted.map(({ path }) => path));
  const paths = readdirSync(join(folder, PLANS)).map((name) => `${PLANS}/${name}`);
  const path = paths.sort().find((one) => !spoilt.has(one));
  if (path === undefined) throw new Error(`${folder} has no plan in order`);
  return path;
}

/** One document of a corpus that is changed and staged, each time with a text that no cache has seen; it stays in order. */
export class Change {
  #folder;
  #text;
  #count = 0;
  /** The document, relative to the corpus. */
  path;

  /** @param {string} folder @param {import('../corpus.mjs').Manifest} manifest */
  constructor(folder, manifest) {
    this.#folder = folder;
    this.path = soundPlan(folder, manifest);
    this.#text = readFileSync(join(folder, this.path), 'utf8');
  }

  stage() {
    this.#count += 1;
    const sentence = `Change ${this.#count} adds this sentence and nothing else.\n\n`;
    writeFileSync(join(this.#folder, this.path), this.#text.replace(HEADING, `${HEADING}${sentence}`));
    git(this.#folder, 'add', this.path);
  }

  undo() {
    writeFileSync(join(this.#folder, this.path), this.#text);
    git(this.#folder, 'add', this.path);
  }
}
