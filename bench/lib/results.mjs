// Where the results are kept, written again after each race so that a run that is broken off leaves what it has.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bar, figures } from './table.mjs';

/** @typedef {ReturnType<typeof import('./race.mjs').outcome>} Outcome */

const path = (name) => fileURLToPath(new URL(`../results/${name}`, import.meta.url));
const LATEST = path('latest.json');

const isSameRace = (one, other) =>
  one.corpus === other.corpus && one.documents === other.documents && one.case === other.case;

const NO_MADR_LINT = 'madr-lint was not at hand, so that nobody stands beside planproof on MADR documents.';

/** What else is to be said of races, of whichever run they are. */
function notesOn(races) {
  const decisions = races.filter(({ corpus }) => corpus === 'madr');
  const isAlone = decisions.every(({ rows }) => rows.every(({ command }) => !command.startsWith('madr-lint')));
  return decisions.length > 0 && isAlone ? [NO_MADR_LINT] : [];
}

/** Results that grow race by race. */
export class Results {
  #about;
  #races;

  /**
   * @param {string} about machine and versions
   * @param {boolean} adds begin with the races of the last results
   */
  constructor(about, adds) {
    const last = adds && existsSync(LATEST) ? JSON.parse(readFileSync(LATEST, 'utf8')) : undefined;
    if (last && last.about !== about) throw new Error(`--add: the last results are of ${last.about}`);
    this.#about = about;
    this.#races = last?.races ?? [];
  }

  /** @param {Outcome} race takes the place of an older one of the same case */
  add(race) {
    this.#races = [...this.#races.filter((one) => !isSameRace(one, race)), race];
    mkdirSync(path(''), { recursive: true });
    writeFileSync(LATEST, `${JSON.stringify(this.#all(), null, 2)}\n`);
  }

  /** @returns {string} everything as Markdown */
  finish() {
    const text = `## The bar\n\n${bar(this.#all())}\n\n## Figures\n\n${figures(this.#all())}\n`;
    writeFileSync(path('latest.md'), text);
    return text;
  }

  #all() {
    return { about: this.#about, notes: notesOn(this.#races), races: this.#races };
  }
}
