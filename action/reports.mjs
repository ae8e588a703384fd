import { constants, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from './refusal.mjs';
import { reportFile } from './workspace.mjs';

/**
 * The reports of one run. Files are written outside the checkout first: a link that lies where one belongs would send
 * it elsewhere.
 */
export class Reports {
  #folder;
  #files = [];
  #options = [];

  /**
   * @param {{name: string, file?: string}[]} formats
   * @param {string[]} folders the workspace, and the runner's folder for one job
   * @throws Refusal when a file may not be written
   */
  constructor(formats, folders) {
    const targets = formats.map(({ file }) => file && reportFile(folders, file));
    this.#folder = mkdtempSync(join(folders[1], 'planproof-reports-'));
    formats.forEach(({ name }, index) => {
      const target = targets[index];
      if (target) this.#files.push({ draft: join(this.#folder, `${index}`), target });
      this.#options.push(`--format=${name}${target ? `=${join(this.#folder, `${index}`)}` : ''}`);
    });
    this.#options.push(`--format=json=${this.#json}`);
  }

  get #json() {
    return join(this.#folder, 'counts.json');
  }

  /** The options of the command. */
  get options() {
    return this.#options;
  }

  /** How many errors and warnings there are; undefined when the command has not come so far. */
  counts() {
    try {
      const { errors, warnings } = JSON.parse(readFileSync(this.#json, 'utf8')).summary;
      return Number.isInteger(errors) && Number.isInteger(warnings) ? { errors, warnings } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Puts the files where they belong. What lies there is replaced, not followed. @throws Refusal when that fails */
  publish() {
    for (const { draft, target } of this.#files) {
      try {
        mkdirSync(dirname(target), { recursive: true });
        rmSync(target, { force: true });
        copyFileSync(draft, target, constants.COPYFILE_EXCL);
      } catch (error) {
        throw new Refusal(`Cannot write the report ${target}: ${error.message}`);
      }
    }
  }

  /** Takes the drafts away. */
  dispose() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
